"""Make the files of published minutes: what the job meetings.jobs.make_minutes_files does."""

from __future__ import annotations

from secrets import token_hex

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import translation

from core.domain.actions import action, locked
from core.domain.topics import raise_topic
from core.export.docx import docx
from core.export.pdf import pdf
from meetings.minutes import queries
from meetings.minutes.documents import document_of
from meetings.minutes.parts import shown_words
from meetings.models import MinutesEdition, topic_of


def make_files(edition_id: int) -> None:
    """Make the DOCX and the PDF of an edition.

    Where a name was taken out or a question was hidden while they were made, they say too much and
    are thrown away: another job makes them.
    """
    edition = MinutesEdition.objects.get(pk=edition_id)
    with translation.override(settings.LANGUAGE_CODE):
        said = shown_words(queries.parts_of(edition))
        document = document_of(edition, said)
        made = {"pdf": pdf(document), "docx": docx(document)}
        with action():
            edition = locked(edition)
            if edition.has_files or shown_words(queries.parts_of(edition)) != said:
                return
            for kind, content in made.items():
                name = f"minutes-{edition.meeting_id}-{edition.number}-{token_hex(8)}.{kind}"
                getattr(edition, kind).save(name, ContentFile(content), save=False)
            edition.save(update_fields=["pdf", "docx"])
            raise_topic(topic_of(edition.meeting_id))
