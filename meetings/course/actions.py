"""The course of a meeting: opening, going from item to item, closing, blanking the displays.

Who runs it says what they see (``seen_item``): when somebody else has moved on meanwhile, the
action refuses in a sentence and nothing is changed.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from city.calendar import work_calendar
from core.domain import outbox
from core.domain.actions import action
from core.domain.events import emit
from core.domain.rules import require
from meetings.actions import begin, enter
from meetings.course import rules
from meetings.events import (
    DisplaysBlanked,
    DisplaysUnblanked,
    ItemClosed,
    ItemOpened,
    MeetingClosed,
    MeetingOpened,
)
from meetings.models import Item, LogEntry, Meeting, RollCall, Speaker
from meetings.pauses.actions import end_pause
from meetings.quickpolls.actions import is_polling
from meetings.terms import minutes_day, proposals_day
from meetings.undoing.queries import SETTLES_AFTER

if TYPE_CHECKING:
    from accounts.models import User


def open_meeting(meeting: Meeting, *, by: User) -> Meeting:
    """Open an announced meeting. Refuses by rules.open_meeting. Emits MeetingOpened."""
    with action():
        meeting, now = begin(meeting)
        require(rules.open_meeting(by, meeting, now=now))
        meeting.opened_at = now
        meeting.save(update_fields=["opened_at"])
        enter(meeting, LogEntry.Kind.OPENED, at=now)
        emit(MeetingOpened(meeting.pk, by.pk))
        return meeting


def go_to_item(meeting: Meeting, item: Item, *, by: User, seen_item: int | None) -> Meeting:
    """Make ``item`` the current one; what was current has been considered.

    One that was considered may be taken up again. ``seen_item``: the id of the current item on the
    page of who asks (None: none). Refuses by rules.go_to_item. Emits ItemClosed, ItemOpened.
    """
    with action():
        meeting, now = begin(meeting)
        item = meeting.items.get(pk=item.pk)
        require(
            rules.go_to_item(by, meeting, item, seen_item=seen_item, is_busy=_is_busy(meeting, now))
        )
        _close_current(meeting, by, now)
        item.state, item.closed_at = Item.State.CURRENT, None
        item.opened_at = item.opened_at or now
        item.save(update_fields=["state", "opened_at", "closed_at"])
        meeting.current_item = item
        meeting.save(update_fields=["current_item"])
        enter(meeting, LogEntry.Kind.ITEM, at=now, item=item)
        emit(ItemOpened(meeting.pk, by.pk, item.pk))
        return meeting


def next_item(meeting: Meeting, *, by: User, seen_item: int | None) -> Meeting:
    """Go to the next planned item of the agenda after the current one; after the last one, none is
    current. Refuses by rules.leave_item. Emits ItemClosed, ItemOpened."""
    with action():
        meeting, now = begin(meeting)
        require(rules.leave_item(by, meeting, seen_item=seen_item, is_busy=_is_busy(meeting, now)))
        planned = meeting.items.filter(state=Item.State.PLANNED)
        if meeting.current_item is not None:
            planned = planned.filter(order__gt=meeting.current_item.order)
        following = planned.order_by("order").first()
        if following is not None:
            return go_to_item(meeting, following, by=by, seen_item=seen_item)
        _close_current(meeting, by, now)
        meeting.save(update_fields=["current_item"])
        return meeting


def close_meeting(meeting: Meeting, *, by: User, seen_item: int | None) -> Meeting:
    """Close it: the current item has been considered, everybody who is here leaves, a recess is
    over. People are told a minute later, unless it was reopened (meetings/undoing). Refuses by
    rules.close_meeting. Emits ItemClosed, MeetingClosed."""
    with action():
        meeting, now = begin(meeting)
        require(
            rules.close_meeting(by, meeting, seen_item=seen_item, is_busy=_is_busy(meeting, now))
        )
        end_pause(meeting, now)
        _close_current(meeting, by, now)
        meeting.presences.filter(left_at=None).update(left_at=now)
        meeting.questions.filter(is_live=True).update(is_live=False)
        meeting.closed_at, meeting.is_blank, meeting.question_due_at = now, False, None
        calendar = work_calendar()
        meeting.minutes_due_on = minutes_day(meeting, calendar)
        meeting.proposals_due_on = proposals_day(meeting, calendar)
        changed = ["closed_at", "is_blank", "question_due_at", "current_item"]
        due = ["minutes_due_on", "proposals_due_on"]
        meeting.save(update_fields=[*changed, *due])
        enter(meeting, LogEntry.Kind.CLOSED, at=now)
        outbox.defer_at(
            now + SETTLES_AFTER,
            "meetings.jobs.confirm_close",
            meeting_id=meeting.pk,
            closed_at=now.isoformat(),
        )
        emit(MeetingClosed(meeting.pk, by.pk))
        return meeting


def blank(meeting: Meeting, *, by: User) -> Meeting:
    """Let the hall's displays draw nothing but the arms and the clock, at once. Twice is once.
    Refuses by rules.blank. Emits DisplaysBlanked."""
    with action():
        meeting, now = begin(meeting)
        require(rules.blank(by, meeting))
        if not meeting.is_blank:
            meeting.is_blank = True
            meeting.save(update_fields=["is_blank"])
            enter(meeting, LogEntry.Kind.BLANKED, at=now)
            emit(DisplaysBlanked(meeting.pk, by.pk))
        return meeting


def unblank(meeting: Meeting, *, by: User) -> Meeting:
    """Let the displays show the meeting again. Refuses by rules.blank. Emits DisplaysUnblanked."""
    with action():
        meeting, now = begin(meeting)
        require(rules.blank(by, meeting))
        if meeting.is_blank:
            meeting.is_blank = False
            meeting.save(update_fields=["is_blank"])
            enter(meeting, LogEntry.Kind.UNBLANKED, at=now)
            emit(DisplaysUnblanked(meeting.pk, by.pk))
        return meeting


def _is_busy(meeting: Meeting, now: datetime) -> bool:
    """Whether a roll-call, a show of hands or a survey is open, or somebody is speaking."""
    here = {"item__meeting": meeting}
    return (
        RollCall.objects.filter(closed_at=None, **here).exists()
        or meeting.shows_of_hands.filter(closed_at=None).exists()
        or Speaker.objects.filter(began_at__isnull=False, ended_at=None, **here).exists()
        or is_polling(meeting, now)
    )


def _close_current(meeting: Meeting, by: User, now: datetime) -> None:
    """The current item has been considered; the meeting is not saved."""
    item = meeting.current_item
    if item is None:
        return
    item.state, item.closed_at = Item.State.DONE, now
    item.save(update_fields=["state", "closed_at"])
    meeting.current_item = None
    enter(meeting, LogEntry.Kind.ITEM_DONE, at=now, item=item)
    emit(ItemClosed(meeting.pk, by.pk, item.pk))
