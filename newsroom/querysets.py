"""Querysets of articles; every view starts from ``published``, ``visible_to`` or ``edited_by``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from accounts.staff.models import OF_DEPARTMENTS
from core.domain.clock import Now

if TYPE_CHECKING:
    from accounts.models import User
    from newsroom.models import Article

#: What the scopes of grants for one article begin with.
KIND = "article"


class ArticleQuerySet[Row: Article](models.QuerySet[Row]):
    def appeared(self) -> Self:
        """Those whose publication has come, withdrawn ones too: of these the page says that."""
        return self.filter(publish_at__lte=Now())

    def published(self) -> Self:
        """Public articles."""
        return self.appeared().filter(withdrawn_at=None)

    def planned(self) -> Self:
        """Articles that will be published by themselves."""
        return self.filter(publish_at__gt=Now())

    def drafts(self) -> Self:
        return self.filter(publish_at=None)

    def withdrawn(self) -> Self:
        return self.filter(withdrawn_at__isnull=False)

    def events(self) -> Self:
        return self.filter(kind="event")

    def visible_to(self, user: User | Any) -> Self:
        """Published ones; those who write for a department also see what it prepares, and what it
        has withdrawn."""
        if not getattr(user, "is_authenticated", False) or not getattr(user, "grants_in_force", ()):
            return self.published()
        return self.filter(Q(publish_at__lte=Now(), withdrawn_at=None) | _edited_by(user))

    def edited_by(self, user: User | Any) -> Self:
        """Those that this person writes: of their departments, or theirs alone; administrators
        all."""
        if not getattr(user, "grants_in_force", ()):
            return self.none()
        return self.filter(_edited_by(user))


def _edited_by(user: User) -> Q:
    if user.is_administrator:
        return Q()
    return Q(department_id__in=user.department_ids) | Q(
        pk__in=user.things_as(KIND, *OF_DEPARTMENTS)
    )
