"""The journal of appeals of a period: rows for a page, a CSV file and a printed document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import date, datetime
from typing import Any

from appeals.desk.reading import for_list
from appeals.models import Appeal
from appeals.querysets import AppealQuerySet
from core.domain.calendar import last_date, local_date

#: The columns of the CSV, the same in every language.
HEAD = (
    *("number", "registered_on", "received_on", "via", "kind", "applicant", "residence"),
    *("people", "privileged", "subject", "category", "department", "due_on", "state"),
    *("closed_on", "was_late"),
)
#: The longest period, in days, that is asked for at once.
LONGEST = 366
#: So many rows stand on a page; the file has all.
MOST_ON_PAGE = 1000
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class JournalRow:
    """One line of the journal, in words."""

    number: str
    registered_on: date
    received_on: date
    via: str
    kind: str
    applicant: str
    residence: str
    people: int
    privileged: str
    subject: str
    category: str
    department: str
    due_on: date
    state: str
    closed_on: date | None
    was_late: bool

    @classmethod
    def of(cls, appeal: Appeal, now: datetime) -> JournalRow:
        return JournalRow(
            number=appeal.label,
            registered_on=appeal.registered_on,
            received_on=local_date(appeal.received_at),
            via=appeal.get_via_display(),
            kind=appeal.get_kind_display(),
            applicant=appeal.organisation.name if appeal.organisation else appeal.name,
            residence=appeal.residence,
            people=appeal.people,
            privileged=str(appeal.get_privileged_display()) if appeal.privileged else "",
            subject=appeal.subject,
            category=appeal.category.code if appeal.category else "",
            department=appeal.department.name if appeal.department else "",
            due_on=last_date(appeal.due_at),
            state=str(appeal.state_at(now).label),
            closed_on=local_date(appeal.closed_at) if appeal.closed_at else None,
            was_late=appeal.is_late_at(now),
        )

    def cells(self) -> tuple[Any, ...]:
        """For a table file: dates as ISO, the last one as 1 or 0."""
        *cells, was_late = astuple(self)
        return (
            *(cell.isoformat() if isinstance(cell, date) else cell for cell in cells),
            int(was_late),
        )


def in_period(since: date, until: date) -> AppealQuerySet[Appeal]:
    """What was registered from the first to the last day, with both."""
    return Appeal.objects.filter(registered_on__range=(since, until))


def rows_of(
    since: date, until: date, now: datetime, *, most: int | None = None
) -> Iterator[JournalRow]:
    """The lines in the order of their numbers; ``most``: no more than so many. One query."""
    found = for_list(in_period(since, until)).select_related(
        "department", "organisation", "category"
    )
    ordered = found.order_by("registered_on", "number", "pk")
    rows = ordered[:most] if most is not None else ordered.iterator(chunk_size=_AT_ONCE)
    return (JournalRow.of(each, now) for each in rows)


def authors_of(since: date, until: date, *, most: int | None = None) -> list[int]:
    """Whose accounts the lines are of."""
    found = in_period(since, until).filter(author__isnull=False)
    ids = found.order_by("registered_on", "number", "pk").values_list("author_id", flat=True)
    return sorted({pk for pk in ids[:most] if pk})
