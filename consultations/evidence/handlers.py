"""Handlers of events: which of them make the public bundle anew, and which take the earlier one
away at once, because it shows what must not be shown any more."""

from __future__ import annotations

from typing import Any

from consultations.decisions.events import DecisionChanged, DecisionEntered
from consultations.dispositions.events import ApprovalTakenBack, PublicReasonTakenBack
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
    RemarkEvent,
    VersionPublished,
)
from consultations.evidence.actions import renew
from consultations.evidence.events import EditionFilesDropped, EditionFilesMade, VoicesChanged
from consultations.evidence.kinds import Audience, Why
from consultations.evidence.models import EvidenceBundle
from consultations.models import Consultation
from consultations.register.events import EntryCorrected
from core.domain.events import Event, pending, within
from discussions.events import (
    CommentCorrected,
    CommentDeleted,
    CommentEdited,
    CommentHidden,
    CommentRestored,
    NameTakenOff,
)
from discussions.models import Comment

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
    ApprovalTakenBack: Why.DISPOSITION,
    EditionFilesDropped: Why.REPORT,
    EditionNamesRemoved: Why.NAMES,
    EntryCorrected: Why.WORDS,
    PublicReasonTakenBack: Why.DISPOSITION,
    VoicesChanged: Why.NAMES,
}
_SPOKEN: dict[type[Event], Why] = {
    CommentCorrected: Why.WORDS,
    CommentDeleted: Why.TAKEN_BACK,
    CommentEdited: Why.WORDS,
    CommentHidden: Why.HIDDEN,
    CommentRestored: Why.RESTORED,
    NameTakenOff: Why.NAMES,
}


@within(*_MORE)
def more_to_show(event: ConsultationEvent) -> None:
    renew(event.consultation_id, _MORE[type(event)])


@within(*_LESS)
def less_to_show(event: ConsultationEvent | RemarkEvent) -> None:
    if _is_first(event):
        renew(event.consultation_id, _LESS[type(event)], withdraws=True)


def _is_first(event: ConsultationEvent | RemarkEvent) -> bool:
    """Whether it is the first of its kind in this action: one bundle is made after many rows."""
    for each in pending.get() or ():
        if type(each) is type(event) and each.consultation_id == event.consultation_id:
            return each is event
    return True


@within(*_SPOKEN)
def speech_moderated(event: Any) -> None:
    """Hidden words and those that were taken back are gone with this commit."""
    found = Consultation.objects.filter(thread=event.thread_id, announced_at__isnull=False)
    for pk in found.values_list("pk", flat=True):
        withdraws = not isinstance(event, CommentRestored) and _may_hold(pk, event.comment_id)
        renew(pk, _SPOKEN[type(event)], withdraws=withdraws)


def _may_hold(consultation_id: int, comment_id: int) -> bool:
    """Whether the bundle that stands may hold the comment: not if that came after it was made, or
    whoever posts and takes back would keep everybody from the evidence."""
    stands = EvidenceBundle.objects.filter(
        consultation=consultation_id, audience=Audience.PUBLIC, replaced_at=None
    )
    said_at = Comment.objects.filter(pk=comment_id).values("created_at")
    return stands.filter(ready_at__gte=said_at).exists()
