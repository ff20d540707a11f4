"""When the close of a meeting is told: not before it could be reopened as a mistake."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from core.domain.clock import Now

#: So long after the close people are told of it, so that a reopening comes before that.
SETTLES_AFTER = timedelta(seconds=60)


def is_settled(meeting: str = "") -> Q:
    """Condition for a close that is old enough. What is published meanwhile is told with the close
    itself (CloseConfirmed). ``meeting``: where it stands from the rows that are asked for
    (``"meeting__"``).
    """
    return Q(**{f"{meeting}closed_at__lte": Now() - SETTLES_AFTER})
