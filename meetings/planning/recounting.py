"""Terms of meetings: what another calendar changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from django.db.models import Q

from city.calendar import work_calendar
from city.deadlines import MovedDeadlines
from city.models import Change
from city.trace import record_change
from core.domain.actions import action
from core.domain.calendar import WorkCalendar
from core.domain.events import emit
from meetings.events import MeetingChanged
from meetings.models import Meeting
from meetings.querysets import MeetingQuerySet
from meetings.terms import LABELS, minutes_day, proposals_day

#: The stored last days, how each is counted, and while they are counted anew.
_DAYS: dict[str, tuple[Callable[[Meeting, WorkCalendar], date | None], Q]] = {
    "minutes_due_on": (
        minutes_day,
        Q(minutes_due_on__isnull=False, minutes_published_at=None),
    ),
    "proposals_due_on": (proposals_day, Q(proposals_due_on__isnull=False, outcomes=None)),
}


def recount_terms(*, by: int | None = None) -> int:
    """Count the last days of what is not published anew; returns how many moved.

    Called when the periods of martial law change (law 2136-IX art. 6(6)). Each that moves leaves a
    trace; ``by``: who changed the periods. Emits MeetingChanged for each.
    """
    moved = 0
    with action():
        rows = _running().select_for_update(no_key=True, of=("self",))
        for meeting, change in _moved_terms(rows, work_calendar()):
            meeting.save(update_fields=list(change.days))
            record_change(
                Change.Verb.RECOUNTED, change.table, change.pk, change.title, change.days, by=by
            )
            emit(MeetingChanged(meeting.pk, None))
            moved += 1
    return moved


def find_moved_terms(calendar: WorkCalendar) -> list[MovedDeadlines]:
    """Terms that ``recount_terms`` would move if the calendar were this one: one query."""
    return [change for _meeting, change in _moved_terms(_running(), calendar)]


def _running() -> MeetingQuerySet[Meeting]:
    condition = Q()
    for _count, is_running in _DAYS.values():
        condition |= is_running
    # A meeting has one of the two: it is of a body, or a hearing.
    return Meeting.objects.filter(condition).order_by("pk")


def _moved_terms(
    rows: Iterable[Meeting], calendar: WorkCalendar
) -> Iterator[tuple[Meeting, MovedDeadlines]]:
    for meeting in rows:
        days = {}
        for column, (count, _is_running) in _DAYS.items():
            before, after = getattr(meeting, column), count(meeting, calendar)
            if before is not None and after is not None and before != after:
                setattr(meeting, column, after)
                days[column] = (before, after)
        if days:
            yield meeting, MovedDeadlines("meeting", meeting.pk, meeting.title, days, LABELS)
