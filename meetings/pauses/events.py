"""Events of pauses, with ids only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from meetings.events import MeetingEvent


@dataclass(frozen=True, slots=True)
class PauseEvent(MeetingEvent):
    pause_id: int


@dataclass(frozen=True, slots=True)
class MeetingPaused(PauseEvent):
    """It is interrupted: clocks stand, an open roll-call takes no votes."""

    audited: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class MeetingResumed(PauseEvent):
    """It goes on."""

    audited: ClassVar[bool] = True
