"""Four officers fill a table of 5,000 rows at once, each row by two: no word is lost.

Each save is an action of its own, in a transaction; who was slower reads the row and saves again.
The officers are threads of one process, so that its processor is the limit. A table of a tenth is
filled before: a save of the large one must not take longer. Needs no demo city. BENCH_ROWS: how
many rows; after LIMIT seconds it says that it did not end, and ends.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from typing import Any

from benchmarks import ground
from tests import factories
from tests.consultations.filling import fill_together

ROWS = int(os.environ.get("BENCH_ROWS", "5000"))
LIMIT = 1200


def main() -> None:
    say = ground.lines(
        "Four officers in one table at once; no word lost",
        ("table", "saves", "conflicts", "seconds", "saves/s", "Python’s ms a save"),
        (12, 8, 10, 8, 8, 18),
    )
    signal.signal(signal.SIGALRM, _give_up)
    signal.alarm(LIMIT)
    for number in (ROWS // 10, ROWS):
        department = factories.department(f"Відділ таблиць {number}", slug=f"table-{number}")
        author = factories.user(f"author{number}")
        begun, processor = time.perf_counter(), time.process_time()
        conflicts = fill_together(department, author, number)
        spent, processor = time.perf_counter() - begun, time.process_time() - processor
        saves = 2 * number
        say(
            f"{number:,} rows",
            f"{saves:,}",
            conflicts,
            f"{spent:.1f}",
            f"{saves / spent:.0f}",
            f"{1000 * processor / saves:.1f}",
        )
    signal.alarm(0)


def _give_up(_signal: int, _frame: Any) -> None:
    """The officers are threads, which nobody can stop: the process ends with them."""
    print(f"bin/bench table: not filled after {LIMIT} s.", file=sys.stderr, flush=True)
    os._exit(1)
