"""Record an activity in the transaction of what happened; its followers are told by a job."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from core.db.statements import insert_statement
from core.domain import outbox
from notifications.activities.topics import topics_of
from notifications.models import Activity

#: Reads one row of the index a topic, however many follow it; DISTINCT would read them all.
_FOLLOWED = """
    SELECT asked.topic FROM unnest(%s::text[]) AS asked (topic)
    CROSS JOIN LATERAL (
        SELECT 1 FROM notifications_following AS following
        WHERE following.topic = asked.topic LIMIT 1
    ) AS one
"""


def record(
    verb: Activity.Verb, about: str, kind: str, pk: int, *, topics: Sequence[str] | None = None
) -> bool:
    """Record that something happened to a public thing (``kind`` "petition", its id), once.

    ``about`` ("change:7") tells events of one verb apart. ``topics``: those of the thing, where
    none are given. Returns False where it was recorded before, or has no topics: what nobody may
    read. Three queries, or two with ``topics``.
    """
    if topics is None:
        topics = topics_of(kind, [pk]).get(pk, [])
    if not topics:
        return False
    activity = Activity(verb=verb, about=about, topics=list(topics), **{f"{kind}_id": pk})
    sql, values = insert_statement(activity, at="statement_timestamp()")
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} ON CONFLICT DO NOTHING RETURNING id", values)
        row = cursor.fetchone()
    if row is None:
        return False
    activity.pk = row[0]
    tell_soon([activity])
    return True


def is_followed(topics: Sequence[str]) -> bool:
    """Whether somebody follows one of these: one query."""
    return bool(_find_followed(sorted(topics)))


def tell_soon(activities: Sequence[Activity]) -> None:
    """Leave a job for each activity of which somebody follows a topic."""
    topics = {topic for activity in activities for topic in activity.topics}
    followed = _find_followed(sorted(topics))
    outbox.defer_many(
        "notifications.jobs.tell_followers",
        [
            {"activity_id": activity.pk}
            for activity in activities
            if not followed.isdisjoint(activity.topics)
        ],
    )


def _find_followed(topics: list[str]) -> set[str]:
    """Those of the topics that somebody follows. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOWED, [topics])
        return {topic for (topic,) in cursor.fetchall()}
