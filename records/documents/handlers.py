"""Handlers of events: the register says of public documents what they say when it is committed."""

from __future__ import annotations

from appeals.events import AnswerPublished, AnswerUnpublished, PublicationRefused
from consultations.decisions.events import DecisionChanged, DecisionEntered
from consultations.decisions.models import Decision
from consultations.events import (
    ConsultationAnnounced,
    ConsultationChanged,
    ConsultationDiscarded,
    ConsultationEvent,
    ConsultationWithdrawn,
    EditionNamesRemoved,
    EditionPublished,
    ReportPublished,
    UrgentActPublished,
    VersionPublished,
)
from consultations.models import Edition
from core.domain.events import within
from core.domain.topics import raise_topic
from drafts.models import Version
from meetings.events import (
    MeetingCancelled,
    MeetingChanged,
    MeetingDiscarded,
    MeetingEvent,
    MeetingPublished,
    MinutesPublished,
)
from meetings.models import MinutesEdition
from newsroom import events as newsroom
from petitions.events import PetitionAnswered, PetitionChanged, PetitionEvent
from petitions.models import Answer as PetitionAnswer
from records.documents.filling import TOPIC, refresh
from records.events import (
    DocumentEntryChanged,
    DocumentEntryEvent,
    DocumentEntryRemoved,
    DocumentRegistered,
)


@within(
    *(ConsultationAnnounced, ConsultationChanged, ConsultationWithdrawn, ConsultationDiscarded),
)
def consultation_changed(event: ConsultationEvent) -> None:
    """All documents of a consultation bear its name and its themes."""
    decision_known(event)
    text_published(event)
    report_published(event)


@within(DecisionEntered, DecisionChanged)
def decision_known(event: ConsultationEvent) -> None:
    rows = Decision.objects.filter(consultation=event.consultation_id)
    refresh("act", list(rows.values_list("pk", flat=True)))


@within(VersionPublished)
def text_published(event: ConsultationEvent) -> None:
    rows = Version.objects.published().filter(draft__consultation=event.consultation_id)
    refresh("version", list(rows.values_list("pk", flat=True)))


@within(ReportPublished, EditionPublished, EditionNamesRemoved)
def report_published(event: ConsultationEvent) -> None:
    rows = Edition.objects.filter(consultation=event.consultation_id)
    refresh("report", list(rows.values_list("pk", flat=True)))


@within(UrgentActPublished)
def urgent_act_published(event: UrgentActPublished) -> None:
    refresh("urgent-act", (event.act_id,))


@within(MinutesPublished, MeetingPublished, MeetingChanged, MeetingCancelled, MeetingDiscarded)
def minutes_published(event: MeetingEvent) -> None:
    rows = MinutesEdition.objects.filter(meeting=event.meeting_id)
    refresh("minutes", list(rows.values_list("pk", flat=True)))


@within(AnswerPublished, AnswerUnpublished, PublicationRefused)
def answer_published(event: AnswerPublished | AnswerUnpublished | PublicationRefused) -> None:
    refresh("answer", (event.answer_id,))


@within(
    *(newsroom.ArticlePublished, newsroom.ArticleCorrected, newsroom.ArticleEdited),
    *(newsroom.ArticleWithdrawn, newsroom.ArticleDiscarded, newsroom.ArticleUnplanned),
)
def article_changed(event: newsroom.ArticleEvent) -> None:
    refresh("article", (event.article_id,))


@within(PetitionAnswered, PetitionChanged)
def petition_answered(event: PetitionEvent) -> None:
    rows = PetitionAnswer.objects.filter(petition=event.petition_id)
    refresh("petition-answer", list(rows.values_list("pk", flat=True)))


@within(DocumentRegistered, DocumentEntryChanged, DocumentEntryRemoved)
def document_entered(event: DocumentEntryEvent) -> None:
    """The register, the page of one document, the feed and the data set are others."""
    raise_topic(TOPIC, event.name, event.document_id)
