"""What all actions of meetings begin with and write."""

from __future__ import annotations

from datetime import datetime

from core.domain import clock
from core.domain.actions import locked
from meetings.models import Deputy, Item, LogEntry, Meeting, Question, RollCall, Speaker
from votes.models import Poll


def begin(meeting: Meeting) -> tuple[Meeting, datetime]:
    """The meeting under its lock, and the time after the lock was granted. Whatever changes in a
    meeting is changed under it, so that two secretaries come one after the other."""
    meeting = locked(meeting)
    return meeting, clock.now()


def enter(
    meeting: Meeting,
    kind: LogEntry.Kind,
    *,
    at: datetime,
    item: Item | None = None,
    deputy: Deputy | None = None,
    roll_call: RollCall | None = None,
    speaker: Speaker | None = None,
    question: Question | None = None,
    poll: Poll | None = None,
    words: str = "",
) -> LogEntry:
    """Write into the log what happened, in the transaction in which it happens."""
    return LogEntry.objects.create(
        meeting=meeting,
        kind=kind,
        at=at,
        item=item,
        deputy=deputy,
        roll_call=roll_call,
        speaker=speaker,
        question=question,
        poll=poll,
        words=words,
    )
