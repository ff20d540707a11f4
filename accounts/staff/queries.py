"""Queries of who holds which role, for the staff pages and mails."""

from __future__ import annotations

from itertools import chain
from typing import Any, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from accounts.models import Absence, Grant, User, UserQuerySet
from accounts.staff.models import SPEAKERS
from accounts.staff.presenters import show_absences, show_grants
from city.models import Department
from core.db.paging import Page, page_of
from core.domain import clock

PAGE_SIZE = 40
#: The newest of a person's grants and absences; older ones are in the trace (AuditEntry).
_MOST = 100


def holders(*roles: str, department_id: int | None = None, scope: str = "") -> list[int]:
    """The ids of those who hold one of ``roles`` now in the matter of ``scope`` of the department:
    of the department as a whole or of this one thing, and those who stand in for them.
    """
    reach = Q(department=department_id, scope="")
    if scope:
        reach |= Q(scope=scope)
    held = Grant.objects.in_force().filter(reach, role__in=roles, user__is_active=True)
    covers = Absence.objects.in_force().filter(absent__in=held.values("user"))
    people = User.objects.filter(Q(pk__in=held.values("user")) | Q(pk__in=covers.values("cover")))
    active = people.filter(is_active=True, is_staff=True).order_by("pk")
    return list(active.values_list("pk", flat=True))


def staff_with_grants() -> list[User]:
    """All who work for the council now, with their ``grants_in_force``, those of a cover too: one
    query, and one more where somebody stands in who holds nothing of their own."""
    covers = Absence.objects.in_force().filter(absent=OuterRef("user")).order_by()
    grants = Grant.objects.in_force().filter(user__is_active=True).select_related("user")
    rows = list(grants.annotate(covers=ArraySubquery(covers.values("cover"))).order_by("pk"))
    people = {grant.user_id: grant.user for grant in rows}
    standing_in = {grant.pk: cast(Any, grant).covers for grant in rows}
    if others := set(chain(*standing_in.values())) - people.keys():
        people |= User.objects.filter(is_active=True, is_staff=True).in_bulk(others)
    held: dict[int, list[Grant]] = {pk: [] for pk in people}
    for grant in rows:
        for pk in {grant.user_id, *standing_in[grant.pk]} & people.keys():
            held[pk].append(grant)
    for pk, person in people.items():
        person.grants_in_force = tuple(held[pk])
    return list(people.values())


def administrators() -> list[int]:
    """The ids of those who are administrators now by grants of their own."""
    held = Grant.objects.in_force().filter(role="administrator", user__is_active=True)
    return list(held.order_by("user").values_list("user", flat=True).distinct())


def colleagues() -> UserQuerySet:
    """Those who hold a role, or have held one."""
    return User.objects.filter(pk__in=Grant.objects.values("user"))


def break_glass_grants() -> list[Grant]:
    """Administrators by an emergency grant from the server's command line: one query."""
    return list(Grant.objects.in_force().filter(emergency=True).select_related("user"))


def grant_page(department: str | None, after: str | None) -> Page[Grant]:
    """Grants that are not over, by department and person: two queries.

    ``department``: the slug of one, "" for what is of the whole council, None for all.
    """
    grants = (
        Grant.objects.unended()
        .select_related("user", "department")
        .annotate(place=Coalesce("department__name_key", Value("")))
    )
    if department is not None:
        grants = grants.filter(department__slug=department or None)
    return page_of(grants, order=("place", "user_id", "id"), after=after, size=PAGE_SIZE)


def of_person(user: User) -> dict[str, Any]:
    """All that a person holds, held, covers and is covered by: at most five queries."""
    now = clock.now()
    grants = user.grants.select_related("department", "granted_by", "revoked_by")
    shown = show_grants(grants.order_by("-pk")[:_MOST])
    return {
        "held": [each for each in shown if not each.is_over(now)],
        "over": [each for each in shown if each.is_over(now)],
        "absences": show_absences(_newest(user.absences.all()), now=now),
        "covers": show_absences(_newest(user.covered_absences.all()), now=now),
    }


def _newest(absences: QuerySet[Absence]) -> QuerySet[Absence]:
    return absences.select_related("absent", "cover", "ended_by").order_by("-pk")[:_MOST]


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
