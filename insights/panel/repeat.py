#!/usr/bin/env python3
"""Repeat the lot of a panel from its published list and the seed.

    python3 repeat.py panel-2026-Q4-list.csv SEED

SEED as the page of the panel shows it. Needs Python 3 alone. The list is a CSV file: lines that
begin with # say the panel and how many people are drawn (# seats: 100), then comes a line for each
person: stratum,key. The lot:

1. Each stratum gets its share of the seats, seats x people of the stratum / people of the list,
   rounded down; seats that are left go to the strata with the largest remainders, of equal ones to
   the first by name. So each stratum is within one person of its share.
2. In each stratum people stand in the order of SHA-256 of "SEED|KEY" (UTF-8, hexadecimal); the
   first ones are drawn.

Viche itself draws by this file.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path


def read_list(text: str) -> tuple[int, dict[str, list[str]]]:
    """The number of seats, and {stratum: [key, ...]}. Raises ValueError for what is no list."""
    seats = None
    strata: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line.startswith("# seats:"):
            seats = int(line.removeprefix("# seats:"))
        elif line and not line.startswith("#") and line != "stratum,key":
            stratum, comma, key = line.rpartition(",")
            if not comma or not key:
                raise ValueError(f"this line is not stratum,key: {line!r}")
            strata.setdefault(stratum, []).append(key)
    if seats is None:
        raise ValueError("the list does not say how many seats there are")
    return seats, strata


def share_seats(seats: int, sizes: dict[str, int]) -> dict[str, int]:
    """Seats of each stratum, {stratum: number}, by the largest remainder. ``sizes``: people."""
    people = sum(sizes.values())
    seats = min(seats, people)
    given = {stratum: seats * size // people for stratum, size in sizes.items()}
    by_remainder = sorted(sizes, key=lambda stratum: (-(seats * sizes[stratum] % people), stratum))
    for stratum in by_remainder[: seats - sum(given.values())]:
        given[stratum] += 1
    return given


def draw(text: str, seed: str) -> dict[str, list[str]]:
    """The keys that are drawn, {stratum: [key, ...]}, from the text of a list."""
    seats, strata = read_list(text)
    given = share_seats(seats, {stratum: len(keys) for stratum, keys in strata.items()})
    return {
        stratum: sorted(strata[stratum], key=lambda key: (digest_of(seed, key), key))[:number]
        for stratum, number in sorted(given.items())
    }


def digest_of(seed: str, key: str) -> str:
    """Digest that decides the place of a key in its stratum."""
    return hashlib.sha256(f"{seed.strip()}|{key}".encode()).hexdigest()


def main(arguments: list[str]) -> int:
    """Print the hash of the list, then the drawn keys by stratum. Returns the exit code."""
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    content = Path(arguments[0]).read_bytes()
    print(f"# SHA-256 of the list: {hashlib.sha256(content).hexdigest()}")
    print("stratum,key")
    for stratum, keys in draw(content.decode("utf-8"), arguments[1]).items():
        for key in sorted(keys):
            print(f"{stratum},{key}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
