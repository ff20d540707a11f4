"""Events of registration to attend a meeting, with ids only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from meetings.events import MeetingEvent


@dataclass(frozen=True, slots=True)
class RegistrationEvent(MeetingEvent):
    registration_id: int


@dataclass(frozen=True, slots=True)
class Registered(RegistrationEvent):
    """Somebody will attend, or waits for a place."""


@dataclass(frozen=True, slots=True)
class RegistrationWithdrawn(RegistrationEvent):
    """They will not; taken back by themselves, or by who runs the meeting."""

    audited: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class PlaceGiven(RegistrationEvent):
    """Somebody who has waited has a place now."""


@dataclass(frozen=True, slots=True)
class ArrivalNoted(RegistrationEvent):
    """Somebody came, or was noted by mistake."""

    audited: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class MeetingMoved(MeetingEvent):
    """An announced meeting is at another time or in another place; its notice was changed."""


@dataclass(frozen=True, slots=True)
class RegistrationClosingSet(MeetingEvent):
    """Registration closes at another moment."""

    audited: ClassVar[bool] = True
