"""Who holds what: what the staff pages and the mails read."""

from __future__ import annotations

from django.db.models import Q

from accounts.models import Absence, Grant, User


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
