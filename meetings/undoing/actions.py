"""Undoing the last step of a meeting, and reopening one that was closed by mistake.

An undoing is a step with a line of its own in the log, which says after how many seconds it came;
nothing of what was written before changes. A closed roll-call is never undone.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from core.domain.actions import action
from core.domain.events import emit
from core.domain.rules import require
from meetings.actions import begin, enter
from meetings.events import CloseConfirmed, CourseUndone, MeetingReopened
from meetings.models import Item, LogEntry, Meeting, Question
from meetings.undoing import rules
from meetings.undoing.queries import has_outcome, last_step

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import User

_Kind = LogEntry.Kind


def undo(meeting: Meeting, *, by: User, seen: int | None) -> Meeting:
    """Undo the last step: an item that was taken up or ended, a speech that was ended, a question
    that was marked as answered aloud.

    ``seen``: the id of that line of the log on the page of who asks. Refuses by rules.undo. Emits
    CourseUndone.
    """
    with action():
        meeting, now = begin(meeting)
        last = last_step(meeting)
        require(rules.undo(by, meeting, last=last, seen=seen))
        assert last is not None  # noqa: S101 - by the rule
        _UNDO[_Kind(last.kind)](meeting, last, now)
        emit(CourseUndone(meeting.pk, by.pk))
        return meeting


def reopen(meeting: Meeting, *, by: User) -> Meeting:
    """Let a meeting that was closed by mistake go on: its item is considered again, who was there
    at the close is there. The days by which things are due are counted at its next close.

    Refuses by rules.reopen. Emits MeetingReopened.
    """
    with action():
        meeting, now = begin(meeting)
        require(rules.reopen(by, meeting, has_outcome=has_outcome(meeting)))
        closed_at = meeting.closed_at
        assert closed_at is not None  # noqa: S101 - by the rule
        meeting.closed_at = meeting.minutes_due_on = meeting.proposals_due_on = None
        meeting.presences.filter(left_at=closed_at).update(left_at=None)
        item = meeting.items.filter(state=Item.State.DONE, closed_at=closed_at).first()
        if item is not None:
            _take_up(meeting, item)
        meeting.save(
            update_fields=["closed_at", "minutes_due_on", "proposals_due_on", "current_item"]
        )
        if item is not None:
            enter(meeting, _Kind.ITEM, at=now, item=item)
        enter(meeting, _Kind.REOPENED, at=now, seconds=_seconds(closed_at, now))
        emit(MeetingReopened(meeting.pk, by.pk))
        return meeting


def confirm_close(meeting_id: int, closed_at: datetime) -> None:
    """A minute after its close: let people be told that it is over, unless it was reopened
    meanwhile. Emits CloseConfirmed."""
    with action():
        meeting, _now = begin(Meeting(pk=meeting_id))
        if meeting.closed_at == closed_at:
            emit(CloseConfirmed(meeting.pk, None))


def note_told(meeting: Meeting) -> None:
    """Note that somebody was told that it is over, in the transaction in which the mails are
    queued."""
    with action():
        meeting, now = begin(meeting)
        if meeting.closed_at is not None and meeting.close_told_at is None:
            meeting.close_told_at = now
            meeting.save(update_fields=["close_told_at"])


def _undo_item(meeting: Meeting, last: LogEntry, now: datetime) -> None:
    """The item is as it was before, and so is the one that was left for it."""
    item = last.item
    assert item is not None  # noqa: S101 - of its kind
    before = meeting.log.filter(pk__lt=last.pk)
    ended = before.filter(kind=_Kind.ITEM_DONE, item=item).last()
    if ended is None:
        item.state, item.opened_at, item.closed_at = Item.State.PLANNED, None, None
    else:
        item.state, item.closed_at = Item.State.DONE, ended.at
    item.save(update_fields=["state", "opened_at", "closed_at"])
    meeting.current_item = None
    left = before.filter(kind=_Kind.ITEM_DONE, at=last.at).select_related("item").last()
    if left is not None and left.item is not None:
        _take_up(meeting, left.item)
        enter(meeting, _Kind.ITEM, at=now, item=left.item)
    meeting.save(update_fields=["current_item"])
    enter(meeting, _Kind.ITEM_UNDONE, at=now, item=item, seconds=_seconds(last.at, now))


def _undo_item_done(meeting: Meeting, last: LogEntry, now: datetime) -> None:
    """The item that was ended is the current one again."""
    item = last.item
    assert item is not None  # noqa: S101 - of its kind
    _take_up(meeting, item)
    meeting.save(update_fields=["current_item"])
    enter(meeting, _Kind.ITEM, at=now, item=item)
    enter(meeting, _Kind.ITEM_BACK, at=now, item=item, seconds=_seconds(last.at, now))


def _undo_spoke(meeting: Meeting, last: LogEntry, now: datetime) -> None:
    """They have the floor again; the time between is not of theirs."""
    speaker = last.speaker
    assert speaker is not None and speaker.ended_at is not None  # noqa: S101 - of its kind
    speaker.stopped_for += now - speaker.ended_at
    speaker.ended_at = None
    speaker.save(update_fields=["ended_at", "stopped_for"])
    seconds = _seconds(last.at, now)
    enter(meeting, _Kind.SPEECH_BACK, at=now, item=last.item, speaker=speaker, seconds=seconds)


def _undo_answered(meeting: Meeting, last: LogEntry, now: datetime) -> None:
    """It stands among the others again."""
    question = last.question
    assert question is not None  # noqa: S101 - of its kind
    question.state, question.answered_at = Question.State.SHOWN, None
    question.save(update_fields=["state", "answered_at"])
    seconds = _seconds(last.at, now)
    enter(meeting, _Kind.ANSWER_BACK, at=now, item=last.item, question=question, seconds=seconds)


_UNDO: dict[LogEntry.Kind, Callable[[Meeting, LogEntry, datetime], None]] = {
    _Kind.ITEM: _undo_item,
    _Kind.ITEM_DONE: _undo_item_done,
    _Kind.SPOKE: _undo_spoke,
    _Kind.ANSWERED: _undo_answered,
}


def _take_up(meeting: Meeting, item: Item) -> None:
    """Make it the current one; the meeting is not saved."""
    item.state, item.closed_at = Item.State.CURRENT, None
    item.save(update_fields=["state", "closed_at"])
    meeting.current_item = item


def _seconds(since: datetime, now: datetime) -> int:
    return int((now - since).total_seconds())
