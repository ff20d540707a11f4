"""Open work of departments of the kind “article”: until it is published, or its event is over."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.hand_overs.of_departments import DepartmentWork
from accounts.staff.open_work import register
from core.domain.clock import Now
from newsroom.events import ArticleEdited
from newsroom.models import Article


def find_open() -> QuerySet[Any]:
    """Drafts, what is planned, and events to come."""
    coming = Q(publish_at=None) | Q(publish_at__gt=Now()) | Q(begins_at__gt=Now())
    return Article.objects.filter(coming, withdrawn_at=None)


register(
    DepartmentWork(
        "article",
        "newsroom",
        _("news, announcement or event"),
        Article,
        find_open,
        ArticleEdited,
        "newsroom_desk:detail",
    )
)
