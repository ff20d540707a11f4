"""Events of stopped decisions, with ids only."""

from __future__ import annotations

from typing import ClassVar

from meetings.events import MeetingEvent


class StopEvent(MeetingEvent):
    audited: ClassVar[bool] = True
    roll_call_id: int
    stop_id: int


class DecisionStopped(StopEvent):
    """The head of the city has stopped what the roll-call decided."""


class SecondVoteOpened(StopEvent):
    """The council votes on the stopped decision again; ``roll_call_id``: its second vote."""
