"""Actions on the register of documents: entering, changing and removing what officers keep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from core.domain import clock
from core.domain.actions import action, locked
from core.domain.calendar import local_date
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import require
from records.documents import rules
from records.documents.sources import search_of
from records.events import DocumentEntryChanged, DocumentEntryRemoved, DocumentRegistered
from records.models import Document

if TYPE_CHECKING:
    from accounts.models import User


def enter(*, by: User, fields: Mapping[str, Any], is_neutral: bool) -> Document:
    """Enter a document; ``fields``: values of its editable columns; ``is_neutral``: the officer
    says that the name of a restricted one discloses nothing. Refuses by rules.say. Emits
    DocumentRegistered."""
    with action():
        [document] = enter_all([Document(**fields)], by=by, is_neutral=is_neutral)
        created(document)
        return document


def enter_all(rows: Sequence[Document], *, by: User, is_neutral: bool) -> list[Document]:
    """Enter documents of a table, all or none. Refuses by rules.say of each. Emits
    DocumentRegistered for each."""
    with action():
        for row in rows:
            require(rules.say(by, row, today=_today(), is_neutral=is_neutral))
            row.search = search_of(row)
        made = Document.objects.bulk_create(rows)
        for row in made:
            emit(DocumentRegistered(row.pk, by.pk))
        return made


def change(
    document: Document, *, by: User, fields: Mapping[str, Any], is_neutral: bool
) -> Document:
    """Change what the register says of an entered document. Refuses by rules.say, for the
    department that holds it and for that which is to. Emits DocumentEntryChanged."""
    with action():
        document = locked(document)
        require(rules.keep(by, document))
        for name, value in fields.items():
            setattr(document, name, value)
        require(rules.say(by, document, today=_today(), is_neutral=is_neutral))
        document.search = search_of(document)
        document.changed_at = clock.now()
        document.save(update_fields=[*fields, "search", "changed_at"])
        emit(DocumentEntryChanged(document.pk, by.pk))
        return document


def remove(document: Document, *, by: User) -> None:
    """Remove a document that was entered by mistake. Refuses by rules.keep. Emits
    DocumentEntryRemoved."""
    with action():
        document = locked(document)
        require(rules.keep(by, document))
        emit(DocumentEntryRemoved(document.pk, by.pk))
        document.delete()


def _today() -> date:
    return local_date(clock.now())
