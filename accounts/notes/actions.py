"""Actions on notes between officers."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import ObjectDoesNotExist

from accounts.models import User
from accounts.notes import rules
from accounts.notes.events import StaffNoteWithdrawn, StaffNoteWritten
from accounts.notes.matters import Matter, find_matter
from accounts.notes.models import StaffNote
from core.domain import clock
from core.domain.actions import action, locked, shared
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import Refused, require


def write_note(
    matter: Matter,
    *,
    by: User,
    words: str,
    to: User | None = None,
    is_handed_over: bool = False,
) -> StaffNote:
    """Write a note about a matter. ``to`` gets a mail with a link; handed over, the matter becomes
    theirs by the action of its app, where its kind knows whose one is.

    Refuses by rules.write, read anew, and by the rule of that action. Emits StaffNoteWritten.
    """
    with action():
        by.refresh_from_db(fields=["is_active", "is_staff"])
        to = User.objects.get(pk=to.pk) if to is not None else None
        gives = matter.hand_over is not None and is_handed_over
        if not gives:
            _keep_from_deletion(matter)
        matter = _load_again(matter.kind, matter.pk)
        require(rules.write(by, matter, words=words, to=to, is_handed_over=is_handed_over))
        if gives and matter.hand_over is not None and to is not None:
            matter.hand_over(to, by)  # first: its locks are stronger ones
            _keep_from_deletion(matter)
            _load_again(matter.kind, matter.pk)
        note = StaffNote.objects.create(
            matter_kind=matter.kind,
            matter_id=matter.pk,
            author=by,
            words=words.strip(),
            written_at=clock.now(),
            mentioned=to,
            is_handed_over=is_handed_over,
        )
        created(note)
        emit(StaffNoteWritten(note.pk, by.pk, to.pk if to else None))
        return note


def withdraw_note(note: StaffNote, *, by: User) -> StaffNote:
    """Withdraw one's own note. Refuses by rules.withdraw. Emits StaffNoteWithdrawn."""
    with action():
        note, now = locked(note), clock.now()
        matter = _load_again(note.matter_kind, note.matter_id)
        by.refresh_from_db(fields=["is_active", "is_staff"])
        require(rules.withdraw(by, note, matter, now=now))
        note.words, note.withdrawn_at = "", now
        note.save(update_fields=["words", "withdrawn_at"])
        emit(StaffNoteWithdrawn(note.pk, by.pk))
        return note


def delete_notes(kind: str, ids: Collection[int]) -> None:
    """Delete the notes about matters that are being deleted for good: one statement."""
    StaffNote.objects.filter(matter_kind=kind, matter_id__in=ids).delete()


def _keep_from_deletion(matter: Matter) -> None:
    try:
        shared(matter.row, "pk")
    except ObjectDoesNotExist:
        raise Refused(rules.GONE) from None


def _load_again(kind: str, pk: int) -> Matter:
    matter = find_matter(kind, pk)
    if matter is None:
        raise Refused(rules.GONE)
    return matter
