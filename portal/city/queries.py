"""Queries of the desk's pages of the council's own data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Field, Q
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from appeals.course.recounting import LABELS as OF_APPEALS
from city.lists.tables import TABLES
from city.models import AgeGroup, Change, Council, LocalElection, MapFeature, MartialLawPeriod
from consultations.models import Procedure
from core.db.paging import Page, page_of
from core.templatetags.components import thousands
from meetings.terms import LABELS as OF_MEETINGS
from petitions.terms import LABELS as TERMS
from portal.city.lists import LISTS

#: What each table of a change is called.
_TABLES: dict[str, str | Promise] = {
    "council": gettext_lazy("The council"),
    "department": gettext_lazy("Department"),
    "theme": gettext_lazy("Theme"),
    "district": gettext_lazy("District"),
    "street": gettext_lazy("Street"),
    "age": gettext_lazy("Population by age"),
    "martial_law": gettext_lazy("Martial law"),
    "election": gettext_lazy("Local election"),
    "procedure": gettext_lazy("Procedure"),
    "synonyms": gettext_lazy("Synonyms of the search"),
    "petition": gettext_lazy("Deadline of a petition"),
    "appeal": gettext_lazy("Deadline of an appeal"),
    "consultation": gettext_lazy("Deadline of a consultation"),
    "meeting": gettext_lazy("Deadline of a meeting"),
}
#: Where the deadlines of things stand on the desk.
_PAGES = {
    "petition": "petitions_desk:detail",
    "appeal": "appeals_desk:detail",
    "consultation": "desk:detail",
    "meeting": "meetings_desk:detail",
}
#: Columns that say nothing to people: another one beside them does.
_UNSAID = frozenset({"arms_type", "colours_version", "slug", "code"})
_COLUMNS: dict[str, str | Promise] = {
    **TERMS,
    **OF_APPEALS,
    **OF_MEETINGS,
    "report_due_on": gettext_lazy("Report due"),
    "arms_version": gettext_lazy("arms"),
    "map_version": gettext_lazy("map of the city"),
    "closed_at": gettext_lazy("closed"),
    "lines": gettext_lazy("lines"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page of changes."""

    at: datetime
    by: User | None
    #: Nobody is named because the server's command line did it.
    by_command: bool
    table: str | Promise
    name: str
    url: str
    verb: str
    what: str
    values: list[tuple[str, str, str]]


def of_index() -> dict[str, Any]:
    """Context of the first page: ten queries."""
    today_open = Q(closed_at=None)
    return {
        "row": Council.objects.defer("arms").get(),
        "lists": [
            (
                each,
                each.model._default_manager.aggregate(
                    open=Count("pk", filter=today_open), closed=Count("pk", filter=~today_open)
                ),
            )
            for each in LISTS.values()
        ],
        "ages": list(AgeGroup.objects.all()),
        "periods": list(MartialLawPeriod.objects.order_by("-starts_on")),
        "elections": list(LocalElection.objects.order_by("-starts_on")[:5]),
        "procedures": Procedure.objects.aggregate(
            open=Count("pk", filter=Q(in_force=True)), closed=Count("pk", filter=Q(in_force=False))
        ),
        "latest": Change.objects.order_by("-id").values_list("at", flat=True).first(),
    }


def counts_of_map() -> list[tuple[str, int]]:
    """Number of things of each kind on the map of the city, by their names. One query."""
    rows = MapFeature.objects.order_by("kind").values_list("kind").annotate(number=Count("pk"))
    numbers = dict(rows)
    return [
        (str(label), numbers[kind]) for kind, label in MapFeature.Kind.choices if kind in numbers
    ]


def changes(after: str | None) -> Page[Line]:
    """The trace, the latest first: two queries."""
    page = page_of(Change.objects.all(), order=("-id",), after=after)
    return Page(list(_lines(page.items)), page.next_cursor, page.previous_cursor)


def _lines(rows: Iterable[Change]) -> Iterator[Line]:
    rows = list(rows)
    people = User.objects.in_bulk({row.by for row in rows if row.by is not None})
    for row in rows:
        yield Line(
            at=row.at,
            by=people.get(row.by) if row.by is not None else None,
            by_command=row.by is None,
            table=_TABLES.get(row.table, row.table),
            name=row.name,
            url=_url(row),
            verb=row.verb,
            what=row.get_verb_display(),
            values=[
                (_column(row.table, name), _words(name, before), _words(name, after))
                for name, (before, after) in row.values.items()
                if name not in _UNSAID
                and (row.verb != Change.Verb.ADDED or after not in ("", None, []))
            ],
        )


def _url(row: Change) -> str:
    page = _PAGES.get(row.table)
    return reverse(page, args=[row.row]) if page else ""


def _column(table: str, name: str) -> str:
    if name in _COLUMNS:
        return str(_COLUMNS[name])
    model = Council if table == "council" else TABLES[table][0] if table in TABLES else None
    field = model._meta.get_field(name) if model else None
    return str(field.verbose_name) if isinstance(field, Field) else name


def _words(name: str, value: Any) -> str:
    """A value as people read it; "" for none."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int) and "population" in name:
        return thousands(value)
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if name == "map_version":
        return _("a map (%(name)s)") % {"name": value}
    if name == "arms_version":
        return _("a picture (%(name)s)") % {"name": value}
    if name.endswith("_at") and (moment := parse_datetime(str(value))):
        return date_format(localtime(moment), "j E Y, H:i")
    if name.endswith("_on"):
        return date_format(date.fromisoformat(value))
    return str(value)
