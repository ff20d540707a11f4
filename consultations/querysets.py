"""Which consultations, which remarks? Every view starts from one of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from core.clock import Now

if TYPE_CHECKING:
    from accounts.models import User


class ConsultationQuerySet(models.QuerySet[Any]):
    def published(self) -> ConsultationQuerySet:
        """Announced ones, in whatever state they are now."""
        return self.filter(announced_at__lte=Now())

    def visible_to(self, user: User | Any) -> ConsultationQuerySet:
        """Published ones; an officer also sees what her department prepares."""
        if getattr(user, "is_administrator", False):
            return self.all()
        if getattr(user, "is_officer", False):
            return self.filter(
                Q(announced_at__lte=Now()) | Q(department_id__in=user.department_ids)
            )
        return self.published()

    def worked_on_by(self, user: User | Any) -> ConsultationQuerySet:
        """What an officer prepares and runs: her department's, an administrator's all."""
        if getattr(user, "is_administrator", False):
            return self.all()
        if getattr(user, "is_officer", False):
            return self.filter(department_id__in=user.department_ids)
        return self.none()

    def about_business(self) -> ConsultationQuerySet:
        """Those whose procedure is held for businesses above all: they say what it would cost."""
        return self.filter(procedure__participants="businesses")

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


class RemarkQuerySet(models.QuerySet[Any]):
    def public(self) -> RemarkQuerySet:
        """Remarks whose words everybody may read."""
        return self.filter(
            comment__hidden_at=None,
            comment__deleted_at=None,
            consultation__announced_at__lte=Now(),
        )

    def visible_to(self, user: User | Any) -> RemarkQuerySet:
        """``public()``; moderators also see hidden ones."""
        if getattr(user, "is_moderator", False):
            return self.filter(comment__deleted_at=None, consultation__announced_at__lte=Now())
        return self.public()

    def listed(self) -> RemarkQuerySet:
        """What a list has a place for: a hidden remark keeps its place (with the reason instead
        of its words), a deleted one only while it has answers."""
        return self.filter(Q(comment__deleted_at=None) | Q(comment__replies__gt=0))
