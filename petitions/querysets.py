"""The queryset of petitions; every view starts from ``visible_to`` or ``published``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from accounts.staff.models import OF_DEPARTMENTS, StaffRole
from core.domain.clock import Now

if TYPE_CHECKING:
    from accounts.models import User
    from petitions.models import Petition

#: What the scopes of grants for one petition begin with.
KIND = "petition"

#: The lists of published petitions, each as what holds of its rows now. They overlap: one that has
#: enough signatures awaits its answer, and may be signed until its review begins.
LISTS: dict[str, Q] = {
    "collecting": Q(closes_at__gt=Now(), withdrawn_at=None, review_at=None),
    "awaiting": Q(reached_at__isnull=False, answered_at=None),
    "answered": Q(answered_at__isnull=False),
    "all": Q(),
}


class PetitionQuerySet[Row: Petition](models.QuerySet[Row]):
    def published(self) -> Self:
        """Public petitions, in whatever state they are now."""
        return self.filter(published_at__lte=Now())

    def visible_to(self, user: User | Any) -> Self:
        """Published ones; an author also sees their own, and staff what was submitted to them."""
        if not getattr(user, "is_authenticated", False):
            return self.published()
        own = Q(published_at__lte=Now()) | Q(author=user.pk)
        if getattr(user, "grants_in_force", ()):
            own |= _worked_on_by(user)
        return self.filter(own)

    def worked_on_by(self, user: User | Any) -> Self:
        """Petitions of staff: moderators all that was submitted, officers and secretaries what is
        their department's or theirs alone, administrators everything submitted.
        """
        if not getattr(user, "grants_in_force", ()):
            return self.none()
        return self.filter(_worked_on_by(user))

    def owed_by(self, user: User | Any) -> Self:
        """Petitions with which they themselves have something to do: of ``worked_on_by``, for those
        who moderate what waits to be checked and what has no department to review it yet."""
        if not getattr(user, "grants_in_force", ()):
            return self.none()
        return self.filter(_owed_by(user))

    def on_moderation(self) -> Self:
        return self.filter(
            submitted_at__isnull=False, published_at=None, refused_at=None, withdrawn_at=None
        )

    def collecting(self) -> Self:
        """Those that may be signed now."""
        return self.published().filter(LISTS["collecting"])

    def answered(self) -> Self:
        return self.published().filter(LISTS["answered"])

    def not_reached(self) -> Self:
        """Closed without enough signatures: considered as appeals."""
        return self.published().filter(
            closes_at__lte=Now(), reached_at=None, withdrawn_at=None, answered_at=None
        )


def _worked_on_by(user: User) -> Q:
    submitted = Q(submitted_at__isnull=False)
    if user.is_administrator or user.moderates():
        return submitted
    return submitted & (_kept_by(user) | Q(pk__in=user.things_as(KIND, StaffRole.MODERATOR)))


def _kept_by(user: User) -> Q:
    """Those whose record they keep: of their departments, or theirs alone."""
    return Q(department_id__in=user.department_ids) | Q(
        pk__in=user.things_as(KIND, *OF_DEPARTMENTS)
    )


def _owed_by(user: User) -> Q:
    submitted = Q(submitted_at__isnull=False)
    if user.is_administrator:
        return submitted
    moderated = Q(pk__in=user.things_as(KIND, StaffRole.MODERATOR))
    if user.moderates():
        moderated = Q()
    return submitted & (_kept_by(user) | (moderated & (Q(published_at=None) | Q(department=None))))
