"""Find the street that typed words mean.

Exact: the words are a street's name of today or a former one, in any spelling (city/street_names).
Near: one street alone is a slip of the finger away, or has the words that were left out. Otherwise
a person chooses: the most similar ones by trigrams. At most two queries. Words in Latin letters are
those of the other keyboard layout, or of a slug.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection
from django.db.models import BooleanField, Case, F, Func, Q, QuerySet, When
from django.db.models.functions import Greatest

from city.models import Street
from city.streets import names as streets_names
from core.db.search import clean, switch_layout
from core.db.statements import AskedAnyOf, Statement
from core.domain import council

#: The most words that are looked at, in characters; the most streets that are suggested.
LONGEST, MOST = 200, 8
#: What trigrams must at least give for a street to be suggested.
_SIMILAR = 0.45
_MOST_NEAR = 30
#: A shorter name has too many neighbours for a slip to be guessed.
_SHORTEST_GUESSED = 6
_CYRILLIC = re.compile("[\u0400-\u052f]")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A street as a person chooses it."""

    pk: int
    name: str
    district: str
    former: str


@dataclass(frozen=True, slots=True)
class Found:
    """Meaning of typed words: one street, or several to choose from, or a closed one, or
    nothing.
    """

    street: Street | None = None
    suggestions: tuple[Suggestion, ...] = ()
    closed: Street | None = None
    #: The words are a name of each of ``suggestions``.
    is_exact: bool = False
    #: The person keeps the words, which mean no street of the list.
    kept: bool = False

    @property
    def shown(self) -> Suggestion | None:
        """The one street, as it is shown."""
        return suggestion_of(self.street) if self.street else None


def suggestion_of(street: Street) -> Suggestion:
    """A street, read with its district, as a person chooses it."""
    return Suggestion(
        street.pk,
        street.name,
        street.district.name if street.district else "",
        ", ".join(street.former_names),
    )


def find(words: str, *, current: int | None = None) -> Found:
    """Find the words among open streets and ``current``, the id of the one stored already."""
    readings, latin = _read(words)
    if not readings:
        return Found()
    exact = _with_names(readings)
    if found := _match_names(exact, readings, current):
        return found
    similar = list(_similar(readings, latin, current)[:_MOST_NEAR])
    near = [each for each in similar if _is_near(each, readings)]
    if not exact and (one := _only(near)):
        return Found(one)
    first = sorted(similar, key=lambda each: each not in near)[:MOST]
    return Found(suggestions=tuple(map(suggestion_of, first)), closed=exact[0] if exact else None)


def find_named(words: str) -> Found:
    """Find the open streets that these words name; nothing is guessed. Every appeal calls this, so
    each process caches a name (core.domain.council.keep)."""
    readings, _latin = _read(words)
    if not readings:
        return Found()

    def read() -> Found:
        return _match_names(_with_names(readings), readings, None) or Found()

    return council.keep(("street", *readings), read)


def split_district(line: str) -> tuple[str, str]:
    """Split a line into a street's name and the district in brackets after it; "" for none."""
    if not line.endswith(")"):
        return line, ""
    name, _bracket, district = line[:-1].rpartition("(")
    return (name.strip(), district.strip()) if name.strip() else (line, "")


def find_each(lines: Iterable[str]) -> dict[str, Found]:
    """Find the open streets that each of the lines names; a district in brackets after a name tells
    streets of one name apart. Nothing is guessed. One query for all lines."""
    asked = {}
    for line in lines:
        name, district = split_district(line)
        asked[line] = _read(name)[0], streets_names.fold(district)
    known = _with_names([reading for readings, _district in asked.values() for reading in readings])
    found = {}
    for line, (readings, district) in asked.items():
        begins = [_begin(*reading) for reading in readings]
        exact = [street for street in known if any(begin in street.lookup for begin in begins)]
        if district:
            exact = [
                street
                for street in exact
                if street.district and streets_names.fold(street.district.name) == district
            ]
        found[line] = (_match_names(exact, readings, None) if readings else None) or Found()
    return found


def search(streets: QuerySet[Street], words: str) -> QuerySet[Street]:
    """The streets that have the words in one of their names; for a list."""
    readings = _readings(clean(words[:LONGEST]))
    if not readings:
        return streets.none()
    asked = Q()
    for name, _kind in readings:
        asked |= Q(lookup__contains=name)
    return streets.filter(asked)


def _read(words: str) -> tuple[list[tuple[str, str]], str]:
    """The readings of what was typed, and its Latin letters, where it has no others."""
    words = clean(words[:LONGEST])
    latin = "" if _CYRILLIC.search(words) else words
    return _readings(streets_names.without_house(switch_layout(latin) if latin else words)), latin


def _readings(words: str) -> list[tuple[str, str]]:
    bare = streets_names.without_number(words)
    both = streets_names.readings(words) + streets_names.readings(bare)
    return [reading for reading in dict.fromkeys(both) if len(reading[0]) > 1]


#: Streets of whose names one begins a line of ``lookup``.
_WITH_NAMES = Statement(
    lambda: Street.objects.select_related("district").filter(
        Func(
            F("lookup"),
            AskedAnyOf("patterns"),
            arg_joiner=" LIKE ",
            template="%(expressions)s",
            output_field=BooleanField(),
        )
    )[: 10 * MOST]
)


def _with_names(readings: Iterable[tuple[str, str]]) -> list[Street]:
    """The streets, closed ones too, of which the words are a name."""
    escape = connection.ops.prep_for_like_query
    readings = list(readings)
    if not readings:
        return []
    return _WITH_NAMES.all(patterns=[f"%{escape(_begin(*reading))}%" for reading in readings])


def _begin(name: str, kind: str) -> str:
    """Prefix of a line of ``lookup`` with the name, and with the kind where one was typed."""
    return f"\n{streets_names.key_of(name, kind)}" if kind else f"\n{name}|"


def _match_names(
    exact: list[Street], readings: list[tuple[str, str]], current: int | None
) -> Found | None:
    """The one street, or several to choose from, of which the words are a name."""
    offered = [each for each in exact if each.closed_at is None or each.pk == current]
    if one := _only(_named_now(offered, readings)) or _only(offered):
        return Found(one)
    if offered:
        return Found(suggestions=tuple(map(suggestion_of, offered[:MOST])), is_exact=True)
    return None


def _named_now(streets: list[Street], readings: list[tuple[str, str]]) -> list[Street]:
    """Those of which it is the name of today."""
    begins = tuple(_begin(name, kind) for name, kind in readings)
    return [street for street in streets if street.lookup.startswith(begins)]


def _only(streets: list[Street]) -> Street | None:
    return streets[0] if len(streets) == 1 else None


def _similar(readings: list[tuple[str, str]], latin: str, current: int | None) -> QuerySet[Street]:
    """Those with a name like one of the readings, or a slug like words in Latin letters."""
    likeness = [TrigramWordSimilarity(name, "lookup") for name, _kind in readings]
    if latin:
        likeness.append(TrigramWordSimilarity(latin, "slug"))
    begins = Q()
    for name, _kind in readings:
        begins |= Q(lookup__startswith=f"\n{name}")
    return (
        Street.objects.offered([current])
        .select_related("district")
        .annotate(likeness=Greatest(*likeness) if len(likeness) > 1 else likeness[0])
        .filter(likeness__gte=_SIMILAR)
        .order_by("-likeness", Case(When(begins, then=0), default=1), "name_key", "pk")
    )


def _is_near(street: Street, readings: list[tuple[str, str]]) -> bool:
    """Whether it has a name that is a slip away, or of which words were left out."""
    lines = [line.split("|") for line in street.lookup.splitlines() if line]
    return any(
        (not kind or kind == of_kind) and (_is_one_slip(name, full) or _is_short(name, full))
        for name, kind in readings
        for full, of_kind in lines
    )


def _is_short(typed: str, full: str) -> bool:
    """«т шевченка» and «шевченка» are short for «тараса шевченка»."""
    words, names = typed.split(), full.split()
    if len(words[-1]) < _SHORTEST_GUESSED - 1 or words[-1] != names[-1] or len(names) < 2:
        return False
    rest = iter(names[:-1])
    return all(
        any(name == word or (len(word) == 1 and name.startswith(word)) for name in rest)
        for word in words[:-1]
    )


def _is_one_slip(typed: str, full: str) -> bool:
    """A letter wrong, missing, added, or two swapped; not the first one, and no digit."""
    if typed == full:
        return True
    if min(len(typed), len(full)) < _SHORTEST_GUESSED or typed[0] != full[0]:
        return False
    start = next(
        (at for at, (one, other) in enumerate(zip(typed, full, strict=False)) if one != other),
        min(len(typed), len(full)),
    )
    one, other = typed[start:], full[start:]
    if any(letter.isdigit() for letter in one[:2] + other[:2]):
        return False
    return (
        one[1:] == other[1:]
        or one[1:] == other
        or one == other[1:]
        or (one[:2] == other[1::-1] and one[2:] == other[2:])
    )
