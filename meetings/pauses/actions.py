"""Interrupting a meeting and going on.

A pause stops the speaker's clock and suspends the open roll-call; it changes no deadline of the law
and nobody's vote. Everything that conducts the meeting is refused meanwhile (rules.course.conduct).
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.rules import require
from meetings.actions import begin, enter
from meetings.events import MeetingPaused, MeetingResumed
from meetings.models import LogEntry, Meeting, Pause
from meetings.pauses import rules, suspended
from meetings.queries import open_roll_call_of, speaking_in
from meetings.speakers.clocks import halt, restart

if TYPE_CHECKING:
    from accounts.models import User


def begin_pause(
    meeting: Meeting,
    *,
    by: User,
    kind: str,
    resumes_at: datetime | None = None,
    seen_pause: int | None = None,
) -> Pause:
    """Interrupt it, until ``resumes_at`` where that is said (another day: a session of several
    days). While a pause goes on, the new one takes its place: an alarm in a recess, another end.

    ``seen_pause``: the id of the pause on the page of who asks (None: none). Displays that were
    blanked show it. Refuses by rules.begin_pause. Emits MeetingPaused.
    """
    with action():
        meeting, now = begin(meeting)
        before = meeting.pause
        require(
            rules.begin_pause(
                by, meeting, kind=kind, resumes_at=resumes_at, seen_pause=seen_pause, now=now
            )
        )
        pause = Pause(meeting=meeting, kind=kind, began_at=now, resumes_at=resumes_at)
        if before is not None:
            pause.roll_call, pause.speaker = before.roll_call, before.speaker
            _end(before, now)
        else:
            _interrupt(pause, meeting, now)
        pause.save()
        meeting.pause, meeting.is_blank = pause, False
        meeting.save(update_fields=["pause", "is_blank"])
        roll_call, speaker = pause.roll_call, pause.speaker
        enter(
            meeting,
            LogEntry.Kind(kind),
            at=now,
            pause=pause,
            roll_call=roll_call,
            speaker=speaker,
        )
        emit(MeetingPaused(meeting.pk, by.pk, pause.pk))
        return pause


def resume(
    meeting: Meeting,
    *,
    by: User,
    seen_pause: int | None,
    repeats_vote: bool = False,
    no_quorum_reason: str = "",
) -> Meeting:
    """Go on: the speaker's clock runs again, the suspended roll-call takes votes again, or is
    annulled and put to the vote once more (``repeats_vote``); ``no_quorum_reason``: why also
    where so many have gone that there is no quorum.

    Refuses by rules.resume, and as closing, annulling and opening a roll-call do. Emits
    MeetingResumed.
    """
    with action():
        meeting, now = begin(meeting)
        pause = meeting.pause
        is_suspended = suspended.is_waiting(pause)
        require(
            rules.resume(
                by,
                meeting,
                seen_pause=seen_pause,
                repeats_vote=repeats_vote,
                suspends_vote=is_suspended,
            )
        )
        assert pause is not None  # noqa: S101 - by the rule
        end_pause(meeting, now)
        emit(MeetingResumed(meeting.pk, by.pk, pause.pk))
        if is_suspended:
            suspended.go_on(
                pause,
                meeting,
                by=by,
                now=now,
                repeats=repeats_vote,
                no_quorum_reason=no_quorum_reason,
            )
        return meeting


def end_pause(meeting: Meeting, now: datetime) -> None:
    """Note that the pause is over, and let the speaker's clock run; ``meeting`` is locked. Nothing
    where there is none."""
    pause = meeting.pause
    if pause is None:
        return
    _end(pause, now)
    meeting.pause = None
    meeting.save(update_fields=["pause"])
    if pause.speaker is not None and pause.speaker.is_speaking:
        restart(pause.speaker, now)
    enter(meeting, LogEntry.Kind.RESUMED, at=now, pause=pause)


def _interrupt(pause: Pause, meeting: Meeting, now: datetime) -> None:
    """Suspend the current item and vote. The roll-call is locked, so that a vote comes before or
    not.
    """
    roll_call = open_roll_call_of(meeting)
    pause.roll_call = locked(roll_call) if roll_call is not None else None
    speaker = speaking_in(meeting)
    if speaker is not None and speaker.stopped_at is None:
        halt(speaker, now)
        pause.speaker = speaker


def _end(pause: Pause, now: datetime) -> None:
    pause.ended_at = now
    pause.save(update_fields=["ended_at"])
