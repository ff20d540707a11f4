"""Mail about a note between officers: that there is one, and a link. Neither its words nor whom it
is about."""

from __future__ import annotations

from accounts.models import StaffNote, User
from accounts.notes import rules
from accounts.notes.events import StaffNoteWritten
from accounts.notes.matters import find_matter
from core.domain.events import within
from notifications.mails.contents import Context, mail
from notifications.sending.mail import defer

TEMPLATE = "accounts/note"


@within(StaffNoteWritten)
def note_written(event: StaffNoteWritten) -> None:
    """Write to the colleague whom it names."""
    if event.person_id is not None:
        defer(
            TEMPLATE,
            user_id=event.person_id,
            about=f"note:{event.note_id}",
            note_id=event.note_id,
        )


@mail(TEMPLATE)
def _note(user: User, *, note_id: int) -> Context:
    """None when it was withdrawn or deleted, or they do not work on the matter any more."""
    note = StaffNote.objects.filter(pk=note_id, mentioned=user, withdrawn_at=None).first()
    matter = find_matter(note.matter_kind, note.matter_id) if note is not None else None
    if note is None or matter is None or not rules.read(user, matter):
        return None
    return {"note_path": f"{matter.url}#note-{note.pk}", "is_handed_over": note.is_handed_over}
