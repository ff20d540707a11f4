"""The disposition table of 400 rows of two trees, in alternating rounds of one run.

    bin/bench desk --before OLDER

``OLDER`` holds another checkout whose locked packages are those of this one. Each tree makes its
own database with its own demo city and BENCH_COMMENTS (400) rows, and asks for its own pages in a
process of its own; only one works at a time. Each page stands beside the bare view of its tree.
BENCH_ROUNDS (8) rounds of BENCH_TIMES (25) requests, every second of which begins with the other
tree; one more round before them warms up.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import ground

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "8"))
TIMES = int(os.environ.get("BENCH_TIMES", "25"))
ROWS = os.environ.get("BENCH_COMMENTS", "400")
BARE = "the bare view"
PAGES = ("table", "table, from its middle", "table, empty rows", "table, found words")
#: What each tree runs: it stands on what benchmarks/desk.py and inside.py have had for long.
_IN_TURN = """
import json, sys
from time import perf_counter
from benchmarks import ground
ground.prepare()
from accounts.models import User
from benchmarks import desk, inside
from consultations.models import Consultation

consultation = Consultation.objects.get(pk=ground.consultation_with(0))
officer = User.objects.get(email="scale-officer@viche.example")
desk._write(consultation, officer)
client = inside.sign_in(officer)
bare, names = sys.argv[1], sys.argv[2:]
found = desk._pages(consultation)
paths = {name: found[name] for name in names}
queries = {name: inside.count_queries(client, path) for name, path in paths.items()}
paths[bare] = f"/bare/{len(inside.load_page(client, paths[names[0]]).encode())}/"
print("READY", json.dumps(queries), flush=True)
for line in sys.stdin:
    name, times = json.loads(line)
    taken = []
    for _time in range(times):
        began = perf_counter()
        answer = client.get(paths[name])
        taken.append(1000 * (perf_counter() - began))
        assert answer.status_code == 200, name
    print("DONE", json.dumps(taken), flush=True)
"""


class Tree:
    """A tree that asks for its own pages in a process of its own, when it is told to."""

    def __init__(self, folder: Path, database: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", _IN_TURN, BARE, *PAGES],
            cwd=folder,
            env={**os.environ, "BENCH_DATABASE": database, "BENCH_COMMENTS": ROWS},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.queries: dict[str, int] = self._read("READY")
        #: Milliseconds of each round, by page.
        self.taken: dict[str, list[list[float]]] = defaultdict(list)

    def ask(self, page: str) -> list[float]:
        """Milliseconds of TIMES requests of a page."""
        assert self.process.stdin
        self.process.stdin.write(f"{json.dumps([page, TIMES])}\n")
        self.process.stdin.flush()
        taken: list[float] = self._read("DONE")
        return taken

    def end(self) -> None:
        self.process.communicate()

    def percentile(self, page: str, share: float) -> float:
        """Over all rounds."""
        taken = sorted(ms for each in self.taken[page] for ms in each)
        return taken[min(int(len(taken) * share), len(taken) - 1)]

    def _read(self, word: str) -> Any:
        assert self.process.stdout
        for line in self.process.stdout:
            if line.startswith(word):
                return json.loads(line.removeprefix(word))
        raise SystemExit(f"no {word} from the tree in {self.process.args!r}")


def main(older: str) -> None:
    """Measure ``older`` and this tree, and print them beside each other."""
    folders = (Path(older).resolve(), ground.ROOT)
    trees = [Tree(folder, f"{ground.DATABASE}_{number}") for number, folder in enumerate(folders)]
    for number in range(ROUNDS + 1):
        for page in (BARE, *PAGES):
            for tree in trees if number % 2 else trees[::-1]:
                taken = tree.ask(page)
                if number:  # the first warms up
                    tree.taken[page].append(taken)
    _print_pairs(*trees)
    for tree in trees:
        tree.end()


def _print_pairs(before: Tree, now: Tree) -> None:
    ground.table(
        f"A table of {ROWS} rows, {ROUNDS} rounds of {TIMES} requests, the older tree · this one",
        ("page", "queries", "this beside older, p50", "p50 ms", "p99 ms", "p99 beside bare"),
        [_row(before, now, page) for page in (BARE, *PAGES)],
    )


def _row(before: Tree, now: Tree, page: str) -> Sequence[str]:
    ratios = [
        statistics.median(new) / statistics.median(old)
        for old, new in zip(before.taken[page], now.taken[page], strict=True)
    ]
    both = (before, now)
    return (
        page,
        " · ".join(str(tree.queries.get(page, "")) for tree in both).strip(" ·"),
        f"{statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})",
        " · ".join(f"{tree.percentile(page, 0.5):.1f}" for tree in both),
        " · ".join(f"{tree.percentile(page, 0.99):.1f}" for tree in both),
        " · ".join(
            f"{tree.percentile(page, 0.99) / tree.percentile(BARE, 0.99):.1f}" for tree in both
        ),
    )
