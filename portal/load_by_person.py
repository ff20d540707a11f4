"""Work of each officer of a department, over all apps, for its head alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from accounts.models import StaffRole, User
from appeals.desk.load_by_person import PersonLoad, end_of_week, load_by_person
from city.models import Department
from consultations.dispositions.load_by_person import count_rows_by_person
from core.domain import clock
from core.domain.calendar import local_date
from core.domain.deadlines import Tally
from petitions.desk.load_by_person import count_petitions_by_person


@dataclass(frozen=True, slots=True)
class PersonWork:
    """Appeals, rows of disposition tables and petitions of one officer of a department (None:
    given to nobody in person)."""

    appeals: PersonLoad
    rows: Tally = field(default_factory=Tally)
    petitions: Tally = field(default_factory=Tally)

    @property
    def officer(self) -> User | None:
        return self.appeals.officer

    @property
    def department(self) -> Department:
        return self.appeals.department

    @property
    def all(self) -> Tally:
        appeals = Tally(self.appeals.open, self.appeals.late, self.appeals.this_week)
        return appeals + self.rows + self.petitions


def work_by_person(user: User) -> list[PersonWork]:
    """Work of everybody in the departments that the person heads, the most overdue first; empty
    for who heads none. Thirteen queries at most."""
    headed = user.departments_as(StaffRole.HEAD)
    if not headed:
        return []
    now = clock.now()
    days = {
        "today": local_date(now),
        "week_ends_on": local_date(end_of_week(now) - timedelta(seconds=1)),
    }
    loads = {
        (each.department.pk, each.officer.pk if each.officer else None): each
        for each in load_by_person(user)
    }
    officers = {(department, person) for department, person in loads if person is not None}
    rows = count_rows_by_person(headed, officers, **days)
    petitions = count_petitions_by_person(headed, **days)
    # Who has only work of these kinds.
    others = (rows.keys() | petitions.keys()) - loads.keys()
    departments = Department.objects.in_bulk({key[0] for key in others})
    people = User.objects.in_bulk({key[1] for key in others if key[1]})
    for key in others:
        loads[key] = PersonLoad(departments[key[0]], people.get(key[1] or 0))
    found = [
        PersonWork(load, rows.get(key, Tally()), petitions.get(key, Tally()))
        for key, load in loads.items()
    ]
    return sorted(found, key=_in_order)


def _in_order(work: PersonWork) -> tuple[int, int, int, str, int]:
    every = work.all
    name = work.officer.get_full_name() if work.officer else ""
    return (-every.late, -every.this_week, -every.open, name, work.department.pk)
