"""Two trees beside each other: one benchmark of a crowd, in alternating rounds.

    bin/bench pairs FOLDER votes

``FOLDER`` holds another checkout, with its ``node_modules`` and catalogues, whose locked packages
are those of this one. Each tree makes its own database on one server and serves its own pages;
whenever one of them is about to let its crowd send, it waits for its turn, so that only one works
at a time. BENCH_ROUNDS (8) pairs, of which every second begins with the other tree.
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

import psutil
from django.db import connection

from benchmarks import ground

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "8"))
#: What each tree runs: its own benchmark, which asks for a turn before its crowd sends.
_IN_TURN = """
import json, sys
from importlib import import_module
import psutil
from benchmarks import __main__, ground

prepare, name, rounds = ground.prepare, sys.argv[1], int(sys.argv[2])

def spent():
    below = psutil.Process().children(recursive=True)
    return sum(sum(each.cpu_times()[:2]) for each in below)

def prepare_turns(**how):
    prepare(**how)
    import_module(f"benchmarks.{name}").ROUNDS = rounds
    from benchmarks.crowd import Crowd
    send = Crowd.send
    def send_in_turn(crowd, base, path, *given, **named):
        print("TURN", json.dumps(path), flush=True)
        if not sys.stdin.readline().strip():
            raise SystemExit
        before = spent()
        measured = send(crowd, base, path, *given, **named)
        print("DONE", json.dumps(measured | {"spent": spent() - before}), flush=True)
        return measured
    Crowd.send = send_in_turn

ground.prepare = prepare_turns
__main__.main([name])
"""


class Tree:
    """A tree whose benchmark runs in a process of its own, round by round."""

    def __init__(self, folder: Path, name: str, database: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", _IN_TURN, name, str(ROUNDS + 1)],  # its last is not begun
            cwd=folder,
            env={"MALLOC_ARENA_MAX": "2", **os.environ, "BENCH_DATABASE": database},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def read(self, word: str) -> Any:
        """What the process says next after ``word``. SystemExit where it ends without it."""
        assert self.process.stdout
        for line in self.process.stdout:
            if line.startswith(word):
                return json.loads(line.removeprefix(word))
        raise SystemExit(f"no {word} from {self.process.args!r}")

    def take_turn(self, database: psutil.Process) -> dict[str, float]:
        """What its crowd measured; ``spent``: CPU ms of the servers for an answer; ``database``:
        those of PostgreSQL."""
        before = ground.spent_by(database)
        self._say("go")
        measured: dict[str, float] = self.read("DONE")
        asked = measured["asked"] / 1000
        measured["database"] = (ground.spent_by(database) - before) / asked
        return measured | {"spent": measured["spent"] / asked}

    def end(self) -> None:
        """End it at its next turn."""
        self._say("")
        self.process.communicate()

    def _say(self, word: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()


def main(options: Sequence[str]) -> None:
    folder, name = options
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        database = psutil.Process(cursor.fetchone()[0]).parent()
    assert database is not None
    trees = []
    for number, each in enumerate((Path(folder).resolve(), ground.ROOT)):
        trees.append(Tree(each, name, f"{ground.DATABASE}_{number}"))
        first = trees[-1].read("TURN")  # one is made after the other
    paths: list[str] = [first]
    pairs: dict[str, list[tuple[dict[str, float], ...]]] = defaultdict(list)
    while True:
        path, number = paths[-1], len(pairs[paths[-1]])
        order = trees if number % 2 else trees[::-1]
        measured = {tree: tree.take_turn(database) for tree in order}
        pairs[path].append(tuple(measured[tree] for tree in trees))
        if len(pairs[path]) > ROUNDS and path == list(pairs)[-1]:  # one more: the first warms up
            break
        _older, now = (tree.read("TURN") for tree in trees)
        paths.append(now)
    _tell(pairs)
    for tree in trees:
        tree.end()


def _tell(pairs: dict[str, list[tuple[dict[str, float], ...]]]) -> None:
    rows = []
    for path, measured in pairs.items():
        rates = [now["rate"] / older["rate"] for older, now in measured[1:]]
        sides = list(zip(*measured[1:], strict=True))
        middle = [
            {key: statistics.median(each[key] for each in side) for key in side[0]}
            for side in sides
        ]
        rows.append(
            (
                path,
                f"{statistics.median(rates):.2f} ({min(rates):.2f}–{max(rates):.2f})",
                *(
                    " · ".join(f"{side[key]:.{digits}f}" for side in middle)
                    for key, digits in (("rate", 0), ("p99", 0), ("spent", 2), ("database", 2))
                ),
                f"{sum(each['errors'] for pair in measured for each in pair):.0f}",
            )
        )
    ground.table(
        f"{ROUNDS} pairs, medians of the older tree · this one",
        ("what", "this beside older", "per second", "p99 ms", "CPU ms", "PostgreSQL's", "refused"),
        rows,
    )
