"""History of a row of the table: who changed what and when, read from the audit log.

The log holds numbers alone (core.models.AuditEntry), so a line says that the row was decided or
given to somebody; former words stand nowhere. It reaches back as far as the log is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from accounts.data.words import event_titles
from accounts.models import User
from city.models import Department
from consultations.dispositions.events import (
    ApprovalTakenBack,
    DispositionApproved,
    DispositionCopied,
    DispositionRestored,
    PublicReasonChecked,
    PublicReasonTakenBack,
    PublicReasonWritten,
    RemarkAssigned,
    RemarkSettled,
)
from consultations.repeats.events import RemarkFoldedAgain, RemarkUnfolded
from core.db.paging import Page, page_of
from core.models import AuditEntry

#: The events of a row, by their names in the log.
EVENTS = [
    event.__name__
    for event in (
        *(RemarkSettled, DispositionApproved, ApprovalTakenBack, DispositionCopied),
        DispositionRestored,
        *(PublicReasonWritten, PublicReasonChecked, PublicReasonTakenBack, RemarkAssigned),
        *(RemarkFoldedAgain, RemarkUnfolded),
    )
]
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a row. ``by``: None of a job, or of an account that is no more; ``to``: the
    person or the department that it was given to, "" where there is none."""

    at: datetime
    title: Any
    by: User | None
    to: str


def changes_of(remark_id: int, after: str | None) -> Page[Change]:
    """A page of changes of a row, the newest first: three queries at most."""
    found: QuerySet[AuditEntry] = AuditEntry.objects.filter(
        event__in=EVENTS, ids__contains={"remark_id": remark_id}
    )
    page: Page[AuditEntry] = page_of(found, order=("-at", "-pk"), after=after, size=PAGE_SIZE)
    return Page(list(_show(page)), page.next_cursor, page.previous_cursor)


def last_changes(
    consultation_id: int, remark_ids: Collection[int], since: datetime
) -> dict[int, tuple[int | None, datetime]]:
    """The last change of each of these rows since then, by whom and when: one query."""
    found = AuditEntry.objects.filter(
        event__in=EVENTS, ids__contains={"consultation_id": consultation_id}, at__gte=since
    )
    rows = found.order_by("pk").values_list("ids__remark_id", "actor", "at")
    wanted = set(remark_ids)
    return {pk: (actor, at) for pk, actor, at in rows if pk in wanted}


def _show(entries: Iterable[AuditEntry]) -> Iterator[Change]:
    found = list(entries)
    numbers = {number for each in found for number in (each.actor, each.ids.get("person_id"))}
    people = User.objects.in_bulk([number for number in numbers if number])
    ids = {each.ids["department_id"] for each in found if each.ids.get("department_id")}
    departments = Department.objects.in_bulk(ids) if ids else {}
    titles = event_titles()
    for each in found:
        person = people.get(each.ids.get("person_id") or 0)
        department = departments.get(each.ids.get("department_id") or 0)
        to = person.get_full_name() if person else department.local_name if department else ""
        yield Change(each.at, titles[each.event], people.get(each.actor or 0), to)
