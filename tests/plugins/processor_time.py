"""CPU seconds of processes, as Linux counts them; elsewhere those of this process alone."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from statistics import median

_TICKS = os.sysconf("SC_CLK_TCK")
#: CPU seconds of `calibrate` on the machine by which limits and budgets were set.
REFERENCE = 0.0093


def of_this_process() -> float:
    return time.process_time()


def of_others(server: int | None) -> float:
    """CPU seconds of this process's children, and theirs, that run or have ended.

    ``server``: the PostgreSQL server that works for this process alone, if there is one.
    """
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    total = ended.ru_utime + ended.ru_stime
    total += sum(_of(pid) for pid in _descendants(os.getpid()))
    return total + (of_tree(server) if server else 0)


def of_tree(pid: int) -> float:
    """CPU seconds of a process with all that it has started."""
    return _of(pid) + sum(_of(child) for child in _descendants(pid))


def calibrate() -> float:
    """How much slower this machine is, at this moment, than the reference: 1 or more."""
    return max(1, median(_measure() for _ in range(5)) / REFERENCE)


def _measure() -> float:
    began = time.process_time()
    counted: dict[int, str] = {}
    for number in range(120_000):
        counted[number % 1000] = str(number)
    return time.process_time() - began


def _of(pid: int) -> float:
    """Its own time and that of its children that have ended."""
    with suppress(OSError, IndexError):
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
        return sum(map(int, fields[11:15])) / _TICKS
    return 0


def _descendants(pid: int) -> Iterator[int]:
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            with suppress(OSError):
                for child in (task / "children").read_text().split():
                    yield int(child)
                    yield from _descendants(int(child))
