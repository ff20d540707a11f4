"""Reading the subtitles of meetings."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from django.db.models import QuerySet

from meetings.models import Meeting, Subtitle

#: Beside a page of the log; the rest stands on the page of what was said.
MOST_BESIDE = 600


def said_between(meeting: Meeting, seconds: Sequence[int]) -> list[list[Subtitle]]:
    """Subtitles from each of these seconds of the video to the next one, the last to the end of
    what stands beside: one query. ``seconds`` are in their order.
    """
    rows = meeting.subtitles.filter(begins__gte=seconds[0] * 1000)
    found: list[list[Subtitle]] = [[] for _each in seconds]
    starts = [second * 1000 for second in seconds]
    for row in rows.order_by("begins", "pk")[:MOST_BESIDE]:
        found[bisect_right(starts, row.begins) - 1].append(row)
    return found


def lines_of(meeting: Meeting, sought: str) -> QuerySet[Subtitle]:
    """All that was said, or what has these words."""
    rows = meeting.subtitles.all()
    return rows.filter(text__icontains=sought) if sought else rows
