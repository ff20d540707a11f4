"""Events of notifications. Ids only."""

from __future__ import annotations

from core.domain.events import Event


class UnsubscribedOfConsultation(Event):
    """A person wants no more mails to many about a consultation."""

    user_id: int
    consultation_id: int


class SubscribedToConsultation(Event):
    """They want them again."""

    user_id: int
    consultation_id: int
