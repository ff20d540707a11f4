"""Documents of a meeting: added and removed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, BinaryIO
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction

from core.domain.actions import action
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import require
from core.export import uploads
from meetings.actions import begin
from meetings.documents import rules
from meetings.events import DocumentAdded, DocumentRemoved
from meetings.models import Item, Meeting, MeetingDocument

if TYPE_CHECKING:
    from accounts.models import User


def add(
    meeting: Meeting, *, by: User, title: str, file: BinaryIO, item: Item | None = None
) -> MeetingDocument:
    """Add a document: everybody reads it with the notice, or at once if that is published.

    Refuses by rules.add and uploads.accept, keeping nothing. Emits DocumentAdded.
    """
    require(rules.add(by, meeting, title=title, item=item))
    accepted = uploads.accept(file)
    with action():
        meeting, now = begin(meeting)
        require(rules.add(by, meeting, title=title, item=item))
        made = MeetingDocument(
            meeting=meeting,
            item=item,
            title=title.strip(),
            media_type=accepted.media_type,
            size=len(accepted.content),
            at=now,
        )
        made.file.save(
            f"{uuid4().hex}.{accepted.ending}", ContentFile(accepted.content), save=False
        )
        try:
            made.save(force_insert=True)
        except BaseException:
            made.file.storage.delete(str(made.file.name))
            raise
        created(made)
        emit(DocumentAdded(meeting.pk, by.pk, made.pk))
        return made


def remove(document: MeetingDocument, *, by: User, reason: str = "") -> None:
    """Remove a document: its file is deleted; what it was, and why it went, stays for everybody to
    read. While the meeting is not announced nothing of it stays. Refuses by rules.remove. Emits
    DocumentRemoved."""
    with action():
        meeting, now = begin(document.meeting)
        document = meeting.documents.get(pk=document.pk)
        require(rules.remove(by, meeting, document, reason=reason))
        pk = document.pk
        drop_files([document])
        if meeting.published_at:
            document.file, document.removed_at = "", now
            document.removed_reason = reason.strip()
            document.save(update_fields=["file", "removed_at", "removed_reason"])
        else:
            document.delete()
        emit(DocumentRemoved(meeting.pk, by.pk, pk))


def drop_files(documents: Iterable[MeetingDocument]) -> None:
    """Delete the files of documents that go, once the transaction has committed."""
    for document in documents:
        if document.file:
            storage, name = document.file.storage, str(document.file.name)
            transaction.on_commit(partial(storage.delete, name), robust=True)
