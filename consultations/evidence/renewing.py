"""Handlers of events: which of them make the public bundle anew, and which take the earlier one
away at once, because it shows what must not be shown any more."""

from __future__ import annotations

from typing import Any

from consultations.decisions.events import DecisionChanged, DecisionEntered
from consultations.events import (
    ConsultationAnnounced,
    ConsultationChanged,
    ConsultationClosed,
    ConsultationEvent,
    ConsultationPicturesChanged,
    ConsultationWithdrawn,
    DatesChanged,
    EditionNamesRemoved,
    EditionPublished,
    VersionPublished,
)
from consultations.evidence.actions import renew
from consultations.evidence.events import EditionFilesDropped, EditionFilesMade, VoicesChanged
from consultations.evidence.kinds import Why
from consultations.models import Consultation
from core.domain.events import Event, within
from discussions.events import CommentDeleted, CommentHidden, CommentRestored

#: After which the bundle would hold more.
_MORE: dict[type[Event], Why] = {
    ConsultationAnnounced: Why.ANNOUNCED,
    ConsultationClosed: Why.CLOSED,
    ConsultationWithdrawn: Why.WITHDRAWN,
    DatesChanged: Why.DATES,
    DecisionChanged: Why.DECISION,
    DecisionEntered: Why.DECISION,
    EditionFilesMade: Why.REPORT,
    EditionPublished: Why.REPORT,
    VersionPublished: Why.VERSION,
}
#: After which the bundle that stands may hold what is not shown any more.
_LESS: dict[type[Event], Why] = {
    ConsultationChanged: Why.PAPERS,
    ConsultationPicturesChanged: Why.PAPERS,
    EditionFilesDropped: Why.REPORT,
    EditionNamesRemoved: Why.NAMES,
    VoicesChanged: Why.NAMES,
}
_SPOKEN: dict[type[Event], Why] = {
    CommentDeleted: Why.TAKEN_BACK,
    CommentHidden: Why.HIDDEN,
    CommentRestored: Why.RESTORED,
}


@within(*_MORE)
def more_to_show(event: ConsultationEvent) -> None:
    renew(event.consultation_id, _MORE[type(event)])


@within(*_LESS)
def less_to_show(event: ConsultationEvent) -> None:
    renew(event.consultation_id, _LESS[type(event)], withdraws=True)


@within(*_SPOKEN)
def speech_moderated(event: Any) -> None:
    """Hidden words and those that were taken back are gone with this commit."""
    found = Consultation.objects.filter(thread=event.thread_id, announced_at__isnull=False)
    for pk in found.values_list("pk", flat=True):
        renew(pk, _SPOKEN[type(event)], withdraws=not isinstance(event, CommentRestored))
