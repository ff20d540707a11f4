"""Events of conflicts of interest, with ids only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from meetings.events import MeetingEvent


@dataclass(frozen=True, slots=True)
class ConflictEvent(MeetingEvent):
    audited: ClassVar[bool] = True
    item_id: int
    deputy_id: int


@dataclass(frozen=True, slots=True)
class ConflictDeclared(ConflictEvent):
    """A member does not take part in an item."""


@dataclass(frozen=True, slots=True)
class ConflictWithdrawn(ConflictEvent):
    """It was declared by mistake: they take part."""
