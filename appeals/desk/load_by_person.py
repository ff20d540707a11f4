"""Load of each officer of a department, for its head alone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from accounts.models import StaffRole, User
from accounts.staff.queries import people_offered
from appeals.desk.presenters import ShownAppeal
from appeals.desk.queries import for_list, show
from appeals.models import Appeal
from appeals.querysets import AppealQuerySet
from city.models import Department
from core.domain import clock
from core.domain.calendar import end_of_day, local_date

#: So many of a person's appeals stand by their subject, those that are due first.
_MOST_NAMED = 3


@dataclass(slots=True)
class PersonLoad:
    """Appeals that one officer of a department answers (None: nobody of it yet): all that are
    open, those overdue, those due by the end of this week; and which are due first."""

    department: Department
    officer: User | None
    open: int = 0
    late: int = 0
    this_week: int = 0
    first: list[ShownAppeal] = field(default_factory=list)


def load_by_person(user: User) -> list[PersonLoad]:
    """Load of everybody in the departments that the person heads, the most overdue first; empty
    for who heads none, whatever else they are. What the head may not read counts for nobody. Seven
    queries at most."""
    headed = user.departments_as(StaffRole.HEAD)
    if not headed:
        return []
    departments = Department.objects.filter(pk__in=headed)
    found = {
        (department.pk, officer.pk if officer else None): PersonLoad(department, officer)
        for department, officer in people_offered(departments)
    }
    rows = Appeal.objects.worked_on_by(user).in_work().filter(department__in=headed)
    now = clock.now()
    counts = rows.values("department", "officer").annotate(
        open=Count("pk"),
        late=Count("pk", filter=Q(due_at__lte=now)),
        this_week=Count("pk", filter=Q(due_at__gt=now, due_at__lte=end_of_week(now))),
    )
    numbers = {(each["department"], each["officer"]): each for each in counts.order_by()}
    # Who holds no role in it any more, and has work of it yet.
    left = User.objects.in_bulk([pk for _department, pk in numbers.keys() - found.keys() if pk])
    by_id = {each.department.pk: each.department for each in found.values()}
    first = _first_of_each(rows)
    for key, each in numbers.items():
        load = found.setdefault(key, PersonLoad(by_id[key[0]], left.get(key[1] or 0)))
        load.open, load.late, load.this_week = each["open"], each["late"], each["this_week"]
        load.first = first[key]
    loads = [each for each in found.values() if each.officer or each.open]
    return sorted(loads, key=lambda each: (-each.late, -each.this_week, -each.open))


def end_of_week(now: datetime) -> datetime:
    """The midnight after the Sunday of this week, in Kyiv: the first moment of the next one."""
    today = local_date(now)
    return end_of_day(today + timedelta(days=6 - today.weekday()))


def _first_of_each(
    rows: AppealQuerySet[Appeal],
) -> dict[tuple[int, int | None], list[ShownAppeal]]:
    place = Window(
        RowNumber(), partition_by=[F("department"), F("officer")], order_by=["due_at", "pk"]
    )
    first = for_list(rows).annotate(place=place).filter(place__lte=_MOST_NAMED)
    found: dict[tuple[int, int | None], list[ShownAppeal]] = defaultdict(list)
    for each in show(list(first.order_by("due_at", "pk"))):
        found[each.appeal.department_id or 0, each.appeal.officer_id].append(each)
    return found
