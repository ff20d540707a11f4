"""Events of registration to attend a meeting, with ids only."""

from __future__ import annotations

from typing import ClassVar

from meetings.events import MeetingEvent


class RegistrationEvent(MeetingEvent):
    registration_id: int


class Registered(RegistrationEvent):
    """Somebody will attend, or waits for a place."""


class RegistrationWithdrawn(RegistrationEvent):
    """They will not; taken back by themselves, or by who runs the meeting."""

    audited: ClassVar[bool] = True


class PlaceGiven(RegistrationEvent):
    """Somebody who has waited has a place now."""


class ArrivalNoted(RegistrationEvent):
    """Somebody came, or was noted by mistake."""

    audited: ClassVar[bool] = True


class MeetingMoved(MeetingEvent):
    """An announced meeting is at another time or in another place; its notice was changed."""


class RegistrationClosingSet(MeetingEvent):
    """Registration closes at another moment."""

    audited: ClassVar[bool] = True
