"""Events of notes between officers. Ids only; each leaves a trace."""

from __future__ import annotations

from typing import ClassVar

from core.domain.events import Event


class StaffNoteEvent(Event):
    audited: ClassVar[bool] = True
    note_id: int
    by_id: int


class StaffNoteWritten(StaffNoteEvent):
    """A note stands beside a matter. ``person_id`` is told of it by mail; None: nobody is.

    The mail is made when it is sent, from what is true then (notifications/mails/notes.py).
    """

    person_id: int | None


class StaffNoteWithdrawn(StaffNoteEvent):
    """Its author took it back within a day: its words are gone, the note says so."""
