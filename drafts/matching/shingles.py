"""Runs of words that texts have in common, however the texts are cut into clauses.

Pure and bounded: a run that stands in many clauses says nothing about where words went, and is
left out.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

_WORD = re.compile(r"\w+")
_LENGTH = 3  # words of a run
_RARE = 12  # clauses that may share a run
_WORDS_READ = 3_000

type Shingle = tuple[str, ...]


def shingles_of(text: str) -> Counter[Shingle]:
    """The runs of three words of a text; of a shorter text, all of it."""
    words = _WORD.findall(text.casefold())[:_WORDS_READ]
    if not words:
        return Counter()
    if len(words) < _LENGTH:
        return Counter([tuple(words)])
    runs = zip(words, words[1:], words[2:], strict=False)
    return Counter(runs)


class Gained:
    """Which clauses of a new version gained words that they did not have in the one before."""

    def __init__(self, before: Mapping[UUID, str], after: Mapping[UUID, str]) -> None:
        self._holders: dict[Shingle, list[UUID]] = defaultdict(list)
        for key, text in after.items():
            had = before.get(key)
            if had == text:
                continue
            runs = shingles_of(text)
            if had is not None:
                runs -= shingles_of(had)
            for run in runs:
                self._holders[run].append(key)

    def heirs(self, runs: Iterable[Shingle], *, most: int) -> list[tuple[float, UUID]]:
        """The clauses that gained these runs, each with its share of them, the largest first."""
        known = set(runs)
        shared: Counter[UUID] = Counter()
        for run in known:
            holders = self._holders.get(run, ())
            if len(holders) <= _RARE:
                shared.update(holders)
        return [(count / len(known), key) for key, count in shared.most_common(most)]


def share_of(runs: Counter[Shingle], text: str) -> float:
    """Which part of the runs stands in a text, from 0 to 1."""
    if not runs:
        return 0.0
    there = shingles_of(text)
    return sum(run in there for run in runs) / len(runs)
