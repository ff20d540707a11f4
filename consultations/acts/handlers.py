"""Handlers of events: invalidate the pages of the register of acts."""

from __future__ import annotations

from consultations.decisions.events import DecisionChanged, DecisionEntered
from consultations.events import ConsultationEvent, UrgentActPublished
from core.domain.events import within
from core.domain.topics import raise_topic

#: The topic of the register and of every act in it.
TOPIC = "acts"


@within(DecisionEntered, DecisionChanged)
def invalidate_register(event: ConsultationEvent) -> None:
    raise_topic(TOPIC, event.name, event.consultation_id)


@within(UrgentActPublished)
def urgent_act_published(event: UrgentActPublished) -> None:
    raise_topic(TOPIC, event.name, event.act_id)
