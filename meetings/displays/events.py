"""Events of a meeting's displays, with ids only."""

from __future__ import annotations

from typing import ClassVar

from meetings.events import MeetingEvent


class DisplayEvent(MeetingEvent):
    display_id: int


class DisplayPaired(DisplayEvent):
    """A screen shows the meeting from now on."""

    audited: ClassVar[bool] = True


class DisplayChanged(DisplayEvent):
    """It shows another picture, has another name or other colours."""

    audited: ClassVar[bool] = True


class DisplayUnpaired(DisplayEvent):
    audited: ClassVar[bool] = True


class DisplayDelayChanged(MeetingEvent):
    """Questions are kept from the displays for another time."""

    audited: ClassVar[bool] = True
