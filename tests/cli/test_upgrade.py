"""deploy/upgrade: whole, or stopped at the first step that fails, with the step named."""

import os
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

# The machine's own programs, which note how they were called. `git` answers as a clone does.
_PROGRAM = """#!/bin/sh
call="$(basename "$0") $*"
case $call in
*"rev-parse HEAD") cat "$STATE/head"; exit ;;
*"rev-parse @{upstream}") echo new; exit ;;
esac
echo "$call" >>"$STATE/calls"
case $call in *"merge --quiet"*) echo new >"$STATE/head" ;; esac
case $call in $FAILS) echo "no" >&2; exit 1 ;; esac
"""


@pytest.fixture
def upgrade(tmp_path: Path):
    """Runs the script on a machine of stand-ins; answers the process and the calls so far."""
    for name in ("runuser", "systemctl", "viche"):
        (tmp_path / name).write_text(_PROGRAM)
        (tmp_path / name).chmod(0o755)
    (tmp_path / "head").write_text("old\n")

    def run(fails: str = "nothing"):
        (tmp_path / "calls").write_text("")
        done = subprocess.run(
            [settings.BASE_DIR / "deploy/upgrade"],
            env={"PATH": f"{tmp_path}:{os.environ['PATH']}", "STATE": tmp_path, "FAILS": fails},
            capture_output=True,
            text=True,
        )
        return done, (tmp_path / "calls").read_text().splitlines()

    return run


def test_all_steps_in_their_order(upgrade):
    done, calls = upgrade()
    assert done.returncode == 0
    assert [call.rpartition("/srv/viche ")[2] for call in calls] == [
        "fetch --quiet",
        "merge-base --is-ancestor HEAD @{upstream}",
        "update-ref refs/viche/former HEAD",
        "systemctl start viche-backup",
        "systemctl stop viche",
        "merge --quiet --ff-only @{upstream}",
        "viche bin/serve --prepare",
        "systemctl start viche",
        "viche release --running 60",
    ]


@pytest.mark.parametrize(
    ("fails", "step", "last"),
    [
        ("*fetch*", "fetching", "fetch --quiet"),
        ("*merge-base*", "fetching", "merge-base --is-ancestor HEAD @{upstream}"),
        ("systemctl start viche-backup", "the backup", "systemctl start viche-backup"),
        ("*prepare", "preparing", "viche bin/serve --prepare"),
        ("*release*", "starting", "viche release --running 60"),
    ],
)
def test_the_first_step_that_fails_is_the_last(upgrade, fails, step, last):
    done, calls = upgrade(fails)
    assert done.returncode == 1
    assert f"stopped at {step}" in done.stderr
    assert calls[-1].endswith(last)


def test_run_again_it_goes_on_and_keeps_the_former_version(upgrade):
    upgrade("*prepare")
    _done, calls = upgrade("*--running 0")
    assert "viche bin/serve --prepare" in calls
    assert not any("update-ref" in call for call in calls)


def test_nothing_newer_stops_nothing(upgrade):
    upgrade()
    done, calls = upgrade()
    assert done.returncode == 0
    assert "Nothing is newer." in done.stdout
    assert not any(call.startswith("systemctl") for call in calls)


def test_release_tells_the_version_and_misses_a_server(capsys, db, monkeypatch):
    call_command("release")
    assert f"Viche {settings.VERSION}" in capsys.readouterr().out
    monkeypatch.setenv("PORT", "1")
    with pytest.raises(CommandError, match="does not answer"):
        call_command("release", "--running", "0")
