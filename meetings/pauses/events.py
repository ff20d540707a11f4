"""Events of pauses, with ids only."""

from __future__ import annotations

from typing import ClassVar

from meetings.events import MeetingEvent


class PauseEvent(MeetingEvent):
    pause_id: int


class MeetingPaused(PauseEvent):
    """It is interrupted: clocks stand, an open roll-call takes no votes."""

    audited: ClassVar[bool] = True


class MeetingResumed(PauseEvent):
    """It goes on."""

    audited: ClassVar[bool] = True
