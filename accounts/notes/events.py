"""Events of notes between officers. Ids only; each leaves a trace."""

from __future__ import annotations

from typing import ClassVar

from core.domain.events import Event


class StaffNoteEvent(Event):
    audited: ClassVar[bool] = True
    note_id: int
    by_id: int


class StaffNoteWritten(StaffNoteEvent):
    """``person_id`` is told of it by mail; None: nobody is."""

    person_id: int | None


class StaffNoteWithdrawn(StaffNoteEvent):
    """Its words are gone."""
