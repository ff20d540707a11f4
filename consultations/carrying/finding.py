"""Finding the words of a remark's place in another version of the text.

Pure: it is given the clauses of both versions. In this order: the same words in the same clause,
the same words in a clause that gained them (split, joined, moved), similar words, the clause
itself, nothing. A clause that had like words before is no candidate: phrases of law repeat.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from consultations.carrying.models import Method
from drafts.clauses import anchors
from drafts.clauses.anchors import Selector
from drafts.matching.shingles import Gained, Shingle, share_of, shingles_of

if TYPE_CHECKING:
    from collections import Counter

_HEIRS = 4  # clauses beside its own in which the words are looked for
_SHARED = 0.15  # of the words of a clause, in another one in which quotes from it are looked for
_LONG = 40  # characters of a quote that says by itself which clause gained it
_SURROUNDED = 8  # characters around a shorter one that are the same
_INHERITED = 0.35  # of a clause that is gone, in the one that continues it
_SPLIT_OFF = 0.25  # of a clause that goes on, in a part of it that holds more than itself


class Known(Protocol):
    """Protocol of a clause as the search needs it."""

    key: UUID
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """A remark's place: the clause's key and the place of the words, as far as there are."""

    method: Method
    key: UUID | None = None
    start: int | None = None
    end: int | None = None


ORPHAN = Found(Method.ORPHAN)


class Finder:
    """Finds in one version what was said of another one. Answers the same question once."""

    def __init__(self, before: Iterable[Known], after: Iterable[Known]) -> None:
        self._before = {clause.key: clause.text for clause in before}
        self._after = {clause.key: clause.text for clause in after}
        self._heirs_of: dict[UUID, list[tuple[float, UUID]]] = {}
        self._found: dict[tuple[UUID, Selector | None], Found] = {}

    def find(self, key: UUID, selector: Selector | None) -> Found:
        """Find words of the clause ``key``, or without them the clause, in this version."""
        asked = (key, selector)
        if asked not in self._found:
            self._found[asked] = self._find(key, selector)
        return self._found[asked]

    def _find(self, key: UUID, selector: Selector | None) -> Found:
        if key not in self._before:
            return ORPHAN
        if selector is None:
            return self._find_clause(key)
        return (
            self._find_same_words(key, selector)
            or self._find_similar_words(key, selector)
            or self._find_clause(key, without_words=True)
        )

    @cached_property
    def _gained(self) -> Gained:
        return Gained(self._before, self._after)

    def _heirs(self, key: UUID) -> list[tuple[float, UUID]]:
        """Clauses that gained words of the clause ``key``, other than itself."""
        if key not in self._heirs_of:
            runs = shingles_of(self._before[key])
            heirs = self._gained.heirs(runs, most=_HEIRS + 1)
            self._heirs_of[key] = [
                (share, heir) for share, heir in heirs if heir != key and share >= _SHARED
            ][:_HEIRS]
        return self._heirs_of[key]

    def _candidates(self, key: UUID) -> list[UUID]:
        """Its own clause first, then those that gained its words."""
        heirs = self._heirs(key)
        if key not in self._after:
            return [heir for share, heir in heirs if share >= _INHERITED]
        if self._after[key] == self._before[key]:
            return [key]
        return [key, *(heir for _share, heir in heirs)]

    def _find_same_words(self, key: UUID, selector: Selector) -> Found | None:
        best: tuple[int, bool, Found] | None = None
        for candidate in self._candidates(key):
            text, is_own = self._after[candidate], candidate == key
            place = anchors.find_exact(text, selector)
            if place is None:
                continue
            around = anchors.count_around(text, *place, selector)
            if not is_own and len(selector.exact) < _LONG and around < _SURROUNDED:
                continue
            method = Method.EXACT if is_own else Method.MOVED
            if best is None or (around, is_own) > best[:2]:
                best = (around, is_own, Found(method, candidate, *place))
        return best[2] if best else self._find_long_quote(key, selector)

    def _find_long_quote(self, key: UUID, selector: Selector) -> Found | None:
        """Whole sentences that went to a clause which shares little else with theirs."""
        if len(selector.exact) < _LONG:
            return None
        for _share, heir in self._gained.heirs(shingles_of(selector.exact), most=_HEIRS):
            place = None if heir == key else anchors.find_exact(self._after[heir], selector)
            if place is not None:
                return Found(Method.MOVED, heir, *place)
        return None

    def _find_similar_words(self, key: UUID, selector: Selector) -> Found | None:
        best: tuple[float, bool, Found] | None = None
        for candidate in self._candidates(key):
            text, is_own = self._after[candidate], candidate == key
            place = anchors.find(text, selector)
            if place is None:
                continue
            alike = _likeness(selector.exact, text[place[0] : place[1]])
            if best is None or (alike, is_own) > best[:2]:
                best = (alike, is_own, Found(Method.FUZZY, candidate, *place))
        return best[2] if best else None

    def _find_clause(self, key: UUID, *, without_words: bool = False) -> Found:
        """The clause, or the part that holds most of its words.

        ``without_words``: quoted ones are gone, so that the same clause is not the same words.
        """
        text, now = self._before[key], self._after.get(key)
        if now is not None and _plain(now) == _plain(text) and not without_words:
            return Found(Method.EXACT, key)
        runs: Counter[Shingle] = shingles_of(text)
        share, heir = next(iter(self._heirs(key)), (0.0, None))
        if now is None:
            is_heir = heir is not None and share >= _INHERITED
        else:
            # Only a part that is new: a clause that was there before has words of its own.
            is_part = heir is not None and heir not in self._before
            is_heir = is_part and share >= _SPLIT_OFF and share > share_of(runs, now)
        if is_heir and heir is not None:
            is_whole = not without_words and _plain(text) in _plain(self._after[heir])
            return Found(Method.MOVED if is_whole else Method.CLAUSE, heir)
        return ORPHAN if now is None else Found(Method.CLAUSE, key)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one.casefold().split(), other.casefold().split(), False)
    return matcher.ratio()
