"""The clock of who has the floor: it is stopped, goes on, and is given more time.

Each of these is a line in the log. A pause of the meeting stops it by the same functions
(meetings/pauses/actions.py).
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from core.domain.actions import action
from core.domain.events import emit
from core.domain.rules import require
from meetings.actions import begin, enter
from meetings.events import SpeakerClockChanged
from meetings.models import LogEntry, Meeting, Speaker
from meetings.speakers import rules

if TYPE_CHECKING:
    from accounts.models import User

#: Seconds that one press adds.
ADDED = 60


def stop_clock(speaker: Speaker, *, by: User) -> Speaker:
    """Let the clock of who speaks stand. Refuses by rules.stop_clock. Emits SpeakerClockChanged."""
    with action():
        meeting, speaker, now = _begin(speaker)
        require(rules.stop_clock(by, meeting, speaker))
        halt(speaker, now)
        return _tell(LogEntry.Kind.CLOCK_STOPPED, speaker, meeting, by, now)


def start_clock(speaker: Speaker, *, by: User) -> Speaker:
    """Let it go on where it stood. Refuses by rules.start_clock. Emits SpeakerClockChanged."""
    with action():
        meeting, speaker, now = _begin(speaker)
        require(rules.start_clock(by, meeting, speaker))
        restart(speaker, now)
        return _tell(LogEntry.Kind.CLOCK_WENT_ON, speaker, meeting, by, now)


def add_time(speaker: Speaker, *, by: User, seconds: int = ADDED) -> Speaker:
    """Give who speaks more time. Refuses by rules.add_time. Emits SpeakerClockChanged."""
    with action():
        meeting, speaker, now = _begin(speaker)
        require(rules.add_time(by, meeting, speaker, seconds=seconds))
        speaker.seconds += seconds
        speaker.save(update_fields=["seconds"])
        return _tell(LogEntry.Kind.TIME_ADDED, speaker, meeting, by, now, seconds=seconds)


def halt(speaker: Speaker, now: datetime) -> None:
    """Let the clock of who speaks stand; the meeting is locked."""
    speaker.stopped_at = now
    speaker.save(update_fields=["stopped_at"])


def restart(speaker: Speaker, now: datetime) -> None:
    """Let it go on, if it stands; the meeting is locked."""
    if speaker.stopped_at is not None:
        speaker.stopped_for += now - speaker.stopped_at
        speaker.stopped_at = None
        speaker.save(update_fields=["stopped_at", "stopped_for"])


def _begin(speaker: Speaker) -> tuple[Meeting, Speaker, datetime]:
    """The meeting under its lock, and a fresh copy of the speaker."""
    meeting, now = begin(speaker.item.meeting)
    return meeting, Speaker.objects.select_related("item").get(pk=speaker.pk), now


def _tell(
    kind: LogEntry.Kind,
    speaker: Speaker,
    meeting: Meeting,
    by: User,
    now: datetime,
    seconds: int | None = None,
) -> Speaker:
    enter(meeting, kind, at=now, item=speaker.item, speaker=speaker, seconds=seconds)
    emit(SpeakerClockChanged(meeting.pk, by.pk, speaker.item_id, speaker.pk))
    return speaker
