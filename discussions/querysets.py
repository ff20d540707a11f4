"""Querysets of comments: every view starts from one of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from discussions.grant_targets import in_threads_of

if TYPE_CHECKING:
    from accounts.models import User
    from discussions.models import Comment  # noqa: F401 - of which these are


class CommentQuerySet(models.QuerySet["Comment"]):
    def public(self) -> CommentQuerySet:
        """Comments whose words everybody may read: not hidden, not deleted, nor their parent."""
        return self.filter(
            Q(parent=None) | Q(parent__hidden_at=None, parent__deleted_at=None),
            hidden_at=None,
            deleted_at=None,
        )

    def visible_to(self, user: User | Any) -> CommentQuerySet:
        """``public()``, and for moderators everything of theirs that was not deleted."""
        if not getattr(user, "is_moderator", False):
            return self.public()
        if user.moderates():
            return self.filter(deleted_at=None)
        return self.public() | self.moderated_by(user).filter(deleted_at=None)

    def moderated_by(self, user: User) -> CommentQuerySet:
        """Comments that they may hide and restore: everything, or the threads of what is theirs."""
        return self.filter(in_threads_of(user))

    def top(self) -> CommentQuerySet:
        """The first level: what was said, not the answers to it."""
        return self.filter(parent=None)
