"""Open work of departments of the kind “meeting”: until its minutes are published."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.hand_overs.of_departments import DepartmentWork
from accounts.staff.open_work import register
from meetings.events import MeetingChanged
from meetings.models import Meeting


def find_open() -> QuerySet[Any]:
    """Meetings that are planned, go on, or wait for their minutes."""
    return Meeting.objects.filter(cancelled_at=None, minutes_published_at=None)


register(
    DepartmentWork(
        "meeting",
        "meetings",
        _("meeting"),
        Meeting,
        find_open,
        MeetingChanged,
        "meetings_desk:detail",
    )
)
