"""Meetings as places where a poll may stand (votes.places)."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.db.statements import Asked, Statement
from meetings.models import Meeting
from votes import places

_ASKED_AT = Statement(
    lambda: Meeting.objects.published().filter(quick_polls__poll=Asked("poll")).only("title")
)


@places.register
def of_poll(poll_id: int) -> Iterator[places.Place]:
    """The published meeting at which it was asked. QuickPollOpened and the events after it tell who
    watches."""
    for each in _ASKED_AT.all(poll=poll_id):
        yield places.Place(_("Meeting"), each.title, each.get_absolute_url(), "")
