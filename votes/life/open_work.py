"""Open work of departments of the kind “poll”: until its results are published."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.hand_overs.of_departments import DepartmentWork
from accounts.staff.open_work import register
from votes.events import PollChanged
from votes.models import Poll


def find_open() -> QuerySet[Any]:
    """Polls that are prepared, open or wait for their results."""
    return Poll.objects.filter(cancelled_at=None, published_at=None)


register(
    DepartmentWork(
        "poll",
        "votes",
        _("poll"),
        Poll,
        find_open,
        PollChanged,
        "votes_desk:detail",
    )
)
