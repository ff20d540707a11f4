"""Urgent notices: the articles whose titles are shown above every page, or will be.

They are read with the council's row (city.council.queries) and kept by each process; what changes
one raises the council's topic (newsroom.handlers).
"""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import JSONObject

from core.domain.clock import Now
from newsroom.models import Article


def rows() -> QuerySet[Any, Any]:
    """Those of now and to come, the newest first, as JSON."""
    urgent = Article.objects.filter(
        publish_at__isnull=False, urgent_until__gt=Now(), withdrawn_at=None
    )
    notice = JSONObject(
        route=Value("newsroom:detail"),
        pk="pk",
        title="title",
        title_en="title_en",
        since=F("publish_at"),
        until=F("urgent_until"),
    )
    return urgent.order_by("-publish_at", "-pk").values(notice=notice)
