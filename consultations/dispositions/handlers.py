"""Handlers of folding and deletion: what is folded has its head's disposition, and loses it when
unfolded; with a remark go the notes of officers about it."""

from __future__ import annotations

from accounts.notes.actions import delete_notes
from consultations.desk.matters import ROW
from consultations.dispositions.events import (
    ApprovalTakenBack,
    DispositionApproved,
    DispositionCopied,
)
from consultations.dispositions.models import WRITTEN, Disposition
from consultations.events import RemarkDeleted
from consultations.repeats.events import RemarkFolded, RemarkFoldedAgain, RemarkUnfolded
from core.domain.events import emit, within


@within(RemarkFolded, RemarkFoldedAgain)
def remark_folded(event: RemarkFolded | RemarkFoldedAgain) -> None:
    """Apply the head's decision to the folded remark; its own decision stays."""
    head = Disposition.objects.filter(pk=event.head_id).exclude(kind="").first()
    own = Disposition.objects.filter(pk=event.remark_id).exclude(kind="")
    if head is None or own.exists():
        return
    copied = Disposition(
        remark_id=event.remark_id, **{name: getattr(head, name) for name in WRITTEN}
    )
    Disposition.objects.bulk_create(
        [copied], update_conflicts=True, unique_fields=["remark"], update_fields=WRITTEN
    )
    if copied.approved_by_id is not None:
        emit(DispositionApproved(event.remark_id, event.consultation_id, copied.approved_by_id))
    elif copied.by_id is not None:
        emit(DispositionCopied(event.remark_id, event.consultation_id, copied.by_id))


@within(RemarkUnfolded)
def remark_unfolded(event: RemarkUnfolded) -> None:
    """It says something else than its head, so the head's disposition is not its own."""
    head = Disposition.objects.filter(pk=event.head_id).first()
    own = Disposition.objects.filter(pk=event.remark_id).first()
    if head is None or own is None:
        return
    if (own.kind, own.reason, own.resulting_key) != (head.kind, head.reason, head.resulting_key):
        return
    was_approved = own.approved_at is not None
    own.delete()
    if was_approved:
        emit(ApprovalTakenBack(event.remark_id, event.consultation_id, event.by_id))
    else:
        emit(DispositionCopied(event.remark_id, event.consultation_id, event.by_id))


@within(RemarkDeleted)
def remark_deleted(event: RemarkDeleted) -> None:
    delete_notes(ROW, [event.remark_id])
