"""Words of cards for their reader: former acts, eligibility, missing requirements.

A card is short, so it says the first thing alone, in a few words; the page of the thing says all.

A page with cards is drawn for a stranger and kept. It keeps with it what everybody may know of its
things (``PageCards``), a part for each kind; for a reader who is signed in, ``own`` asks what is
theirs in all of them: one statement, and one more where something asks more than an account.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.eligibility import Eligibility, Requirement, load_eligibility, missing
from accounts.lacking import way_to
from accounts.models import Level

if TYPE_CHECKING:
    from accounts.models import User

#: Kinds of what a card says: it is done, one may do it, something is lacking, it is not for them.
DONE, MAY, LACKS, OTHERS = "done", "may", "lacks", "others"


@dataclass(frozen=True, slots=True)
class ForReader:
    """A card's words for one reader. ``url`` and ``link``: where the missing requirement is met."""

    kind: str
    words: str | Promise
    url: str = ""
    link: str | Promise = ""


_BRIEFLY: dict[str, tuple[str, str | Promise]] = {
    "eligibility.level": (LACKS, _("First confirm who you are.")),
    "eligibility.age": (LACKS, _("First have your age confirmed.")),
    "eligibility.residence": (LACKS, _("First say or confirm where you live.")),
    "eligibility.district": (OTHERS, _("Not for you: for residents of another district.")),
    "eligibility.organisation": (OTHERS, _("Not for you: organisations take part.")),
}


def lacks(eligibility: Eligibility, requirement: Requirement, back: str) -> ForReader | None:
    """First missing part of ``requirement``; None: nothing. What nobody can get goes before what
    one can: nobody confirms who they are for what is not for them. ``back``: the path to which one
    comes back.
    """
    found = missing(eligibility, requirement)
    told = [(verdict, *_BRIEFLY[verdict.code]) for verdict in found if verdict.code in _BRIEFLY]
    if not told:
        return None
    is_elsewhere = requirement.district_id is not None and eligibility.district_id is not None
    others = [each for each in told if each[1] == OTHERS]
    verdict, kind, words = others[0] if others and (is_elsewhere or not told[1:]) else told[0]
    if kind == OTHERS:
        return ForReader(kind, words)
    way = way_to(verdict.params.get("way", ""), back)
    return ForReader(kind, words, way["url"], way["link"])


#: A SELECT of ids with a number each, and its parameters.
type Marking = tuple[str, list[Any]]


class Cards(Protocol):
    """Public facts about things of one kind on a page. Frozen: a page keeps it."""

    kind: ClassVar[str]

    @property
    def asks(self) -> bool:
        """Whether one of them asks more of people than that they have signed in."""

    def marking(self, user: User) -> list[Marking]:
        """Queries of the things in which the person has done something."""

    def told(
        self, user: User, marks: Mapping[int, int], known: Eligibility, back: str
    ) -> dict[int, ForReader]:
        """Words of each card, by the result of ``marking``."""


@dataclass(frozen=True, slots=True)
class PageCards:
    """All cards of a page."""

    parts: tuple[Cards, ...]


def own(user: User, cards: PageCards, back: str) -> dict[str, dict[int, ForReader]]:
    """Words of each card for ``user``, by kind and id. ``back``: the path of the page."""
    marks = _read(user, cards.parts)
    asks = any(part.asks for part in cards.parts)
    known = load_eligibility(user) if asks else Eligibility(Level.LOW)
    return {
        part.kind: part.told(user, marks.get(part.kind, {}), known, back) for part in cards.parts
    }


def _read(user: User, parts: Iterable[Cards]) -> dict[str, dict[int, int]]:
    """The highest mark of each thing, by kind and id: one statement, none where nothing asks."""
    selects: list[str] = []
    params: list[Any] = []
    for part in parts:
        for select, given in part.marking(user):
            selects.append(f"SELECT '{part.kind}', one.* FROM ({select}) AS one")  # noqa: S608 - ours
            params += given
    marks: dict[str, dict[int, int]] = {}
    if selects:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(selects), params)
            for kind, pk, number in cursor.fetchall():
                found = marks.setdefault(kind, {})
                found[pk] = max(number, found.get(pk, 0))
    return marks
