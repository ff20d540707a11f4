"""The queryset of appeals; every view starts from ``visible_to``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from accounts.models.staff import OF_DEPARTMENTS
from core.domain.clock import Now

if TYPE_CHECKING:
    from accounts.models import User
    from appeals.models import Appeal

#: What the scopes of grants for one appeal begin with.
KIND = "appeal"


class AppealQuerySet[Row: Appeal](models.QuerySet[Row]):
    def visible_to(self, user: User | Any) -> Self:
        """Their own; and staff what they work on. Nobody else reads an appeal (art. 10)."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        own = Q(author=user.pk)
        if getattr(user, "grants_in_force", ()):
            own |= _worked_on_by(user)
        return self.filter(own)

    def open(self) -> Self:
        """Those to which the council owes an answer."""
        return self.filter(closed_at=None)

    def late(self) -> Self:
        """Those whose answer is late now."""
        return self.open().filter(due_at__lte=Now())

    def waiting(self) -> Self:
        """Those that the office has not checked yet."""
        return self.open().filter(accepted_at=None)


def _worked_on_by(user: User) -> Q:
    """The office all, the executors' departments theirs, who was given one alone that one.

    Nobody of the staff works on a complaint about themselves.
    """
    from appeals.models import Executor  # the model stands on this module

    if user.is_administrator:
        return Q()
    given = Executor.objects.filter(department__in=user.department_ids)
    reach = Q(pk__in=given.values("appeal")) | Q(pk__in=user.things_as(KIND, *OF_DEPARTMENTS))
    return reach & (Q(about_person=None) | ~Q(about_person=user.pk))
