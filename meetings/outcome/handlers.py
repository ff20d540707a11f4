"""Handlers of events: what follows elsewhere from what a meeting decided."""

from __future__ import annotations

from appeals.events import AppealCameFrom
from consultations.models import topic_of
from core.domain.events import within
from core.domain.topics import raise_topic
from meetings.events import RollCallPublished
from meetings.models import Item
from meetings.outcome.questions import ORIGIN, link_to_appeal


@within(RollCallPublished)
def decided(event: RollCallPublished) -> None:
    """The pages of the consultation that was voted on say so."""
    about = Item.objects.filter(pk=event.item_id, consultation__isnull=False)
    for consultation_id in about.values_list("consultation_id", flat=True):
        raise_topic(topic_of(consultation_id))


@within(AppealCameFrom)
def appealed(event: AppealCameFrom) -> None:
    """A question of a meeting went on as this appeal, where its author has sent it."""
    name, _colon, question_id = event.origin.partition(":")
    if name == ORIGIN:
        link_to_appeal(int(question_id), event.appeal_id, event.by_id)
