"""Querysets of moderation: every view of the desk starts from ``moderated_by``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from core.domain import clock
from discussions.grant_targets import in_threads_of

if TYPE_CHECKING:
    from accounts.models import User
    from moderation.models import Contest, QueueItem  # noqa: F401 - of which these are


class QueueItemQuerySet(models.QuerySet["QueueItem"]):
    def moderated_by(self, user: User) -> QueueItemQuerySet:
        """Comments that they may decide on: everything, or the threads of what is theirs."""
        return self.filter(in_threads_of(user))

    def waiting(self) -> QueueItemQuerySet:
        """Comments that a moderator is still to read."""
        return self.filter(settled_at=None, risk__gt=0)

    def held_by(self, user: User) -> QueueItemQuerySet:
        """Comments that they have taken, while they hold them."""
        return self.waiting().filter(claimed_by=user, claimed_until__gt=clock.Now())

    def undecided_for(self, user: User) -> QueueItemQuerySet:
        """Comments that nobody has decided and nobody else holds, with a risk or without one."""
        return self.filter(
            Q(claimed_by=None) | Q(claimed_by=user) | Q(claimed_until__lte=clock.Now()),
            settled_at=None,
        )

    def free_for(self, user: User) -> QueueItemQuerySet:
        """Waiting comments that nobody else holds."""
        return self.waiting().undecided_for(user)


class ContestQuerySet(models.QuerySet["Contest"]):
    def moderated_by(self, user: User) -> ContestQuerySet:
        """Contests of what they moderate."""
        return self.filter(in_threads_of(user, "ruling__comment__thread"))

    def pending(self) -> ContestQuerySet:
        """Contests that nobody has decided."""
        return self.filter(outcome="")
