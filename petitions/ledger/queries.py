"""Queries of ledgers, a fixed number at any length."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.db.paging import Page, page_of
from core.domain.calendar import kyiv
from core.templatetags.components import thousands
from petitions.defence.suspicions import NAMES
from petitions.ledger.chain import (
    CHECKED,
    HELD,
    REMOVED,
    RESTORED,
    REVERSED,
    SIGNED,
    UNEXPLAINED,
    Numbers,
)
from petitions.models import Day, Entry, Hour, Petition, Removal, Signature

PAGE_SIZE = 30
#: So many removals stand above the lines, which tell of all.
MOST_REMOVALS = 50

type Words = str | Promise


def last_entries(petition_ids: Collection[int]) -> dict[int, Entry]:
    """The last line of each ledger that has one: one query, by the index."""
    newest = Entry.objects.filter(petition=OuterRef("pk")).order_by("-number").values("pk")[:1]
    petitions = Petition.objects.filter(pk__in=petition_ids).order_by()
    found = Entry.objects.filter(pk__in=petitions.values(last=Subquery(newest)))
    return {entry.petition_id: entry for entry in found}


def total_of(entry: Entry | None) -> Numbers:
    """The numbers after a line; none before the first."""
    return Numbers.read(json.loads(entry.body)["total"]) if entry else Numbers()


def heads_of(day: date) -> dict[int, tuple[int, str]]:
    """Heads of the ledgers that grew on the day in Kyiv: the last line's number and hash by
    petition.
    """
    return heads_between(kyiv(day), kyiv(day + timedelta(days=1)))


def heads_between(start: datetime, end: datetime) -> dict[int, tuple[int, str]]:
    """Heads of the ledgers that grew from ``start`` until before ``end``: the last line's number
    and hash by petition. One query.
    """
    written = Entry.objects.filter(at__gte=start, at__lt=end)
    last = written.order_by("petition", "-number").distinct("petition")
    return {
        petition: (number, found)
        for petition, number, found in last.values_list("petition", "number", "hash")
    }


#: What each kind of line says to people.
WORDS = {
    SIGNED: _("Signed and taken back"),
    CHECKED: _("Checked by staff and counted"),
    REMOVED: _("Removed"),
    REVERSED: _("A removal reversed"),
    RESTORED: _("Restored after an objection"),
    HELD: _("Held back for a check"),
    UNEXPLAINED: _("The numbers changed, and nothing explains it"),
}
_RULES: dict[str, Words] = {**dict(Removal.Rule.choices), "mailbox": NAMES["mailbox"]}


@dataclass(frozen=True, slots=True)
class Line:
    """A line as the page shows it; ``words`` of its kind, ``removal`` the number of what staff
    removed or brought back, None elsewhere."""

    number: int
    at: datetime
    what: str
    words: Words
    change: Numbers
    total: Numbers
    removal: int | None
    rule: Words
    reason: str
    hash: str

    @property
    def cells(self) -> list[str]:
        """By how much each number changed: «+1 200», «−5», «0»."""
        changed = (getattr(self.change, name) for name in Numbers.__slots__)
        return [
            ("+" if one > 0 else "−" if one < 0 else "") + thousands(abs(one)) for one in changed
        ]


def lines(petition: Petition, after: str | None) -> Page[Line]:
    """A page of a ledger, the newest line first: one query."""
    page = page_of(
        Entry.objects.filter(petition=petition), order=("-number",), after=after, size=PAGE_SIZE
    )
    return Page([_line(entry) for entry in page], page.next_cursor, page.previous_cursor)


def _line(entry: Entry) -> Line:
    said: dict[str, Any] = json.loads(entry.body)
    rule = said.get("rule", "")
    return Line(
        number=entry.number,
        at=entry.at,
        what=said["what"],
        words=WORDS.get(said["what"], said["what"]),
        change=Numbers.read(said["change"]),
        total=Numbers.read(said["total"]),
        removal=said.get("removal"),
        rule=_RULES.get(rule, rule),
        reason=said.get("reason", ""),
        hash=entry.hash,
    )


def removals_of(petition: Petition) -> list[Removal]:
    """Removals, the latest first, without who made them: one query."""
    found = petition.removals.order_by("-pk").only(
        "rule", "reason", "number", "at", "reversed_at", "reversed_reason"
    )
    return list(found[:MOST_REMOVALS])


def uncertain_of(petition: Petition) -> tuple[int, int]:
    """Numbers of signatures that count, and that wait, of which nobody can tell the mailbox: one
    query, by an index of these alone.
    """
    rows = Signature.objects.filter(petition=petition, mailbox_uncertain=True)
    numbers = dict(rows.order_by().values_list("status").annotate(number=Count("pk")))
    return numbers.get(Signature.Status.COUNTED, 0), numbers.get(Signature.Status.CHECKING, 0)


def bodies(rows: QuerySet[Any]) -> Iterator[str]:
    """The lines of ledgers, days or hours as people download them, each with its end."""
    for body in rows.values_list("body", flat=True).iterator(chunk_size=2000):
        yield f"{body}\n"


def latest_hours() -> list[Hour]:
    """The last day's worth of hours, the newest first: one query."""
    return list(Hour.objects.defer("body").order_by("-hour")[:24])


def days(after: str | None) -> Page[Day]:
    """A page of the heads of days, the newest first: one query."""
    return page_of(Day.objects.defer("body"), order=("-day",), after=after, size=PAGE_SIZE)
