"""Departments and people to whom the desk offers to give an appeal."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import Grant, User
from accounts.staff.models import SPEAKERS
from appeals.desk.case import Case
from city.models import Department


def departments_offered(case: Case) -> QuerySet[Department]:
    """Departments that may consider it: neither that which a complaint is about, nor those whose
    head it is about."""
    about = {case.appeal.about_department_id or 0, *case.involved.headed}
    return Department.objects.open().exclude(pk__in=about)


def executors_offered(case: Case) -> list[tuple[Department, User | None]]:
    """Departments, each followed by its heads and officers; never whom a complaint is about. Two
    queries."""
    return people_offered(departments_offered(case), but=case.appeal.about_person_id)


def people_offered(
    departments: QuerySet[Department], *, but: int | None = None
) -> list[tuple[Department, User | None]]:
    """Departments, each followed by its heads and officers, ``but`` for one person. Two queries."""
    held = (
        Grant.objects.in_force()
        .filter(role__in=SPEAKERS, scope="", department__in=departments, user__is_active=True)
        .exclude(user=but or 0)
        .select_related("user")
        .order_by("user__family_name", "user__given_name", "user_id")
    )
    people: dict[int, dict[int, User]] = {}
    for grant in held:
        if grant.department_id is not None:
            people.setdefault(grant.department_id, {})[grant.user_id] = grant.user
    offered: list[tuple[Department, User | None]] = []
    for department in departments:
        offered.append((department, None))
        offered += [(department, user) for user in people.get(department.pk, {}).values()]
    return offered
