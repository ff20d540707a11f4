"""Change of the status of many signatures in one statement, with how many were changed."""

from __future__ import annotations

from django.db import connection
from django.db.models import QuerySet

from petitions.models import Signature
from petitions.sql import NAMES, sql

Status = Signature.Status

#: Back to where each stood: what was marked waits for its check again.
_BACK = sql("CASE WHEN s.suspicion = '' THEN {COUNTED} ELSE {CHECKING} END")

# The rows are locked in the order of their ids, as everybody locks them; the status before is that
# of the locked row (RETURNING OLD begins with PostgreSQL 18; Debian has 17). Whatever another has
# changed since it was found is looked at once more (``status = ANY``).
_MOVE = """
WITH hit AS MATERIALIZED ({found}),
moved AS (
    UPDATE {Signature} s
    SET status = {status}, removal_id = %s, suspicion = {suspicion}
    FROM hit WHERE s.id = hit.pk AND s.status = ANY(%s)
    RETURNING hit.status AS before, s.status AS after
)
SELECT before, after, count(*) FROM moved GROUP BY before, after
"""

#: (status before, status after) -> how many.
Moved = dict[tuple[Status, Status], int]


def take_out(found: QuerySet[Signature], removal_id: int) -> Moved:
    """Out of the count, by a removal; each keeps why it waited, if it did."""
    standing = [Status.COUNTED, Status.CHECKING]
    return _move(found, NAMES["REMOVED"], "s.suspicion", removal_id, standing)


def put_back(found: QuerySet[Signature]) -> Moved:
    """As they stood before they were removed."""
    return _move(found, _BACK, "s.suspicion", None, [Status.REMOVED])


def count_in(found: QuerySet[Signature]) -> Moved:
    """Into the count: somebody has looked at them."""
    waiting = [Status.CHECKING, Status.REMOVED]
    return _move(found, NAMES["COUNTED"], "''", None, waiting)


def hold_back(found: QuerySet[Signature], suspicion: str) -> Moved:
    """Out of the count until somebody has looked at them, for a reason (marks.NAMES)."""
    reason = f"'{suspicion}'"
    return _move(found, NAMES["CHECKING"], reason, None, [Status.COUNTED])


def _move(
    found: QuerySet[Signature],
    status: str,
    suspicion: str,
    removal_id: int | None,
    only: list[Status],
) -> Moved:
    ids = found.order_by("pk").select_for_update(no_key=True).values("pk", "status")
    found_sql, params = ids.query.sql_with_params()
    statement = _MOVE.format(**NAMES, found=found_sql, status=status, suspicion=suspicion)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*params, removal_id, [int(one) for one in only]])
        return {
            (Status(before), Status(after)): number for before, after, number in cursor.fetchall()
        }
