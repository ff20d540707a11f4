"""Reading the feed of changes: whole links of the audit log, folded to one change a thing.

The cursor is the number of a link. Entries have none of their own that would do: they get their
numbers before their transactions commit, while a link, once made, never gets another entry.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import CharField, Q, Value

from core.audit_log.chaining import Range, find_head, ranges_of
from core.models import AuditCut, AuditEntry, AuditLink
from portal.changes.kinds import COLUMNS, KINDS, Fate, Rows

#: Of one page: links, entries (a link that has more stands alone) and rows of numbers.
LINKS, ENTRIES, RANGES = 500, 500, 50

type Thing = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a thing; ``link`` holds the last entry about it on this page."""

    link: int
    kind: str
    id: int
    path: str
    fate: Fate


@dataclass(frozen=True, slots=True)
class Changes:
    """A page of the feed, and where the next one begins; ``has_more``: it is there already."""

    changes: Sequence[Change]
    cursor: int
    has_more: bool


class CursorAhead(ValueError):
    """There is no such link yet."""


class CursorTooOld(LookupError):
    """Entries after this link are past their term: there is no telling what changed."""


def find_cursor() -> int:
    """The number of the newest link: what happens later comes after it. One query, or two."""
    return find_head().number


def read_changes(since: int) -> Changes:
    """Changes of the links after ``since``: five queries, whatever they hold.

    Raises CursorAhead or CursorTooOld.
    """
    head = find_head().number
    if since > head:
        raise CursorAhead
    cut = AuditCut.objects.order_by("-number").values_list("number", flat=True).first()
    if cut is not None and since < cut:
        raise CursorTooOld
    links = _take_links(since)
    if not links:
        return Changes((), since, has_more=False)
    last = links[-1][0]
    return Changes(_fold(links), last, has_more=last < head)


def _take_links(since: int) -> list[tuple[int, list[Range]]]:
    """The first links after this one that fit on a page, with the entries that they name."""
    rows = AuditLink.objects.filter(number__gt=since).order_by("number")
    taken: list[tuple[int, list[Range]]] = []
    entries = ranges = 0
    for number, body in rows.values_list("number", "body")[:LINKS]:
        named = ranges_of(body)
        entries += sum(last - first + 1 for first, last in named)
        ranges += len(named)
        if taken and (entries > ENTRIES or ranges > RANGES):
            break
        taken.append((number, named))
    return taken


def _fold(links: Iterable[tuple[int, list[Range]]]) -> list[Change]:
    """One change a thing, by the last of its entries, in their order."""
    told: dict[Thing, int] = {}
    proven: set[Thing] = set()
    for link, event, ids in _read_entries(links):
        for kind, is_proof in _BY_EVENT[event]:
            for number in _numbers(ids, KINDS[kind].keys):
                told.pop((kind, number), None)
                told[kind, number] = link
                if is_proof:
                    proven.add((kind, number))
    found = _find_things(told)
    changes = []
    for key, link in told.items():
        if key in found:
            thing, place, fate = found[key]
            if fate or key in proven:
                url = KINDS[key[0]].url(thing, place)
                changes.append(Change(link, key[0], thing, url, Fate(fate or Fate.GONE)))
    return changes


def _read_entries(
    links: Iterable[tuple[int, list[Range]]],
) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Entries that tell something, by their links: one query."""
    link_of = [(first, last, link) for link, named in links for first, last in named]
    wanted = reduce(or_, (Q(pk__range=(first, last)) for first, last, _link in link_of))
    rows = AuditEntry.objects.filter(wanted, event__in=list(_BY_EVENT))
    entries = {pk: (event, ids) for pk, event, ids in rows.values_list("pk", "event", "ids")}
    for first, last, link in link_of:
        for pk in range(first, last + 1):
            if pk in entries:
                yield link, *entries[pk]


def _numbers(ids: dict[str, Any], keys: Iterable[str]) -> Iterator[int]:
    for key in keys:
        value = ids.get(key)
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, int):
                yield each


def _find_things(wanted: Iterable[Thing]) -> dict[Thing, tuple[int, str, str]]:
    """Each thing with its own id, what else its address needs, and its fate: one query."""
    ids: dict[str, set[int]] = defaultdict(set)
    for kind, number in wanted:
        ids[kind].add(number)
    parts: list[Rows] = [
        KINDS[kind].rows(numbers).annotate(f_kind=Value(kind, CharField())).values_list(*COLUMNS)
        for kind, numbers in ids.items()
    ]
    if not parts:
        return {}
    rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    return {(kind, asked): (thing, place, fate) for kind, asked, thing, place, fate in rows}


def _by_event() -> dict[str, list[tuple[str, bool]]]:
    found: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for name, kind in KINDS.items():
        for event in kind.events:
            found[event.__name__].append((name, event in kind.taken_off))
    return dict(found)


#: Name of an event -> kinds that it tells of, and whether it proves that the thing was public.
_BY_EVENT = _by_event()
