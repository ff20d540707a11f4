"""Events of the hall, with ids only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from meetings.events import MeetingEvent


@dataclass(frozen=True, slots=True)
class HallEntered(MeetingEvent):
    """Somebody in the hall has scanned its code; nobody else is told."""


@dataclass(frozen=True, slots=True)
class HallLeft(MeetingEvent):
    """Somebody is not in the hall any more; nobody else is told."""


@dataclass(frozen=True, slots=True)
class ShowOfHandsEvent(MeetingEvent):
    show_id: int


@dataclass(frozen=True, slots=True)
class ShowOfHandsOpened(ShowOfHandsEvent):
    audited: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class HandsCounted(ShowOfHandsEvent):
    """The secretary has entered what they counted in the hall, or taken it back."""

    audited: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class ShowOfHandsClosed(ShowOfHandsEvent):
    audited: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class HandRaised(ShowOfHandsEvent):
    """Somebody has raised a hand, changed their choice or taken it down. It raises no topic: the
    figures are sampled (realtime/samples.py)."""
