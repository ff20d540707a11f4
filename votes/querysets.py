"""Querysets of polls, answers in words and voter records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, Q, When

from accounts.staff.models import OF_DEPARTMENTS, StaffRole
from core.domain.clock import Now

if TYPE_CHECKING:
    from accounts.models import User
    from votes.models import Poll

#: What the scopes of grants for one poll begin with.
KIND = "poll"


class PollQuerySet(models.QuerySet[Any]):
    def published(self) -> PollQuerySet:
        """Scheduled ones, in whatever state they are now."""
        return self.filter(scheduled_at__lte=Now())

    def visible_to(self, user: User | Any) -> PollQuerySet:
        """Published ones; officers and secretaries also see what they prepare."""
        if getattr(user, "is_administrator", False):
            return self.all()
        if getattr(user, "grants_in_force", ()):
            return self.filter(Q(scheduled_at__lte=Now()) | _worked_on_by(user))
        return self.published()

    def worked_on_by(self, user: User | Any) -> PollQuerySet:
        """Polls that officers and secretaries prepare and run; an administrator's all."""
        if getattr(user, "is_administrator", False):
            return self.all()
        if getattr(user, "grants_in_force", ()):
            return self.filter(_worked_on_by(user))
        return self.none()

    def open(self) -> PollQuerySet:
        return self.published().filter(opens_at__lte=Now(), closes_at__gt=Now(), cancelled_at=None)

    def with_reach(self) -> PollQuerySet:
        """With ``reach``: 0 of those in which most people may vote, 1 of those for some, 2 of those
        for a list. What most may do goes first in lists."""
        some = Q(voters__in=("district", "organisations"))
        reach = Case(When(some, then=1), When(voters="invited", then=2), default=0)
        rows: PollQuerySet = self.annotate(reach=reach)
        return rows

    def scheduled(self) -> PollQuerySet:
        return self.published().filter(opens_at__gt=Now(), cancelled_at=None)

    def closed(self) -> PollQuerySet:
        """Over, the results not yet published."""
        return self.published().filter(closes_at__lte=Now(), published_at=None, cancelled_at=None)

    def with_results(self) -> PollQuerySet:
        return self.published().filter(published_at__isnull=False, cancelled_at=None)


class TextQuerySet(models.QuerySet[Any]):
    def shown(self) -> TextQuerySet:
        """Texts that a moderator let through: all that anybody but their author reads."""
        return self.filter(state="shown")

    def moderated_by(self, user: User) -> TextQuerySet:
        """Texts that they decide on: everything, or the polls that are theirs to moderate."""
        if user.moderates():
            return self.all()
        return self.filter(question__poll__in=user.things_as(KIND, StaffRole.MODERATOR))


class VoterRecordQuerySet(models.QuerySet[Any]):
    def of_poll(self, poll: Poll) -> Self:
        return self.filter(poll=poll)

    def used(self) -> Self:
        """Voters who have voted, or were given a sheet of paper."""
        return self.filter(used=True)


def _worked_on_by(user: User) -> Q:
    return Q(department_id__in=user.department_ids) | Q(
        pk__in=user.things_as(KIND, *OF_DEPARTMENTS)
    )
