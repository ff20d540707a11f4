"""Make the files of an edition: what the job consultations.jobs.make_report_files does."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import translation

from consultations.evidence.events import EditionFilesMade
from consultations.models import Edition, topic_of
from consultations.reports import queries
from consultations.reports.documents import document_of
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.topics import raise_topic
from core.export.docx import docx
from core.export.pdf import pdf

#: How far the job is, in percent, when it begins, with the PDF done, and with the DOCX done.
_BEGUN, _PDF, _DOCX = 5, 70, 98
#: Rows of the DOCX between two words about it.
_STEP = 250


def make_files(edition_id: int) -> None:
    """Make the DOCX and the PDF of an edition, anew if they are there.

    It says how far it is, for the officer who waits. Where a name was taken out or words were
    hidden while they were made, they say too much and are thrown away: another job makes them.
    Emits EditionFilesMade.
    """
    edition = Edition.objects.select_related("consultation").get(pk=edition_id)
    with translation.override(settings.LANGUAGE_CODE):
        left_out = _left_out(edition)
        names = queries.names_of(edition)
        _say(edition, _BEGUN)
        # The PDF first: it is set in a process of its own, beside which this one is still small.
        document = document_of(edition, partial(queries.rows_of, edition), names)
        printed = pdf(document, on_part=partial(_say_rows, edition, _BEGUN, _PDF))
        _say(edition, _PDF)
        written = docx(document_of(edition, partial(_read_aloud, edition), names))
    with action():
        edition = locked(edition)
        if _left_out(edition) != left_out:
            return
        _store(edition, "pdf", printed)
        _store(edition, "docx", written)
        edition.progress = 100
        edition.save(update_fields=["pdf", "docx", "progress"])
        raise_topic(topic_of(edition.consultation_id))
        emit(EditionFilesMade(edition.consultation_id, None, edition.pk))


def _left_out(edition: Edition) -> tuple[int, list[Any]]:
    """Redactions of a file of the edition: how many names were taken out, and the rows whose words
    are hidden, with when the reason for everybody was checked. Whatever changes it locks the
    edition (actions.remake_files).
    """
    hidden = edition.rows.exclude(remark__comment__hidden_at=None).order_by("place")
    fresh = Edition.objects.values_list("removed_names", flat=True).get(pk=edition.pk)
    return fresh, list(hidden.values_list("place", "remark__disposition__checked_at"))


def _read_aloud(edition: Edition) -> Iterator[queries.ShownRow]:
    """The rows, for the DOCX, and how many of them are read."""
    for number, row in enumerate(queries.rows_of(edition)):
        if number % _STEP == 0:
            _say_rows(edition, _PDF, _DOCX, number)
        yield row


def _say_rows(edition: Edition, first: int, last: int, rows: int) -> None:
    """``rows`` are done of a piece of work that goes from one percentage to another. The content
    has tables of its own, so there may be more of them than the edition has."""
    share = min(1.0, rows / edition.rows_total) if edition.rows_total else 1.0
    _say(edition, first + int((last - first) * share))


def _say(edition: Edition, progress: int) -> None:
    """To others at once; not of one that is done, which another job made meanwhile."""
    Edition.objects.filter(pk=edition.pk, progress__lt=100).update(progress=progress)


def _store(edition: Edition, kind: str, made: bytes) -> None:
    """Put a file in place of the former one, which nobody can load any more, and is deleted once
    the new one is named in the row."""
    field = getattr(edition, kind)
    storage, former = field.storage, str(field.name or "")
    name = f"report-{edition.consultation_id}-{edition.number}-{token_hex(8)}.{kind}"
    field.save(name, ContentFile(made), save=False)
    if former:
        transaction.on_commit(partial(storage.delete, former), robust=True)
