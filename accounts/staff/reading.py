"""Who holds what: what the staff pages and the mails read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from accounts.models import Absence, Grant, User
from accounts.models.staff import AbsenceQuerySet
from accounts.staff import grant_targets
from core.db.paging import Page, page_of
from core.domain.clock import Now

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


def administrators() -> list[int]:
    """The ids of those who are administrators now by grants of their own."""
    held = Grant.objects.in_force().filter(role="administrator", user__is_active=True)
    return list(held.order_by("user").values_list("user", flat=True).distinct())


def emergencies() -> list[Grant]:
    """Who is administrator for hours from the server's command line now: one query."""
    return list(Grant.objects.in_force().filter(emergency=True).select_related("user"))


def listed(department: str | None, after: str | None) -> Page[Grant]:
    """Grants that are not over, by department and person: two queries.

    ``department``: the slug of one, "" for what is of the whole council, None for all.
    """
    grants = (
        Grant.objects.unended()
        .select_related("user", "department")
        .annotate(now=Now(), place=Coalesce("department__name_key", Value("")))
    )
    if department is not None:
        grants = grants.filter(department__slug=department or None)
    page = page_of(grants, order=("place", "user_id", "id"), after=after, size=PAGE_SIZE)
    show(page.items)
    return page


def show(grants: Iterable[Grant]) -> None:
    """Give each grant ``about``, the title of the one thing that it is for: a query for each kind
    of thing."""
    grants = list(grants)
    titles = grant_targets.titles_of(grant.scope for grant in grants)
    for grant in grants:
        grant.about = titles.get(grant.scope, grant.scope)


def of_person(user: User) -> dict[str, Any]:
    """All that a person holds, held, covers and is covered by: at most four queries."""
    grants = list(
        user.grants.select_related("department", "granted_by", "revoked_by")
        .annotate(now=Now())
        .order_by("-pk")[:_MOST]
    )
    show(grants)
    return {
        "held": [grant for grant in grants if not is_over(grant)],
        "over": [grant for grant in grants if is_over(grant)],
        "absences": _recent(user.absences),
        "covers": _recent(user.covered_absences),
    }


def is_over(grant: Grant) -> bool:
    """Revoked, or its time has passed at the grant's ``now``."""
    ended = grant.ends_at is not None and grant.ends_at <= grant.now
    return ended or grant.revoked_at is not None


def _recent(absences: AbsenceQuerySet) -> list[Absence]:
    """Each with ``is_over``: ended early, or its time has passed."""
    found = list(
        absences.select_related("absent", "cover", "ended_by")
        .annotate(now=Now())
        .order_by("-pk")[:_MOST]
    )
    for absence in found:
        absence.is_over = absence.ended_at is not None or absence.ends_at <= absence.now
    return found
