"""Which events are told in the channel: published news, what opens, and what was answered."""

from __future__ import annotations

from consultations.events import ConsultationOpened
from core.domain import outbox
from core.domain.events import within
from newsroom.events import ArticlePublished
from notifications.channels.telegram.sending import is_on
from petitions.events import PetitionAnswered
from votes.events import PollOpened


@within(ArticlePublished)
def article_published(event: ArticlePublished) -> None:
    _tell("article", event.article_id)


@within(ConsultationOpened)
def consultation_opened(event: ConsultationOpened) -> None:
    _tell("consultation", event.consultation_id)


@within(PollOpened)
def poll_opened(event: PollOpened) -> None:
    _tell("poll", event.poll_id)


@within(PetitionAnswered)
def petition_answered(event: PetitionAnswered) -> None:
    _tell("petition", event.petition_id)


def _tell(kind: str, pk: int) -> None:
    if is_on():
        outbox.defer("notifications.channels.jobs.tell_channel", kind=kind, pk=pk)
