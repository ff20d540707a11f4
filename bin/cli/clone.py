"""A clone's paths, and what its commands print and refuse: UserError, disk space, ports."""

import hashlib
import os
import shutil
import socket
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LOCAL = ROOT / ".local"  # all that a run leaves behind; delete it to begin anew
LOGS = LOCAL / "log"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"

MEGABYTE = 1024 * 1024


class UserError(Exception):
    """Something a person can mend; its text is the one plain sentence they get."""


def info(text: str = "") -> None:
    """Prints a line at once, also where the output is a file."""
    print(text, flush=True)


def warn(text: str) -> None:
    """The same on standard error."""
    print(text, file=sys.stderr, flush=True)


def digest(paths: Iterable[Path], *, salt: str = "") -> str:
    """SHA-256 over the names and contents of files, as a stamp of what was done for them."""
    total = hashlib.sha256(salt.encode())
    for path in paths:
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def free_megabytes(path: Path) -> int:
    """Free space where `path` lies, or will lie once it exists."""
    while not path.exists():
        path = path.parent
    return shutil.disk_usage(path).free // MEGABYTE


def need_space(path: Path, megabytes: int) -> None:
    """Refuses to begin what would only fail half-way. Raises UserError."""
    free = free_megabytes(path)
    if free < megabytes:
        raise UserError(
            f"The disk is full: {free} MB are free at {path}, at least {megabytes} MB are needed."
        )


def failed(sentence: str, *places: Path) -> UserError:
    """The UserError to raise for a program that failed: a full disk is named as the cause."""
    for place in places:
        if free_megabytes(place) < 2:
            return UserError(f"The disk is full: nothing more can be written at {place}.")
    return UserError(sentence)


def port_from_environment(name: str, default: int) -> int:
    """The port number that variable `name` holds. Raises UserError if it is none."""
    given = os.environ.get(name) or str(default)
    if not given.isascii() or not given.isdigit() or not 0 < int(given) < 65536:
        raise UserError(f"{name} must be a number from 1 to 65535, not {given!r}.")
    return int(given)


def require_free_port(host: str, port: int, variable: str) -> None:
    """Raises UserError if another program listens on `port`."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise UserError(
                f"Port {port} cannot be used ({error.strerror}): choose another, e.g. "
                f"{variable}={port + 1 if port < 65535 else port - 1} {command()}."
            ) from None


def command() -> str:
    """The command as a person typed it: `bin/demo`."""
    return f"bin/{sys.argv[1]}" if len(sys.argv) > 1 else "bin"
