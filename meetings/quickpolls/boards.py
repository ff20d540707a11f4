"""The view of a meeting's display that shows a survey of those present."""

from __future__ import annotations

from typing import Any

from meetings.guests.queries import answers_of
from meetings.models import LogEntry, Meeting
from votes import boards, pages
from votes.models import Poll
from votes.presenters import ShownPoll

#: Entries of the log that take nothing up.
_PASSING = (
    *(LogEntry.Kind.CAME, LogEntry.Kind.LEFT, LogEntry.Kind.SPOKE, LogEntry.Kind.VOTES_FILE),
    *(LogEntry.Kind.ANSWERED, LogEntry.Kind.LATER),
    *(LogEntry.Kind.BLANKED, LogEntry.Kind.UNBLANKED),
)


def poll_context(meeting: Meeting, *, at_once: bool = False) -> dict[str, Any] | None:
    """The survey that is open, or its results until something else is taken up; None for none. One
    query where a meeting has none, eight at most.

    ``at_once``: of votes.boards.display_context.
    """
    last = meeting.quick_polls.order_by("-pk").only("poll", "hall").first()
    if last is None:
        return None
    shown = ShownPoll.of(pages.for_page(Poll.objects.all()).get(pk=last.poll_id))
    if shown.poll.cancelled_at or not (shown.is_open or _is_last(meeting)):
        return None
    in_hall = sum(last.hall.values()) if last.hall is not None else None
    found = boards.display_context(shown, at_once=at_once)
    guests = sum(answers_of([last.pk]).get(last.pk, {}).values())
    return {"view": "poll", "polled": found, "in_hall": in_hall, "guests": guests}


def _is_last(meeting: Meeting) -> bool:
    """Nothing has been taken up since it was opened."""
    entries = meeting.log.exclude(kind__in=_PASSING).order_by("-pk")
    last = entries.values_list("kind", flat=True).first()
    return last in (LogEntry.Kind.POLL, LogEntry.Kind.POLL_CLOSED)
