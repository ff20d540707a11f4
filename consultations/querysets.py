"""Querysets of consultations and remarks: every view starts from one of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from accounts.staff.models import OF_DEPARTMENTS, StaffRole
from core.domain.clock import Now

if TYPE_CHECKING:
    from accounts.models import User
    from consultations.models import Consultation, Remark  # noqa: F401 - of which these are


#: What the scopes of grants for one consultation begin with.
KIND = "consultation"


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def published(self) -> ConsultationQuerySet:
        """Announced ones, in whatever state they are now."""
        return self.filter(announced_at__lte=Now())

    def visible_to(self, user: User | Any) -> ConsultationQuerySet:
        """Published ones; officers and secretaries also see what they prepare."""
        if getattr(user, "is_administrator", False):
            return self.all()
        if getattr(user, "grants_in_force", ()):
            return self.filter(Q(announced_at__lte=Now()) | _worked_on_by(user))
        return self.published()

    def worked_on_by(self, user: User | Any) -> ConsultationQuerySet:
        """Consultations that officers and secretaries prepare and run: their department's, or the
        ones that are theirs alone; an administrator's all.
        """
        if getattr(user, "is_administrator", False):
            return self.all()
        if getattr(user, "grants_in_force", ()):
            return self.filter(_worked_on_by(user))
        return self.none()

    def about_business(self) -> ConsultationQuerySet:
        """Those whose procedure is held for businesses above all: they say what it would cost."""
        return self.filter(procedure__participants__in=("businesses", "organisations"))

    # The lists of the desk are these, by name (desk/views.py).

    def preparing(self) -> ConsultationQuerySet:
        return self.filter(announced_at=None)

    def announced(self) -> ConsultationQuerySet:
        return self.published().filter(opens_at__gt=Now(), withdrawn_at=None)

    def open(self) -> ConsultationQuerySet:
        return self.published().filter(
            opens_at__lte=Now(), closes_at__gt=Now(), withdrawn_at=None, reported_at=None
        )

    def closed(self) -> ConsultationQuerySet:
        """Over, the report not yet published."""
        return self.published().filter(closes_at__lte=Now(), withdrawn_at=None, reported_at=None)

    def reported(self) -> ConsultationQuerySet:
        return self.published().filter(reported_at__isnull=False, withdrawn_at=None)

    def withdrawn(self) -> ConsultationQuerySet:
        return self.published().filter(withdrawn_at__isnull=False)


class RemarkQuerySet(models.QuerySet["Remark"]):
    def public(self) -> RemarkQuerySet:
        """Remarks whose words everybody may read."""
        return self.filter(
            comment__hidden_at=None,
            comment__deleted_at=None,
            consultation__announced_at__lte=Now(),
        )

    def visible_to(self, user: User | Any) -> RemarkQuerySet:
        """``public()``; moderators also see hidden ones of what they moderate."""
        if not getattr(user, "is_moderator", False):
            return self.public()
        shown = Q(comment__hidden_at=None)
        if user.moderates():
            shown = Q()
        elif own := user.things_as(KIND, StaffRole.MODERATOR):
            shown |= Q(consultation__in=own)
        return self.filter(shown, comment__deleted_at=None, consultation__announced_at__lte=Now())

    def hidden(self) -> RemarkQuerySet:
        """Remarks that a moderator has hidden: of them everybody may read the reason alone."""
        return self.filter(
            comment__hidden_at__isnull=False,
            comment__deleted_at=None,
            consultation__announced_at__lte=Now(),
        )

    def unfolded(self) -> RemarkQuerySet:
        """Without those that repeat an earlier one, which is shown and answered for them."""
        return self.filter(folded_into=None)

    def at_clause(self, key: UUID) -> RemarkQuerySet:
        """Those listed under a clause: said of it, or carried to it by a later version."""
        return self.filter(Exact(Coalesce("moved_key", "clause_key"), key))

    def listed(self) -> RemarkQuerySet:
        """Remarks that have a place in lists: a hidden remark keeps its place (with the reason
        instead of its words), a deleted one only while it has answers.
        """
        return self.filter(Q(comment__deleted_at=None) | Q(comment__replies__gt=0))


def _worked_on_by(user: User) -> Q:
    return Q(department_id__in=user.department_ids) | Q(
        pk__in=user.things_as(KIND, *OF_DEPARTMENTS)
    )
