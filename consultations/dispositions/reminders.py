"""Reminders of rows of the table that are due: once a day, one mail a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Min, Q, QuerySet

from accounts.models import StaffRole, User
from accounts.staff.reading import holders
from consultations.dispositions import reading
from consultations.dispositions.events import RowsDue
from consultations.models import Consultation, Remark
from core.domain import clock
from core.domain.actions import action
from core.domain.calendar import local_date
from core.domain.events import emit

#: So many days before the last one the first reminder comes.
DAYS_BEFORE = 3


@dataclass(frozen=True, slots=True)
class DueRows:
    """How many rows of a consultation a person has to fill soon, and until when the first."""

    consultation: Consultation
    number: int
    due_on: date


def remind() -> int:
    """Tell whoever has rows that are due in three days or were due before; returns how many people.

    A row that is complete needs no reminder. Emits RowsDue for each person.
    """
    with action():
        today = local_date(clock.now())
        people = _people_with(_due(today))
        for user_id in people:
            emit(RowsDue(user_id, today.toordinal()))
        return len(people)


def due_rows(user: User, today: date) -> list[DueRows]:
    """What the person has to fill soon, by consultation: two queries."""
    rows = _due(today).filter(reading.given_to(user)).order_by()
    counts = rows.values("consultation").annotate(number=Count("pk"), due=Min("assignment__due_on"))
    found = {row["consultation"]: row for row in counts}
    consultations = Consultation.objects.filter(pk__in=found).order_by("pk")
    return [
        DueRows(each, found[each.pk]["number"], found[each.pk]["due"]) for each in consultations
    ]


def _due(today: date) -> QuerySet[Remark]:
    """Rows that somebody has, that lack something and are due; of what is still worked on."""
    return Remark.objects.filter(
        reading.EMPTY | reading.WITHOUT_REASON,
        assignment__due_on__lte=today + timedelta(days=DAYS_BEFORE),
        folded_into=None,
        comment__deleted_at=None,
        comment__hidden_at=None,
        consultation__reported_at=None,
        consultation__withdrawn_at=None,
    )


def _people_with(rows: QuerySet[Remark]) -> list[int]:
    people = _ids(rows.filter(assignment__person__is_active=True), "assignment__person")
    given = _ids(rows.filter(~Q(assignment__department=None)), "assignment__department")
    for department_id in given:
        people |= set(holders(StaffRole.OFFICER, department_id=department_id))
    return sorted(people)


def _ids(rows: QuerySet[Remark], path: str) -> set[int]:
    found: Iterable[int] = rows.order_by().values_list(path, flat=True).distinct()
    return set(found)
