"""Match the clauses of a new version with the one before: keys stay with their clauses.

First the clauses that kept their words, then those that kept most of them, wherever they stand
now; then, between neighbours that are known, those that kept some. A number alone decides only
between equals. The work is bounded: a clause is compared with a handful of those that share its
rarest words, or stand in its gap.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from drafts.versions.difference import in_order

_WORD = re.compile(r"\w+")
_CANDIDATES = 6
_RARE = 25  # a word in more clauses than this says nothing about which one it is
_ENOUGH = 0.6
_ENOUGH_IN_PLACE = 0.4  # of the same number or title
_ENOUGH_IN_GAP = 0.25  # of those that stand between the same neighbours
_GAP = 12  # clauses that may stand in a gap
_WORDS_COMPARED = 400
_CONTAINERS = {"section", "chapter", "article", "annex", "heading"}


class Known(Protocol):
    """Protocol of a clause or a node."""

    kind: str
    label: str
    text: str


class Keyed(Known, Protocol):
    """A clause of the version before."""

    key: UUID


def match(before: Sequence[Keyed], after: Sequence[Known]) -> list[UUID | None]:
    """Return for each of `after` the key of the clause it continues, or None."""
    found = _Matching(before, after)
    found.same_words()
    found.same_words_beside()
    found.same_place_and_words()
    found.similar()
    found.same_container()
    found.between_neighbours()
    found.repeated()
    return [None if at is None else before[at].key for at in found.partner]


class _Matching:
    def __init__(self, before: Sequence[Known], after: Sequence[Known]) -> None:
        self.before = before
        self.after = after
        self.partner: list[int | None] = [None] * len(after)
        self.taken: set[int] = set()
        self.texts_before = [" ".join(known.text.split()).casefold() for known in before]
        self.texts_after = [" ".join(known.text.split()).casefold() for known in after]

    def _pair(self, new: int, old: int) -> None:
        self.partner[new] = old
        self.taken.add(old)

    def _free_before(self) -> list[int]:
        return [at for at in range(len(self.before)) if at not in self.taken]

    def _free_after(self) -> list[int]:
        return [at for at, partner in enumerate(self.partner) if partner is None]

    def same_words(self) -> None:
        """Pair the texts that stand once in each version."""
        counts_before, counts_after = Counter(self.texts_before), Counter(self.texts_after)
        places = {text: at for at, text in enumerate(self.texts_before)}
        for new, text in enumerate(self.texts_after):
            if text and counts_after[text] == counts_before[text] == 1:
                self._pair(new, places[text])

    def same_words_beside(self) -> None:
        """Pair repeated texts that stand beside the neighbour beside which they stood."""
        for step in (1, -1):
            for new in range(len(self.after))[::step]:
                beside = new - step
                if self.partner[new] is not None or not 0 <= beside < len(self.after):
                    continue
                neighbour = self.partner[beside]
                old = -1 if neighbour is None else neighbour + step
                text = self.texts_after[new]
                is_free = 0 <= old < len(self.before) and old not in self.taken
                if text and is_free and text == self.texts_before[old]:
                    self._pair(new, old)

    def same_place_and_words(self) -> None:
        """Pair repeated texts that kept their number too."""
        places = defaultdict(list)
        for old in self._free_before():
            known = self.before[old]
            places[known.kind, known.label, self.texts_before[old]].append(old)
        for new in self._free_after():
            known = self.after[new]
            if waiting := places.get((known.kind, known.label, self.texts_after[new])):
                self._pair(new, waiting.pop(0))

    def similar(self) -> None:
        """Pair texts that share most of their words, the most alike first."""
        words_before = {at: self._words(self.texts_before[at]) for at in self._free_before()}
        words_after = {at: self._words(self.texts_after[at]) for at in self._free_after()}
        holders: dict[str, list[int]] = defaultdict(list)
        for old, words in words_before.items():
            for word in words:
                holders[word].append(old)
        places: dict[tuple[str, str], int] = {}
        for old in words_before:
            places.setdefault((self.before[old].kind, self.before[old].label), old)
        scored = []
        for new, words in words_after.items():
            if not words:
                continue
            shared: Counter[int] = Counter()
            for word in words:
                if len(holders.get(word, ())) <= _RARE:
                    shared.update(holders.get(word, ()))
            here = places.get((self.after[new].kind, self.after[new].label))
            candidates = {old for old, _ in shared.most_common(_CANDIDATES)}
            if here is not None:
                candidates.add(here)
            for old in candidates:
                likeness = _likeness(words_before[old], words)
                if likeness >= (_ENOUGH_IN_PLACE if old == here else _ENOUGH):
                    scored.append((likeness + (0.15 if old == here else 0), -new, -old))
        for _, new, old in sorted(scored, reverse=True):
            if self.partner[-new] is None and -old not in self.taken:
                self._pair(-new, -old)

    def same_container(self) -> None:
        """Pair sections, articles and annexes that kept their number under another title."""
        places = {
            (self.before[old].kind, self.before[old].label): old
            for old in reversed(self._free_before())
            if self.before[old].kind in _CONTAINERS
        }
        for new in self._free_after():
            old = places.pop((self.after[new].kind, self.after[new].label), None)
            if old is not None:
                self._pair(new, old)

    def between_neighbours(self) -> None:
        """Pair what stands between the same neighbours in both versions and kept some words."""
        kept = in_order([old for old in self.partner if old is not None])
        scored = []
        for new_gap, old_gap in self._gaps(kept):
            for new in new_gap:
                words = self._words(self.texts_after[new])
                for old in old_gap:
                    if self.before[old].kind == self.after[new].kind:
                        likeness = _likeness(self._words(self.texts_before[old]), words)
                        scored.append((likeness, -new, -old))
        for likeness, new, old in sorted(scored, reverse=True):
            is_free = self.partner[-new] is None and -old not in self.taken
            if likeness >= _ENOUGH_IN_GAP and is_free:
                self._pair(-new, -old)

    def _gaps(self, kept: set[int]) -> list[tuple[list[int], list[int]]]:
        """Free ranges in each version between two pairs that kept their order."""
        gaps: list[tuple[list[int], list[int]]] = []
        news: list[int] = []
        last = -1
        for new, old in [*enumerate(self.partner), (len(self.after), len(self.before))]:
            if old is None:
                news.append(new)
            elif old in kept or old == len(self.before):
                olds = [at for at in range(last + 1, old) if at not in self.taken]
                if 0 < len(news) <= _GAP and 0 < len(olds) <= _GAP:
                    gaps.append((news, olds))
                news, last = [], old
        return gaps

    def repeated(self) -> None:
        """Pair what is left of equal texts in their order."""
        waiting = defaultdict(list)
        for old in reversed(self._free_before()):
            waiting[self.texts_before[old]].append(old)
        for new in self._free_after():
            text = self.texts_after[new]
            if text and waiting.get(text):
                self._pair(new, waiting[text].pop())

    def _words(self, text: str) -> Counter[str]:
        return Counter(_WORD.findall(text)[:_WORDS_COMPARED])


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """The share of words in common, from 0 to 1."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
