"""The units of an installation: addresses, users, folders, and what programs are kept from."""

from __future__ import annotations

import re
import shlex
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from core.export import converter
from core.export.prints import compile as compiling
from tests.drafts.test_convert import decision

from .units import (
    DEPLOY,
    SERVICES,
    allowed_calls,
    directives,
    needs_systemd,
    popen_filtered,
)

DOCS = (settings.BASE_DIR / "docs/deploy.md").read_text()
#: systemd's own figure: 0 is shut in wholly, 10 not at all.
MOST_EXPOSED = 3.0
#: MB that a worker of pages was seen to take after a day of attack, and the machine of deploy.md.
WORKER, MACHINE, CORES = 608, 4096, 2


@needs_systemd
@pytest.mark.parametrize("name", SERVICES)
def test_each_unit_is_shut_in(name):
    done = subprocess.run(
        [
            *("systemd-analyze", "security", "--offline=yes", "--no-pager"),
            *(f"--threshold={MOST_EXPOSED * 10:.0f}", DEPLOY / name),
        ],
        capture_output=True,
        text=True,
    )
    (level,) = re.findall(r"exposure level for \S+: ([\d.]+)", done.stdout)
    assert done.returncode == 0, level
    assert float(level) <= MOST_EXPOSED


def environment_of(name: str) -> dict[str, str]:
    """The environment of a unit's program, as systemd makes it: EnvironmentFile wins over
    Environment."""
    unit = directives(name)
    found = dict(pair.split("=", 1) for line in unit["Environment"] for pair in shlex.split(line))
    written = (DEPLOY / "env.example").read_text().splitlines()
    written.append("SENTRY_DSN=https://key@faults.example/1")  # docs/deploy.md, Reports of faults
    written.append("BALLOT_KEYS_ROOT=/elsewhere")
    found |= dict(line.split("=", 1) for line in written if re.match(r"[A-Z]", line))
    (command,) = unit["ExecStart"]
    program = r"/srv/viche/.venv/bin/python manage.py \w+"
    command, is_ours = re.subn(program, "/usr/bin/env", command)
    assert is_ours
    command = command.replace("%d", "/run/credentials")
    done = subprocess.run(shlex.split(command), env=found, capture_output=True, text=True)
    return dict(line.split("=", 1) for line in done.stdout.splitlines() if "=" in line)


def test_the_unit_that_trims_the_audit_log_reads_the_address_that_systemd_hands_it():
    """The settings name root's file, which its user cannot read (docs/deploy.md)."""
    assert "OWNER_DATABASE_URL_FILE=/etc/viche/owner" in (DEPLOY / "env.example").read_text()
    found = environment_of("viche-audit.service")
    assert found["OWNER_DATABASE_URL_FILE"] == "/run/credentials/owner-database-url"
    assert found["SITE_URL"]
    (credential,) = directives("viche-audit.service")["LoadCredential"]
    assert credential == "owner-database-url:/etc/viche/owner-database-url"


def test_the_keys_of_polls_stay_in_their_folder_and_report_nothing():
    found = environment_of("viche-keys.service")
    assert (found["BALLOT_KEYS_ROOT"], found["SENTRY_DSN"]) == ("/var/lib/viche-keys", "")


@pytest.mark.parametrize("name", [*SERVICES, "viche-convert.socket"])
def test_programs_users_and_folders_are_those_of_the_installation(name):
    unit = directives(name)
    for command in unit.get("ExecStart", []):
        for path in re.findall(r"/srv/viche/(\S+)", command):
            if not path.startswith(".venv/"):
                assert (settings.BASE_DIR / path).is_file(), path
    for user in unit.get("User", []) + unit.get("SocketGroup", []):
        assert re.search(rf"adduser --system --group [^\n]*\b{user}(\s|$)", DOCS), user
    for file in unit.get("EnvironmentFile", []):
        assert file == "/etc/viche/env"
    for folder in unit.get("ReadWritePaths", []):
        assert folder == "/run/viche" or f"-o viche {folder}\n" in DOCS
    for page in unit.get("Documentation", []):
        assert (settings.BASE_DIR / page.removeprefix("file:///srv/viche/")).is_file()


def test_no_program_but_the_backup_reads_nightly_copies():
    (folder,) = directives("viche-backup.service")["ReadWritePaths"]
    for name in SERVICES:
        unit = directives(name)
        # The first only starts others; the second has an empty root.
        if name in ("viche.service", "viche-convert@.service", "viche-backup.service"):
            continue
        assert unit["InaccessiblePaths"] == [f"-{folder}"], name


def test_no_program_takes_the_memory_of_the_machine():
    for name in SERVICES:
        if name == "viche.service":
            continue
        (most,) = directives(name)["MemoryMax"]
        if most.endswith("%"):
            assert MACHINE * int(most[:-1]) / 100 > CORES * WORKER
            assert int(most[:-1]) < 100
        else:
            assert most == "1G"


@needs_systemd
def test_the_filter_refuses_what_no_program_of_ours_does(tmp_path):
    assert {"mount", "ptrace", "setuid", "bpf", "reboot"} & allowed_calls("viche@.service") == set()
    probe = "import os, sys\ntry: os.chown(sys.argv[1], 1, 1)\nexcept PermissionError: print('no')"
    with popen_filtered(
        "viche@.service", sys.executable, "-c", probe, tmp_path, stdout=subprocess.PIPE
    ) as process:
        assert process.communicate()[0] == b"no\n"


@needs_systemd
def test_typst_sets_a_document_within_the_filter_of_the_programs(tmp_path):
    (tmp_path / "document.typ").write_text(
        '#set document(title: "Звіт")\n#set text(lang: "uk")\n= Звіт\nТекст.'
    )
    with popen_filtered(
        "viche@.service", sys.executable, "-I", compiling.__file__, tmp_path, stderr=subprocess.PIPE
    ) as process:
        said = process.communicate(timeout=120)[1]
    assert process.returncode == 0, said
    assert (tmp_path / "document.pdf").read_bytes().startswith(b"%PDF-")


@needs_systemd
def test_keys_are_kept_from_cores_and_swap_within_their_filter():
    probe = (
        "import ctypes, resource; libc = ctypes.CDLL(None)\n"
        "resource.setrlimit(resource.RLIMIT_CORE, (0, 0))\n"
        "print(libc.prctl(4, 0, 0, 0, 0), libc.mlockall(3))"
    )
    with popen_filtered(
        "viche-keys.service", sys.executable, "-c", probe, stdout=subprocess.PIPE
    ) as process:
        assert process.communicate()[0] == b"0 0\n"


@needs_systemd
@pytest.mark.long
@pytest.mark.cpu(15)
@pytest.mark.skipif(not Path("/usr/bin/soffice").exists(), reason="LibreOffice is not installed")
def test_libreoffice_converts_within_the_filter_of_its_unit():
    program = Path(converter.__file__).read_text()
    ours, theirs = socket.socketpair()
    with ours, theirs:
        process = popen_filtered(
            "viche-convert@.service",
            *("/usr/bin/python3", "-I", "-c", program),
            unprivileged=True,
            stdin=theirs,
            stdout=theirs,
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
        )
        theirs.close()
        document = decision()
        with process, ours.makefile("rwb") as stream:
            assert stream.readline() == b"ready\n"
            stream.write(b"docx-pdf %d\n" % len(document) + document)
            stream.flush()
            word, _, size = stream.readline().strip().partition(b" ")
            assert word == b"ok"
            assert stream.read(int(size)).startswith(b"%PDF-")


def test_the_tree_is_roots_and_so_is_what_is_installed_into_it():
    """Root runs what lies there; the service must not be able to change it."""
    assert not re.search(r"^(chown|install -d) .*/srv/viche$", DOCS, re.M)
    wrapper = (DEPLOY / "viche").read_text()
    assert re.search(r"'bin/serve --install'\)\n.*\n\s+user=\$\(stat -c %U \.\)", wrapper)
    assert '[ "$user" != root ] || HOME=/root' in wrapper


def test_logs_of_addresses_are_closed_before_the_proxy_opens_them():
    """nginx makes a log that everybody may read, and leaves one that is there as it is."""
    conf = (DEPLOY / "nginx.conf").read_text()
    logs = set(re.findall(r"^\s*(?:access|error)_log (/\S+)", conf, re.M))
    closing = r"^for log in ([a-z ]+); do install -m 0640 -o www-data -g adm /dev/null (\S+); done"
    ((names, path),) = re.findall(closing, DOCS, re.M)
    assert {path.replace("$log", name) for name in names.split()} == logs
    assert DOCS.index("for log in") < DOCS.index("systemctl reload nginx\n")
