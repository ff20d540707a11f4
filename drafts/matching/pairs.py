"""Pairs of clauses of two versions for an officer to check: the doubtful ones first.

Pure. Matching (`matching.py`) gives a clause of a preview the key of the clause that it continues;
here is how sure that is, and which other clauses it might continue.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from drafts.models import Clause
from drafts.versions import difference

_WORD = re.compile(r"\w+")
_WORDS_COMPARED = 400
_RARE = 25  # a word in more clauses says nothing about which one it is
_CANDIDATES = 5
_ALIKE = 0.2  # of the words, for another clause to be offered
_SURE = 0.7  # of the words, for a pair not to be doubted
_RIVAL = 0.6  # of the words of a clause that the paired one is not


class Doubt(StrEnum):
    """Why a pair is worth a look."""

    NONE = ""
    OTHER_WORDS = "other_words"  # it shares few words with the clause that it continues
    RIVAL = "rival"  # another clause is more alike
    MAYBE_OLD = "maybe_old"  # it is new, but like one that is gone


@dataclass(frozen=True, slots=True)
class Pair:
    """A clause of the preview and the one that it continues (None: it is new).

    ``likeness``: their words in common, from 0 to 1; ``others``: more that it might continue.
    """

    new: Clause
    old: Clause | None
    likeness: float
    others: tuple[Clause, ...]
    doubt: Doubt

    @property
    def is_doubtful(self) -> bool:
        """Whether nobody has looked at what is worth a look."""
        return bool(self.doubt) and not self.new.is_match_confirmed

    @property
    def segments(self) -> list[difference.Segment]:
        """The difference of the two, by words."""
        return difference.words(self.old.text if self.old else "", self.new.text)


def find_pairs(before: Sequence[Clause], after: Sequence[Clause]) -> list[Pair]:
    """The clauses of a preview that have words, each with the one that it continues: doubtful
    pairs first, the least alike at the top, then the others in document order."""
    by_key = {clause.key: clause for clause in before}
    continued = {clause.key for clause in after}
    index = _Index(before)
    pairs = [
        _pair(clause, by_key.get(clause.key), index, continued) for clause in after if clause.text
    ]
    return sorted(
        pairs,
        key=lambda pair: (
            not pair.is_doubtful,
            pair.likeness if pair.is_doubtful else pair.new.position,
        ),
    )


def find_gone(before: Sequence[Clause], after: Sequence[Clause]) -> list[Clause]:
    """The clauses of the version before that nothing continues."""
    continued = {clause.key for clause in after}
    return [clause for clause in before if clause.text and clause.key not in continued]


def _pair(new: Clause, old: Clause | None, index: _Index, continued: set[UUID]) -> Pair:
    if old is not None and old.text == new.text:
        return Pair(new, old, 1.0, (), Doubt.NONE)
    alike = index.alike(new.text)
    likeness = _likeness(_words(new.text), _words(old.text)) if old else 0.0
    others = tuple(clause for share, clause in alike if clause is not old)
    best = max((share for share, clause in alike if clause is not old), default=0.0)
    doubt = Doubt.NONE
    if old is None:
        gone = [clause for share, clause in alike if clause.key not in continued]
        doubt = Doubt.MAYBE_OLD if gone or best >= _RIVAL else Doubt.NONE
    elif best > likeness:
        doubt = Doubt.RIVAL
    elif likeness < _SURE:
        doubt = Doubt.OTHER_WORDS
    return Pair(new, old, likeness, others, doubt)


class _Index:
    """The clauses of the version before by their rare words."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        self._clauses = clauses
        self._words = [_words(clause.text) for clause in clauses]
        self._holders: dict[str, list[int]] = defaultdict(list)
        for at, words in enumerate(self._words):
            for word in words:
                self._holders[word].append(at)

    def alike(self, text: str) -> list[tuple[float, Clause]]:
        """A handful of clauses that share most with a text, the most alike first."""
        words = _words(text)
        shared: Counter[int] = Counter()
        for word in words:
            holders = self._holders.get(word, ())
            if len(holders) <= _RARE:
                shared.update(holders)
        scored = [
            (_likeness(words, self._words[at]), at)
            for at, _count in shared.most_common(2 * _CANDIDATES)
        ]
        best = sorted((pair for pair in scored if pair[0] >= _ALIKE), reverse=True)
        return [(share, self._clauses[at]) for share, at in best[:_CANDIDATES]]


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.casefold())[:_WORDS_COMPARED])


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
