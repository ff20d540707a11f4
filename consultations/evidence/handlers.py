"""Handlers of events: which of them make the public bundle anew, and which take the earlier one
away at once, because it shows what must not be shown any more."""

from __future__ import annotations

from collections import defaultdict
from random import shuffle
from typing import Any

from django.db.models import Q

from accounts.data.events import UserErased
from accounts.events import PublicNameChanged
from accounts.identity.events import AccountsMerged
from consultations.decisions.events import DecisionChanged, DecisionEntered
from consultations.dispositions.events import (
    ApprovalTakenBack,
    PublicReasonTakenBack,
)
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
from consultations.evidence.events import (
    EditionFilesDropped,
    EditionFilesMade,
    VoiceChanged,
    VoicesChanged,
)
from consultations.evidence.former_voices import look_again
from consultations.evidence.kinds import Audience, Why
from consultations.evidence.models import EvidenceBundle
from consultations.models import Consultation
from consultations.register.events import EntryCorrected
from core.domain.events import Event, emit, pending, within
from discussions.events import (
    CommentCorrected,
    CommentDeleted,
    CommentEdited,
    CommentHidden,
    CommentRestored,
    NameTakenOff,
)
from discussions.models import Comment
from organisations.events import OrganisationChanged, OrganisationClosed

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


@within(PublicNameChanged, UserErased)
def author_changed(event: PublicNameChanged | UserErased) -> None:
    """Names go, and with an erasure the keys of the words."""
    _emit_voices(Q(author=event.user_id))
    look_again(event.user_id)


@within(AccountsMerged)
def accounts_merged(event: AccountsMerged) -> None:
    _emit_voices(Q(author__in=[event.kept_id, event.gone_id]))
    look_again(event.kept_id)


@within(OrganisationChanged, OrganisationClosed)
def organisation_changed(event: OrganisationChanged | OrganisationClosed) -> None:
    _emit_voices(Q(organisation=event.organisation_id))


def _emit_voices(whose: Q) -> None:
    said = Comment.objects.filter(whose, thread__consultation__announced_at__isnull=False)
    by_consultation = defaultdict(list)
    for pk, consultation_id in said.order_by("pk").values_list("pk", "thread__consultation"):
        by_consultation[consultation_id].append(pk)
    for consultation_id, ids in sorted(by_consultation.items()):
        emit(VoicesChanged(consultation_id, None))
        shuffle(ids)  # their order says nothing
        for pk in ids:
            emit(VoiceChanged(consultation_id, None, pk))
