"""Events of conflicts of interest, with ids only."""

from __future__ import annotations

from typing import ClassVar

from meetings.events import MeetingEvent


class ConflictEvent(MeetingEvent):
    audited: ClassVar[bool] = True
    item_id: int
    deputy_id: int


class ConflictDeclared(ConflictEvent):
    """A member does not take part in an item."""


class ConflictWithdrawn(ConflictEvent):
    """It was declared by mistake: they take part."""
