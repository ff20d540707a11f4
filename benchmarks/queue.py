"""The moderators' queue over 50,000 comments that wait: its page, taking 30, a decision.

In one process, through all middleware, one moderator after another; beside the query of the queue
alone and a bare SELECT of the same machine. Asked for: p99 at most 150 ms, at most 15 queries.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from time import perf_counter
from typing import Any

from django.db import connection

from accounts.models import Grant, StaffRole, User
from benchmarks import ground, inside

COMMENTS = int(os.environ.get("BENCH_COMMENTS", "50000"))
TIMES = int(os.environ.get("BENCH_TIMES", "200"))
#: What is asked for: milliseconds, queries.
ASKED, MOST_QUERIES = 150, 15
_AT_ONCE = 1000
_PEOPLE = 500


_COMMENTS = """
INSERT INTO discussions_comment (
    thread_id, author_id, text, html, proposal, interest, is_official, created_at, hidden_reason,
    hidden_note, agrees, disagrees, replies, is_answered, search
)
SELECT (SELECT max(thread_id) FROM consultations_consultation),
    %(first)s + n %% %(people)s, said, '<p>' || said || '</p>', '', '', false,
    statement_timestamp() - interval '1 minute' * (n %% 900), '', '', 0, 0, 0, false,
    to_tsvector('simple', said)
FROM generate_series(1, %(comments)s) AS n, LATERAL (
    SELECT
        'Просимо передбачити місце для візочків, бо зараз тут не проїхати: ' || n %% 40000 AS said
) AS words
RETURNING id
"""
_REMARKS = """
INSERT INTO consultations_remark (
    comment_id, consultation_id, kind, quote, quote_prefix, quote_suffix
)
SELECT id, (SELECT id FROM consultations_consultation ORDER BY thread_id DESC LIMIT 1),
    'remark', '', '', ''
FROM unnest(%s::bigint[]) AS id
"""


def main() -> None:
    _prepare()
    moderator = _moderator()
    client = inside.sign_in(moderator)
    say = ground.lines(
        f"The moderators' queue, {COMMENTS} comments, {_count()} wait ({TIMES} times each)",
        ("what", "queries", "p50 ms", "p99 ms"),
        (28, 8, 8, 8),
    )
    pages = {
        "page of the queue": "/desk/moderation/",
        "page of the newest": "/desk/moderation/?list=newest",
        "the desk's first page": "/desk/",
    }
    for name, path in pages.items():
        queries = inside.count_queries(client, path)
        say(name, queries, *inside.measure(partial(client.get, path), TIMES))
    ways: dict[str, Callable[[], Any]] = {
        "bare SELECT 1": inside.select_one,
        "the queue's query alone": _query_alone,
        "take 30, leave them again": lambda: _take(moderator),
        "leave one up": _decide(moderator),
    }
    for name, way in ways.items():
        say(name, "", *inside.measure(way, TIMES))
    print(f"\nasked for: at most {MOST_QUERIES} queries, p99 at most {ASKED} ms")


def _prepare() -> None:
    """Remarks of 500 residents on one consultation, scored as their actions would have."""
    from moderation.queue import scoring

    people = User.objects.bulk_create(
        User(
            email=f"bench-{n}@viche.example", given_name="Людина", family_name="Нова", password="!"
        )
        for n in range(_PEOPLE)
    )
    with connection.cursor() as cursor:
        cursor.execute(_COMMENTS, {"first": people[0].pk, "people": _PEOPLE, "comments": COMMENTS})
        ids = [pk for (pk,) in cursor.fetchall()]
        cursor.execute(_REMARKS, [ids])
    began = perf_counter()
    for start in range(0, len(ids), _AT_ONCE):
        scoring.score(ids[start : start + _AT_ONCE])
    each = 1_000_000 * (perf_counter() - began) / len(ids)
    print(f"scoring: {each:.0f} µs a comment, {_AT_ONCE} in a statement")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _moderator() -> User:
    user = User.objects.create(email="bench-mo@viche.example", given_name="М", is_staff=True)
    Grant.objects.create(user=user, role=StaffRole.MODERATOR)
    return user


def _query_alone() -> None:
    from moderation.models import QueueItem

    list(QueueItem.objects.waiting().order_by("place", "pk")[:21])


def _take(moderator: User) -> None:
    from moderation.queue import actions

    actions.take(by=moderator)
    actions.release(by=moderator)


def _decide(moderator: User) -> Callable[[], None]:
    from moderation.models import QueueItem
    from moderation.queue import actions

    items = QueueItem.objects.waiting().order_by("place", "pk").select_related("comment")
    comments = iter([item.comment for item in items[: TIMES + 1]])
    return lambda: actions.leave_up(next(comments), by=moderator)


def _count() -> int:
    from moderation.models import QueueItem

    return QueueItem.objects.waiting().count()
