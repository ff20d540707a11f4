"""A semaphore shared by all processes of one machine, for CPU- or memory-heavy work.

    with slot("hash", at_once=2, waiting=8, patience=2.0):
        expensive()

A slot is an exclusive lock on one of ``at_once`` files (flock). The kernel gives it back when the
process ends, however it ends, so no crash loses a slot; all processes and threads of the machine
share them; and neither a database connection nor a server is held meanwhile. What is protected is a
machine's processor and memory, so each machine has its own slots.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import uniform
from tempfile import gettempdir

from django.conf import settings


class Full(Exception):
    """All slots are taken and no more may wait; ``retry_after`` in seconds.

    core.web.middleware.outage answers it with 503: the person did nothing wrong.
    """

    retry_after = 5


@contextmanager
def slot(name: str, *, at_once: int, waiting: int, patience: float) -> Iterator[None]:
    """Hold one of ``at_once`` slots of the kind ``name``.

    Without a free one, at most ``waiting`` others wait up to ``patience`` seconds. The rest, and
    those who waited in vain, get :class:`Full`: they would take up every thread that serves pages.
    """
    held = _take(name, at_once)
    if held is None:
        seat = _take(f"{name}-waiting", waiting)
        if seat is None:
            raise Full
        try:
            held = _wait(name, at_once, patience)
        finally:
            os.close(seat)
    try:
        yield
    finally:
        os.close(held)  # closing gives the lock back


def _wait(name: str, at_once: int, patience: float) -> int:
    until = time.monotonic() + patience
    while time.monotonic() < until:
        time.sleep(uniform(0.005, 0.02))  # noqa: S311 - only spreads the waiting
        held = _take(name, at_once)
        if held is not None:
            return held
    raise Full


def _take(name: str, many: int) -> int | None:
    """The descriptor of a file that nobody else has locked, or None."""
    folder = _folder()
    for number in range(many):
        descriptor = os.open(
            folder / f"{name}.{number}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600
        )
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
        else:
            return descriptor
    return None


def _folder() -> Path:
    """One for all processes of an installation on this machine, and for this user alone."""
    folder = Path(settings.SEMAPHORE_FOLDER or Path(gettempdir()) / f"viche-slots-{os.getuid()}")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise PermissionError(f"{folder} belongs to somebody else")
    return folder
