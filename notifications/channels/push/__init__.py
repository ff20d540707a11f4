"""Web push: notifications in browsers, signed with a key of the installation (VAPID, RFC 8292).

``tell(user_ids, activity_id)`` queues a job for each browser of these people. What is pushed holds
nothing personal: the title of something public, or only that there is news, and a link.
"""

from __future__ import annotations

from collections.abc import Collection

from core.domain import outbox
from notifications.channels.push.keys import is_on
from notifications.models import PushSubscription


def tell(user_ids: Collection[int], activity_id: int) -> int:
    """Queue the news of an activity for the browsers of these people: one query, one statement.

    Call it inside the transaction of what it tells. Returns how many browsers are told; none where
    the installation has no key.
    """
    if not user_ids or not is_on():
        return 0
    found = PushSubscription.objects.filter(user__in=user_ids).order_by("pk")
    rows = found.values_list("pk", flat=True)
    outbox.defer_many(
        "notifications.channels.jobs.push",
        [{"subscription_id": pk, "activity_id": activity_id} for pk in rows],
    )
    return len(rows)
