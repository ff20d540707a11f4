"""Events of notifications. Ids only."""

from __future__ import annotations

from dataclasses import dataclass

from core.domain.events import Event


@dataclass(frozen=True, slots=True)
class UnsubscribedOfConsultation(Event):
    """A person wants no more mails to many about a consultation."""

    user_id: int
    consultation_id: int


@dataclass(frozen=True, slots=True)
class SubscribedToConsultation(Event):
    """They want them again."""

    user_id: int
    consultation_id: int
