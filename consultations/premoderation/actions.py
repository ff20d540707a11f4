"""Actions of pre-moderation. Each is one transaction (core.domain.actions.action)."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from consultations.events import PremoderationBegun, PremoderationEnded
from consultations.models import Consultation
from consultations.premoderation import rules
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.rules import require


def begin(consultation: Consultation, *, by: User, until: datetime, reason: str) -> Consultation:
    """Until then a moderator reads what is said before it is shown; ``reason`` is public. What was
    shown before stays. Refuses by rules.begin. Emits PremoderationBegun."""
    with action():
        consultation = locked(consultation)
        require(rules.begin(by, consultation, now=clock.now(), until=until, reason=reason))
        consultation.premoderated_until = until
        consultation.premoderation_reason = " ".join(reason.split())[:500]
        consultation.save(update_fields=["premoderated_until", "premoderation_reason"])
        emit(PremoderationBegun(consultation.pk, by.pk))
        return consultation


def end(consultation: Consultation, *, by: User) -> Consultation:
    """Show at once again what is said from now on; what waits is read first all the same. Refuses
    by rules.end. Emits PremoderationEnded."""
    with action():
        consultation = locked(consultation)
        now = clock.now()
        require(rules.end(by, consultation, now=now))
        consultation.premoderated_until = now
        consultation.save(update_fields=["premoderated_until"])
        emit(PremoderationEnded(consultation.pk, by.pk))
        return consultation
