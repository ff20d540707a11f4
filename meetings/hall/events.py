"""Events of the hall, with ids only."""

from __future__ import annotations

from typing import ClassVar

from meetings.events import MeetingEvent


class HallEntered(MeetingEvent):
    """Somebody in the hall has scanned its code; nobody else is told."""


class HallLeft(MeetingEvent):
    """Somebody is not in the hall any more; nobody else is told."""


class ShowOfHandsEvent(MeetingEvent):
    show_id: int


class ShowOfHandsOpened(ShowOfHandsEvent):
    audited: ClassVar[bool] = True


class HandsCounted(ShowOfHandsEvent):
    """The secretary has entered what they counted in the hall, or taken it back."""

    audited: ClassVar[bool] = True


class ShowOfHandsClosed(ShowOfHandsEvent):
    audited: ClassVar[bool] = True


class HandRaised(ShowOfHandsEvent):
    """Somebody has raised a hand, changed their choice or taken it down. It raises no topic: the
    figures are sampled (realtime/samples.py)."""
