"""Retention periods of what is held about people in meetings (docs/privacy.md)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from accounts.data.register import (
    Retention,
    register_retention,
)
from core.domain.retention import keep
from meetings.models import (
    HallVisit,
    Hand,
    Registration,
)

# Who was in the hall of a meeting by its code, and whose hand was raised, from its close on.
keep("hall", days=7)
# What people need in order to take part in a meeting, and that they registered for it: from its
# end on.
keep("accessibility_needs", days=7)
keep("registrations", days=365)


def _is_over(before: datetime) -> Q:
    """Condition for meetings that had ended by then, that were called off, or that
    nobody opened.
    """
    return (
        Q(meeting__closed_at__lt=before)
        | Q(meeting__cancelled_at__lt=before)
        | Q(meeting__opened_at=None, meeting__ends_at__lt=before)
    )


register_retention(
    Retention(
        model=HallVisit, period="hall", stale=lambda before: Q(meeting__closed_at__lt=before)
    ),
    Retention(
        model=Hand, period="hall", stale=lambda before: Q(show__meeting__closed_at__lt=before)
    ),
    Retention(
        model=Registration,
        period="accessibility_needs",
        stale=lambda before: _is_over(before) & ~Q(needs=""),
        emptied={"needs": ""},
    ),
    Retention(model=Registration, period="registrations", stale=_is_over),
)
