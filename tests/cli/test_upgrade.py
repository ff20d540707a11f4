"""deploy/upgrade: whole, or stopped at the first step that fails, with the step named."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from .test_version import commit, git, write_version

# The machine's own programs, which note how they were called.
_NOTED = """#!/bin/sh
call="$(basename "$0") $*"
echo "$call" >>"$STATE/calls"
case $call in $FAILS) echo "no" >&2; exit 1 ;; esac
"""
# As another user, on the machine itself: the program, and git noted.
_RUNUSER = """#!/bin/sh
while [ "$1" != -- ]; do shift; done
shift
case "$*" in
*" fetch "* | *" update-ref "* | *" merge "* | *" verify-tag "*)
    call="git $(echo "$*" | sed "s/.* \\(fetch\\|update-ref\\|merge\\|verify-tag\\) /\\1 /")"
    echo "$call" >>"$STATE/calls"
    case $call in $FAILS) echo "no" >&2; exit 1 ;; esac ;;
esac
exec "$@"
"""
RUNS = ["systemctl start viche-backup", "systemctl stop viche"]


@dataclass
class Machine:
    """A machine with an installation, and the repository that it is a clone of."""

    place: Path

    @property
    def published(self) -> Path:
        return self.place / "published"

    @property
    def clone(self) -> Path:
        return self.place / "clone"

    def publish(self, version: str, *, tag: str = "", key: Path | None = None) -> str:
        """Commit a version; with a tag, signed by a key if there is one. Returns the commit."""
        write_version(self.published, version)
        commit(self.published, f"Release {version}")
        if tag and key:
            signed = ("-c", "gpg.format=ssh", "-c", f"user.signingkey={key}", "tag", "--sign")
            git(self.published, *signed, tag, "--message", tag)
        elif tag:
            git(self.published, "tag", "--annotate", tag, "--message", tag)
        return self.head(self.published)

    def head(self, place: Path) -> str:
        return git(place, "rev-parse", "HEAD")

    def upgrade(self, *words: str, fails: str = "nothing"):
        """Run the script; answers the process and the calls so far."""
        (self.place / "calls").write_text("")
        script = self.place / "upgrade"
        text = (settings.BASE_DIR / "deploy/upgrade").read_text()
        text = text.replace("home=/srv/viche", f"home={self.clone}")
        script.write_text(text.replace("/etc/viche/", f"{self.place}/"))
        script.chmod(0o755)
        path = f"{self.place / 'bin'}:{os.environ['PATH']}"
        done = subprocess.run(
            [script, *words],
            env={"PATH": path, "STATE": self.place, "FAILS": fails, "HOME": self.place},
            capture_output=True,
            text=True,
        )
        return done, (self.place / "calls").read_text().splitlines()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Release 0.6.0 is installed."""
    made = Machine(tmp_path)
    programs = {"runuser": _RUNUSER, "systemctl": _NOTED, "viche": _NOTED}
    (tmp_path / "bin").mkdir()
    for name, text in programs.items():
        (tmp_path / "bin" / name).write_text(text)
        (tmp_path / "bin" / name).chmod(0o755)
    made.published.mkdir()
    git(made.published, "init", "--quiet", "--initial-branch=main")
    made.publish("0.6.0", tag="v0.6.0")
    git(tmp_path, "clone", "--quiet", str(made.published), str(made.clone))
    return made


def test_all_steps_in_their_order_to_the_newest_release(machine):
    former = machine.head(machine.clone)
    machine.publish("0.9.0", tag="v0.9.0")
    newest = machine.publish("0.10.0", tag="v0.10.0")
    machine.publish("0.11.0.dev0")
    machine.publish("0.11.0rc1", tag="v0.11.0rc1")
    done, calls = machine.upgrade()
    assert done.returncode == 0, done.stderr
    assert calls == [
        "git fetch --quiet --tags",
        "git update-ref refs/viche/former HEAD",
        *RUNS,
        f"git merge --quiet --ff-only {newest}",
        "viche bin/serve --prepare",
        "systemctl start viche",
        "viche release --running 180",
    ]
    assert "Upgraded to v0.10.0" in done.stdout
    assert machine.head(machine.clone) == newest
    assert git(machine.clone, "rev-parse", "refs/viche/former") == former


def test_to_a_named_release_or_to_the_newest_commit(machine):
    named = machine.publish("0.6.1", tag="v0.6.1")
    machine.publish("0.7.0", tag="v0.7.0")
    tip = machine.publish("0.8.0.dev0")
    for words, reached in ((["--to", "v0.6.1"], named), (["--tip"], tip)):
        done, _calls = machine.upgrade(*words)
        assert done.returncode == 0, done.stderr
        assert machine.head(machine.clone) == reached
    # An installation that is past the newest release is not taken back.
    done, calls = machine.upgrade()
    assert (done.returncode, done.stdout) == (0, "Nothing is newer.\n")
    done, calls = machine.upgrade("--to", "v0.6.1")
    assert done.returncode == 1
    assert "older than what is installed" in done.stderr
    assert not any(call.startswith("systemctl") for call in calls)


def test_what_is_no_release_stops_before_anything(machine):
    machine.publish("0.6.1", tag="v0.7.0")  # the version within is another one
    for words, reason in (
        ([], "not the version that its pyproject.toml names"),
        (["--to", "v0.8.0"], "There is no release v0.8.0"),
        (["--to"], "usage"),
        (["v0.7.0"], "usage"),
    ):
        done, calls = machine.upgrade(*words)
        assert done.returncode == 1
        assert reason in done.stderr
        assert not any(call.startswith("systemctl") for call in calls)
    git(machine.published, "tag", "--delete", "v0.7.0", "v0.6.0")
    git(machine.clone, "tag", "--delete", "v0.7.0", "v0.6.0")
    done, _calls = machine.upgrade()
    assert "There is no release" in done.stderr
    assert "--tip" in done.stderr


@pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="ssh-keygen is not installed")
def test_with_allowed_signers_a_release_must_be_signed_by_one(machine, tmp_path):
    for name in ("known", "other"):
        words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", tmp_path / name]
        subprocess.run(words, check=True)
    key = " ".join((tmp_path / "known.pub").read_text().split()[:2])
    (tmp_path / "release-signers").write_text(f'releases@viche.example namespaces="git" {key}\n')
    signed = machine.publish("0.6.1", tag="v0.6.1", key=tmp_path / "known")
    done, calls = machine.upgrade()
    assert done.returncode == 0, done.stderr
    assert any(call.startswith("git verify-tag") for call in calls)
    assert machine.head(machine.clone) == signed

    machine.publish("0.6.2", tag="v0.6.2")
    machine.publish("0.6.3", tag="v0.6.3", key=tmp_path / "other")
    # The signed release under a newer name: whoever controls the repository can do that.
    git(machine.published, "update-ref", "refs/tags/v0.6.4", "refs/tags/v0.6.1")
    for name in ("v0.6.2", "v0.6.3", "v0.6.4"):
        done, calls = machine.upgrade("--to", name)
        assert done.returncode == 1
        assert f"stopped at verifying the release {name}" in done.stderr
        assert not any(call.startswith("systemctl") for call in calls)
    assert "What is signed is not v0.6.4." in done.stderr
    done, _calls = machine.upgrade("--tip")
    assert done.returncode == 0
    assert "nobody's signature" in done.stderr


@pytest.mark.parametrize(
    ("fails", "step", "last"),
    [
        ("*fetch*", "fetching", "git fetch --quiet --tags"),
        ("systemctl start viche-backup", "the backup", "systemctl start viche-backup"),
        ("*prepare", "preparing", "viche bin/serve --prepare"),
        ("*release*", "starting", "viche release --running 180"),
    ],
)
def test_the_first_step_that_fails_is_the_last(machine, fails, step, last):
    machine.publish("0.6.1", tag="v0.6.1")
    done, calls = machine.upgrade(fails=fails)
    assert done.returncode == 1
    assert f"stopped at {step}" in done.stderr
    assert calls[-1] == last


def test_commits_of_ones_own_stop_it(machine):
    machine.publish("0.6.1", tag="v0.6.1")
    (machine.clone / "own").write_text("ours")
    commit(machine.clone, "Change something here")
    done, calls = machine.upgrade()
    assert done.returncode == 1
    assert "commits of its own" in done.stderr
    assert calls == ["git fetch --quiet --tags"]


def test_run_again_it_goes_on_and_keeps_the_former_version(machine):
    machine.publish("0.6.1", tag="v0.6.1")
    machine.upgrade(fails="*prepare")
    _done, calls = machine.upgrade(fails="*--running 0")
    assert "viche bin/serve --prepare" in calls
    assert not any("update-ref" in call for call in calls)


def test_nothing_newer_stops_nothing(machine):
    done, calls = machine.upgrade()
    assert done.returncode == 0
    assert "Nothing is newer." in done.stdout
    assert not any(call.startswith("systemctl") for call in calls)


def test_release_tells_the_version_and_misses_a_server(capsys, db, monkeypatch):
    call_command("release")
    assert f"Viche {settings.VERSION}\n" in capsys.readouterr().out
    monkeypatch.setenv("PORT", "1")
    with pytest.raises(CommandError, match="does not answer"):
        call_command("release", "--running", "0")
