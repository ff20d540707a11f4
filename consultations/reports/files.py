"""Make the files of an edition: what the job consultations.jobs.make_report_files does."""

from __future__ import annotations

from functools import partial
from secrets import token_hex

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import translation

from consultations.models import Edition, topic_of
from consultations.reports import reading
from consultations.reports.documents import document_of
from core.domain.actions import action, locked
from core.domain.topics import raise_topic
from core.export.docx import docx
from core.export.pdf import pdf


def make_files(edition_id: int) -> None:
    """Make the DOCX and the PDF of an edition, anew if they are there.

    Each step says how far it is, for the officer who waits. What they replace is deleted once the
    new ones are named in the row.
    """
    edition = Edition.objects.select_related("consultation").get(pk=edition_id)
    read = partial(reading.rows_of, edition)
    with translation.override(settings.LANGUAGE_CODE):
        names = reading.names_of(edition)
        _say(edition, 5)
        # The PDF first: it is set in a process of its own, beside which this one is still small.
        _store(edition, "pdf", pdf(document_of(edition, read, names)))
        _say(edition, 70)
        _store(edition, "docx", docx(document_of(edition, read, names)))
    with action():
        _say(edition, 100)
        raise_topic(topic_of(edition.consultation_id))


def _say(edition: Edition, progress: int) -> None:
    Edition.objects.filter(pk=edition.pk).update(progress=progress)


def _store(edition: Edition, kind: str, made: bytes) -> None:
    """Put a file in place of the former one, which nobody can load any more."""
    with transaction.atomic():
        stored = locked(edition)
        field = getattr(stored, kind)
        storage, former = field.storage, str(field.name or "")
        name = f"report-{edition.consultation_id}-{edition.number}-{token_hex(8)}.{kind}"
        field.save(name, ContentFile(made), save=False)
        stored.save(update_fields=[kind])
        if former:
            transaction.on_commit(partial(storage.delete, former), robust=True)
