"""What consultations do when something happens in the discussions they own."""

from __future__ import annotations

from accounts.data.events import UserErased
from accounts.events import PublicNameChanged
from consultations.counts import count
from consultations.events import RemarkChanged, RemarkDeleted, RemarkHidden, RemarkRestored
from consultations.models import Consultation, Remark, topic_of
from core.events import emit, within
from core.topics import raise_topic
from discussions.events import CommentDeleted, CommentEdited, CommentHidden, CommentRestored

_REMARK = {
    CommentEdited: RemarkChanged,
    CommentDeleted: RemarkDeleted,
    CommentHidden: RemarkHidden,
    CommentRestored: RemarkRestored,
}
_COUNTS = {CommentDeleted: -1, CommentHidden: -1, CommentRestored: +1}


@within(CommentEdited, CommentDeleted, CommentHidden, CommentRestored)
def comment_changed(
    event: CommentEdited | CommentDeleted | CommentHidden | CommentRestored,
) -> None:
    """Keep the counts equal to the rows, and say which remark of which consultation changed."""
    remark = Remark.objects.filter(pk=event.parent_id or event.comment_id).first()
    if remark is None:
        return
    if event.parent_id is not None:
        emit(RemarkChanged(remark.pk, remark.consultation_id, event.by_id))
        return
    change = _COUNTS.get(type(event))
    if change is not None:
        count(remark.consultation_id, remark.clause_key, change)
    emit(_REMARK[type(event)](remark.pk, remark.consultation_id, event.by_id))


@within(PublicNameChanged, UserErased)
def author_renamed(event: PublicNameChanged | UserErased) -> None:
    """Pages kept under the old ``seq`` would go on showing the name that the person gave up."""
    written_in = Consultation.objects.filter(thread__comments__author_id=event.user_id)
    for consultation_id in written_in.values_list("pk", flat=True).distinct():
        raise_topic(topic_of(consultation_id))
