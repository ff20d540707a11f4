"""CPU seconds of processes, as Linux counts them; elsewhere those of this process alone."""

from __future__ import annotations

import gc
import json
import os
import resource
import time
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from statistics import median

_TICKS = os.sysconf("SC_CLK_TCK")
#: CPU seconds of `_measure` on the machine by which limits and budgets were set.
REFERENCE = 0.019
#: Rows of `_measure`: together some megabytes, more than a core's own caches hold.
_ROWS = 8000


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
    return max(1, median(_measure() for _ in range(3)) / REFERENCE)


def _measure() -> float:
    """CPU seconds of work like that of the tests: objects, words, JSON, hashes.

    It uses more memory than a core's own caches hold: beside other work a core is as fast as ever,
    but its caches are cold. Beside a dozen programs on two cores the start of the product took 1.2
    to 1.7 times the CPU seconds that it took before all others (``chrt -f 10``), this 1.2 to 1.4
    times; a loop within the caches, as stood here before, always the same. `REFERENCE` was set by
    both loops in the same minutes, before all others: the former one took 0.0081, where its
    reference was 0.0093, and this 0.0165.
    """
    collects = gc.isenabled()
    gc.disable()  # what else lives in this process is no matter
    began = time.process_time()
    rows = [{"id": n, "title": f"Зауваження {n}", "parts": [n % 7, str(n)]} for n in range(_ROWS)]
    text = json.dumps(rows, ensure_ascii=False)
    by_title = {row["title"]: row for row in json.loads(text)}
    sum(by_title[f"Зауваження {n * 4099 % _ROWS}"]["id"] for n in range(_ROWS))
    sha256(text.encode()).digest()
    spent = time.process_time() - began
    if collects:
        gc.enable()
    return spent


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
