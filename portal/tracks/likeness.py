"""Search for public matters that are about the same as a text.

The database finds candidates by its indexes: what has any telling word of the text, in its title
first of all. Here they are counted word by word, so that a long text does not bring whatever
shares one word with it.

An app whose matters are to be offered registers a finder:

    @finder(_("The council has answered"))
    def answers(sought: Sought) -> list[Matter]: ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import ceil
from typing import Any, Protocol

from django.contrib.postgres.search import SearchRank
from django.db.models import F, QuerySet

from core.db.search import Query, clean, lemmas, query
from petitions.starting.likeness import common_lemmas
from portal.tracks.presenters import Matter, MattersOfKind, Words

#: Of each kind, at most.
MOST_OFFERED = 3
_CANDIDATES = 20
#: So many that have any of the words are ranked.
MOST_RANKED = 500
#: Characters of each candidate that are looked through: its beginning says what it is about.
_LOOKED_THROUGH = 3_000
#: So many different telling words of a text are looked for: its first.
_MOST_WORDS = 24
#: This share of them is to be found, and two at least where there are three.
_SHARE = 0.15
#: Of the weights D, C, B and A of core.db.search.document.
_IN_TITLES_FIRST = [0.01, 0.02, 0.1, 1.0]


class HasTitle(Protocol):
    """Protocol of a thing found by its title first."""

    title: Any


@dataclass(frozen=True, slots=True)
class Sought:
    """The telling words of a text: each under the lemmas of its readings."""

    words: tuple[frozenset[str], ...]
    asked: Query

    @classmethod
    def of(cls, text: str) -> Sought:
        """The first words of the text that tell what it is about, each once."""
        telling: dict[frozenset[str], str] = {}
        for part in clean(text).split():
            readings = frozenset(lemmas(part))
            if readings and not readings & common_lemmas():
                telling.setdefault(readings, part)
            if len(telling) == _MOST_WORDS:
                break
        return cls(tuple(telling), query(" ".join(telling.values()), any_word=True))

    def candidates(self, rows: QuerySet[Any], field: str = "search") -> QuerySet[Any]:
        """Rows with any of the words, those with the most telling ones in the title first. Only
        the newest of them are ranked, so that common words of a stranger cost no more."""
        newest = rows.filter(**{field: self.asked}).order_by("-pk").values("pk")[:MOST_RANKED]
        rank = SearchRank(F(field), self.asked, weights=_IN_TITLES_FIRST)
        return rows.filter(pk__in=newest).order_by(rank.desc(), "-pk")[:_CANDIDATES]

    def select[Row: HasTitle](
        self, rows: Iterable[Row], body_of: Callable[[Row], str]
    ) -> list[Row]:
        """Those with enough of the words, the most alike first. A word in the title counts twice,
        and where there is none, more are needed."""
        needed = max(min(2, len(self.words) - 1), ceil(_SHARE * len(self.words)), 1)
        enough = []
        for row in rows:
            count, in_title = self.count(f"{row.title} {body_of(row)}"), self.count(row.title)
            if count >= (needed if in_title else needed + 1):
                enough.append((count + in_title, row))
        return [row for _likeness, row in sorted(enough, key=lambda pair: -pair[0])][:MOST_OFFERED]

    def count(self, text: str) -> int:
        """Number of the words that are in a text, or in its beginning where it is long."""
        found = frozenset(lemmas(text[:_LOOKED_THROUGH]))
        return sum(1 for readings in self.words if readings & found)


type Finder = Callable[[Sought], list[Matter]]

_FINDERS: list[tuple[Words, Finder]] = []


def finder(heading: Words) -> Callable[[Finder], Finder]:
    """Register a function that finds matters of one kind: two queries at most."""

    def register(find: Finder) -> Finder:
        _FINDERS.append((heading, find))
        return find

    return register


def find_alike(text: str) -> list[MattersOfKind]:
    """Public matters that are about the same, by kind; kinds without any are left out."""
    sought = Sought.of(text)
    if not sought.words:
        return []
    found = [MattersOfKind(heading, tuple(find(sought))) for heading, find in _FINDERS]
    return [kind for kind in found if kind.matters]
