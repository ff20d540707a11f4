"""The shared beginning of all actions of meetings, and the rows they write."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from core.domain import clock
from core.domain.actions import locked
from meetings.models import (
    Deputy,
    Item,
    LogEntry,
    Meeting,
    Pause,
    Question,
    RollCall,
    ShowOfHands,
    Speaker,
)
from votes.models import Poll


def begin(meeting: Meeting) -> tuple[Meeting, datetime]:
    """The meeting under its lock, and the time after the lock was granted. Whatever changes in a
    meeting is changed under it, so that two secretaries come one after the other."""
    meeting = locked(meeting)
    now = clock.now()
    if meeting.question_due_at is not None and meeting.question_due_at <= now:
        _enter_question(meeting, meeting.question_due_at)
    return meeting, now


def _enter_question(meeting: Meeting, at: datetime) -> None:
    """Write into the log that a question stands on the displays since ``at``, when its delay was
    over: nobody does anything at that moment, so the next change in the meeting writes it."""
    question = meeting.questions.filter(is_live=True).select_related("item").first()
    if question is not None:
        enter(meeting, LogEntry.Kind.QUESTION, at=at, item=question.item, question=question)
    meeting.question_due_at = None
    meeting.save(update_fields=["question_due_at"])


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
    show_of_hands: ShowOfHands | None = None,
    poll: Poll | None = None,
    pause: Pause | None = None,
    seconds: int | None = None,
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
        show_of_hands=show_of_hands,
        poll=poll,
        pause=pause,
        seconds=seconds,
        words=words,
    )


def enter_many(
    meeting: Meeting,
    kind: LogEntry.Kind,
    deputies: Iterable[Deputy],
    *,
    at: datetime,
    words: str = "",
) -> None:
    """Write the same of several deputies into the log: one statement."""
    LogEntry.objects.bulk_create(
        LogEntry(meeting=meeting, kind=kind, at=at, deputy=deputy, words=words)
        for deputy in deputies
    )
