"""Many comments of new authors, in a statement for each table, as their actions leave them."""

from __future__ import annotations

from consultations.models import Consultation, Remark, RemarkCount
from discussions.models import Comment
from moderation.queue import scoring
from tests.crowds import crowd


def flood(consultation: Consultation, number: int) -> list[Comment]:
    """So many remarks, each of somebody else, all waiting; the oldest first."""
    comments = Comment.objects.bulk_create(
        Comment(
            thread_id=consultation.thread_id,
            author=author,
            text=f"Слово нового автора {place}",
            html=f"<p>Слово нового автора {place}</p>",
        )
        for place, author in enumerate(crowd(number))
    )
    Remark.objects.bulk_create(
        Remark(comment=comment, consultation=consultation) for comment in comments
    )
    RemarkCount.objects.create(consultation=consultation, remarks=number)
    scoring.score([comment.pk for comment in comments])
    return comments
