"""Until when the hiding of a comment may be contested, for queries and for its author."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from core.domain.calendar import end_of_day, kyiv, local_date


def contest_until(hidden_at: datetime) -> datetime:
    """The first moment at which it may be contested no more: the last day counts whole."""
    return end_of_day(local_date(hidden_at) + timedelta(days=settings.MODERATION_CONTEST_DAYS))


def is_contestable(now: datetime, path: str = "") -> Q:
    """Comments whose hiding may still be contested at ``now``: hidden on a day of which the term
    is not over. ``path`` leads to the comment."""
    first = local_date(now) - timedelta(days=settings.MODERATION_CONTEST_DAYS)
    return Q(**{f"{path}hidden_at__gte": kyiv(first)})
