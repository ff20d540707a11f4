"""One event, many receivers: a batch a job, each of which leaves the next one behind."""

from __future__ import annotations

from django.db import transaction

from consultations.models import Consultation, WaitingRemark
from core.domain import outbox
from discussions.models import Comment

BATCH = 200


def tell_participants(
    template: str, consultation_id: int, about: str, ids: dict[str, int], after: int = 0
) -> int:
    """Defer the mail to the next BATCH of those who took part, by ascending id above ``after``;
    those among them whose remark waits for its organisation.

    The mails and the job of the next batch are deferred in one transaction, so a worker killed in
    the middle leaves all of them or none; a batch run twice sends nothing twice (models.Sent).
    Returns how many were deferred.
    """
    with transaction.atomic():
        thread_id = Consultation.objects.values_list("thread_id", flat=True).get(pk=consultation_id)
        said = list(
            Comment.objects.filter(
                thread_id=thread_id, author_id__gt=after, author__is_active=True, deleted_at=None
            )
            .order_by("author_id")
            .values_list("author_id", flat=True)
            .distinct()[:BATCH]
        )
        sent = WaitingRemark.objects.filter(
            consultation=consultation_id, author_id__gt=after, author__is_active=True
        )
        waiting = sent.order_by("author_id").values_list("author_id", flat=True).distinct()[:BATCH]
        people = sorted({*said, *waiting})[:BATCH]
        outbox.defer_many(
            "notifications.jobs.send",
            [
                {"template": template, "user_id": user_id, "about": about, "ids": ids}
                for user_id in people
            ],
        )
        if len(people) == BATCH:
            outbox.defer(
                "notifications.jobs.tell_participants",
                template=template,
                consultation_id=consultation_id,
                about=about,
                ids=ids,
                after=people[-1],
            )
    return len(people)
