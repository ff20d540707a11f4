"""The units of deploy/: what they say, and commands run within their filters of system calls."""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

DEPLOY = Path(settings.BASE_DIR) / "deploy"
SERVICES = sorted(path.name for path in DEPLOY.glob("viche*.service"))
needs_systemd = pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed (Debian: systemd)"
)


def directives(name: str) -> dict[str, list[str]]:
    """What a unit says: the values of each kind, lines joined that go on with a backslash."""
    text = (DEPLOY / name).read_text().replace("\\\n", " ")
    found: dict[str, list[str]] = {}
    for kind, value in re.findall(r"^([A-Z]\w+)=(.*)$", text, re.M):
        found.setdefault(kind, []).append(" ".join(value.split()))
    return found


@functools.cache
def _sets() -> dict[str, list[str]]:
    """systemd's own sets of system calls: name -> calls and other sets."""
    told = subprocess.run(
        ["systemd-analyze", "--no-pager", "syscall-filter"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    found: dict[str, list[str]] = {}
    members: list[str] = []
    for line in told.splitlines():
        word = line.strip()
        if line.startswith("@"):
            members = found.setdefault(word, [])
        elif word and line.startswith("    ") and not word.startswith("#"):
            members.append(word)
        elif line and not line.startswith(" "):
            members = []  # the kernel's calls that stand in no set
    return found


def _calls(name: str) -> set[str]:
    if not name.startswith("@"):
        return {name}
    return set().union(*(_calls(member) for member in _sets()[name]))


def allowed_calls(unit: str) -> set[str]:
    """The system calls that a unit's SystemCallFilter leaves, as systemd.exec(5) reads it."""
    allowed = _calls("@default")
    for line in directives(unit)["SystemCallFilter"]:
        named = set().union(*(_calls(word) for word in line.lstrip("~").split()))
        allowed = allowed - named if line.startswith("~") else allowed | named
    return allowed


#: argv: user ("" stays), allowed calls parted by commas, the command. All others answer EPERM.
_FILTER = """
import ctypes, os, sys
user, calls, command = sys.argv[1], sys.argv[2].split(","), sys.argv[3:]
if user:
    os.setgroups([]); os.setgid(int(user)); os.setuid(int(user))
lib = ctypes.CDLL("libseccomp.so.2")
lib.seccomp_init.restype = ctypes.c_void_p
context = ctypes.c_void_p(lib.seccomp_init(0x00050001))
for call in calls:
    number = lib.seccomp_syscall_resolve_name(call.encode())
    if number >= 0:
        assert lib.seccomp_rule_add(context, 0x7FFF0000, number, 0) == 0, call
assert lib.seccomp_load(context) == 0
os.execv(command[0], command)
"""
NOBODY = 65534


def popen_filtered(
    unit: str, *command: str | Path, unprivileged: bool = False, **options: Any
) -> subprocess.Popen[bytes]:
    """Start a command with no system calls but those that the unit leaves it.

    ``unprivileged``: as nobody, where these tests run as root.
    """
    user = str(NOBODY) if unprivileged and os.geteuid() == 0 else ""
    calls = ",".join(sorted(allowed_calls(unit)))
    return subprocess.Popen([sys.executable, "-I", "-c", _FILTER, user, calls, *command], **options)
