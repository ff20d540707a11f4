"""Events of stopped decisions, with ids only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from meetings.events import MeetingEvent


@dataclass(frozen=True, slots=True)
class StopEvent(MeetingEvent):
    audited: ClassVar[bool] = True
    roll_call_id: int
    stop_id: int


@dataclass(frozen=True, slots=True)
class DecisionStopped(StopEvent):
    """The head of the city has stopped what the roll-call decided."""


@dataclass(frozen=True, slots=True)
class SecondVoteOpened(StopEvent):
    """The council votes on the stopped decision again; ``roll_call_id``: its second vote."""
