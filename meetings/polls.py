"""Meetings as places where a poll may stand (votes.places)."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from meetings.models import Meeting
from votes import places


@places.register
def of_poll(poll_id: int) -> Iterator[places.Place]:
    """The published meeting at which it was asked. QuickPollOpened and the events after it tell who
    watches."""
    asked = Meeting.objects.published().filter(quick_polls__poll=poll_id)
    for each in asked.only("title"):
        yield places.Place(_("Meeting"), each.title, each.get_absolute_url(), "")
