"""Recount of signatures: totals by status and day, from the rows, apart from signing.

Whoever signs inserts a row and nothing else. A job recounts what has new signatures every few
seconds, the hub what somebody watches (at most once a second), and whoever changes the status of
signatures asks for it (``recount_soon``). A number that is shown is always one that was counted.

All numbers of a petition come of one statement, so they are of one moment and fit each other. It
reads the index (petition, status, at) alone: the counted ones day by day, the others as they are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q

from core.domain import clock, outbox
from core.domain.calendar import kyiv, last_date, local_date
from core.domain.clock import Now
from petitions.ledger import actions as ledger
from petitions.life.thresholds import settle_threshold
from petitions.models import Petition, Signature, Total
from petitions.sql import sql

#: Days that make a petition's momentum.
WEEK = 7
#: A signature may be seen so much later than the time that it bears: its commit came after.
_LATE = timedelta(minutes=2)
#: So long after closing its last signatures are still looked for: workers may have stood still.
_SETTLED = timedelta(days=1)

_LOCK = sql("""
INSERT INTO {Total} (petition_id, counted, checking, removed, withdrawn, week)
VALUES (%s, 0, 0, 0, 0, 0)
ON CONFLICT (petition_id) DO UPDATE SET petition_id = excluded.petition_id
RETURNING statement_timestamp()
""")

# The bounds are the beginnings of the days, in Kyiv, and the end of the last: each day is a stretch
# of the index. What lies before the first or after the last (a clock set wrong) would be lost, so
# the outer stretches are open.
_COUNT = sql("""
WITH days AS (
    SELECT d.day, d.begins, lead(d.begins) OVER (ORDER BY d.day) AS ends
    FROM unnest(%(days)s::date[], %(bounds)s::timestamptz[]) AS d (day, begins)
),
counted AS MATERIALIZED (
    SELECT days.day, found.number
    FROM days CROSS JOIN LATERAL (
        SELECT count(*) AS number FROM {Signature}
        WHERE petition_id = %(petition_id)s AND status = {COUNTED}
          AND at >= coalesce(days.begins, '-infinity') AND at < coalesce(days.ends, 'infinity')
    ) AS found
),
written AS (
    INSERT INTO {DayTotal} AS t (petition_id, day, counted)
    SELECT %(petition_id)s, day, number FROM counted WHERE number > 0
    ON CONFLICT (petition_id, day) DO UPDATE SET counted = excluded.counted
    WHERE t.counted <> excluded.counted
),
emptied AS (
    DELETE FROM {DayTotal} t
    WHERE petition_id = %(petition_id)s
      AND NOT EXISTS (SELECT FROM counted WHERE counted.day = t.day AND number > 0)
),
others AS (
    SELECT count(*) FILTER (WHERE status = {CHECKING}) AS checking,
           count(*) FILTER (WHERE status = {REMOVED}) AS removed,
           count(*) FILTER (WHERE status = {WITHDRAWN}) AS withdrawn
    FROM {Signature}
    WHERE petition_id = %(petition_id)s AND status IN ({CHECKING}, {REMOVED}, {WITHDRAWN})
)
SELECT coalesce(sum(number), 0),
       coalesce(sum(number) FILTER (WHERE day > %(before_week)s), 0),
       (SELECT checking FROM others), (SELECT removed FROM others), (SELECT withdrawn FROM others)
FROM counted
""")


def recount(petition_ids: Iterable[int]) -> set[int]:
    """Count the signatures of petitions: Total and DayTotal say then what the rows say.

    A transaction each, under the lock of its Total, which is also the turn of its ledger: two
    counts of one petition come one after the other, and the later one wins. What moved is written
    down in the ledger. Where the number has crossed what the petition needs, either way, the
    petition is settled (``petitions.actions.settle_threshold``). Never call it inside an action.
    Returns the ids of those whose numbers are others than before.
    """
    moved = set()
    for petition in _with_procedures(petition_ids):
        if _count(petition):
            moved.add(petition.pk)
    for petition in _unsettled_petitions(petition_ids):
        settle_threshold(petition.pk)
    return moved


def recount_soon(petition_id: int) -> None:
    """Leave a recount behind, in the transaction that changes the status of signatures."""
    outbox.defer("petitions.jobs.recount", petition_id=petition_id)


def to_be_counted(among: Collection[int] | None = None) -> list[int]:
    """Petitions (of ``among``, if any are named) that were signed since they were counted last (or
    shortly before), and those whose week has moved on since: one query."""
    newer = Signature.objects.filter(
        petition=OuterRef("pk"), status__in=_FRESH, at__gt=OuterRef("total__at") - _LATE
    )
    is_new = Q(total=None) | Exists(newer)
    is_old = Q(total__week__gt=0, total__at__lt=kyiv(local_date(clock.now())))
    lately = Q(closes_at__gt=Now() - _SETTLED)
    waiting = Petition.objects.published().filter((lately & is_new) | is_old)
    if among is not None:
        waiting = waiting.filter(pk__in=among)
    return list(waiting.order_by("pk").values_list("pk", flat=True))


_FRESH = (Signature.Status.COUNTED, Signature.Status.CHECKING)


def _with_procedures(petition_ids: Iterable[int]) -> list[Petition]:
    petitions = Petition.objects.filter(pk__in=petition_ids, published_at__isnull=False)
    return list(petitions.only("published_at", "closes_at").order_by("pk"))


def _unsettled_petitions(petition_ids: Iterable[int]) -> list[Petition]:
    """Those whose count and ``reached_at`` do not agree: one query."""
    enough = Q(total__counted__gte=F("procedure__threshold"))
    differ = (enough & Q(reached_at=None)) | (~enough & Q(reached_at__isnull=False))
    petitions = Petition.objects.filter(differ, pk__in=petition_ids, review_at=None)
    return list(petitions.filter(withdrawn_at=None, answered_at=None).only("pk").order_by("pk"))


def _count(petition: Petition) -> bool:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_LOCK, [petition.pk])
        now: datetime = cursor.fetchone()[0]
        before = Total.objects.get(pk=petition.pk)
        today = local_date(now)
        days, bounds = _days(petition, today)
        values: dict[str, Any] = {
            "petition_id": petition.pk,
            "days": days,
            "bounds": bounds,
            "before_week": today - timedelta(days=WEEK),
        }
        cursor.execute(_COUNT, values)
        counted, week, checking, removed, withdrawn = map(int, cursor.fetchone())
        after = Total(
            pk=petition.pk,
            counted=counted,
            checking=checking,
            removed=removed,
            withdrawn=withdrawn,
            week=week,
            at=now,
        )
        after.save(force_update=True)
        has_moved = _numbers(before) != _numbers(after)
        if has_moved:
            ledger.append([petition.pk])
    return has_moved


def _days(petition: Petition, today: date) -> tuple[list[date], list[datetime | None]]:
    """The days on which it may have been signed, and when each begins; the first reaches back."""
    first = local_date(petition.published_at or petition.created_at)
    last = max(first, min(today, last_date(petition.closes_at)) if petition.closes_at else today)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return days, [None, *(kyiv(day) for day in days[1:])]


def _numbers(total: Total) -> tuple[int, ...]:
    return (total.counted, total.checking, total.removed, total.withdrawn, total.week)
