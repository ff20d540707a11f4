"""Counts of visible remarks by clause, changed in the transaction of each remark."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import connection

from core.db.counters import write_last

# Rows in one order (the total's null key first), so that two writers never wait for each other.
# The row that would be inserted is checked before the conflict is seen: it must not be negative.
_COUNT = """
INSERT INTO consultations_remarkcount AS c (consultation_id, clause_key, remarks)
SELECT %s, key, greatest(%s, 0) FROM unnest(%s::uuid[]) AS key
ON CONFLICT (consultation_id, clause_key) DO UPDATE SET remarks = c.remarks + %s
"""


_MOVE = """
INSERT INTO consultations_remarkcount AS c (consultation_id, clause_key, remarks)
SELECT %s, key, greatest(change, 0)
FROM unnest(%s::uuid[], %s::int[]) AS changes (key, change) ORDER BY key
ON CONFLICT (consultation_id, clause_key) DO UPDATE SET remarks = c.remarks + (
    SELECT change FROM unnest(%s::uuid[], %s::int[]) AS changes (key, change)
    WHERE key = excluded.clause_key
)
"""

_COUNTS = """
SELECT clause_key, remarks FROM consultations_remarkcount
WHERE consultation_id = %s AND remarks > 0
"""


def count(consultation_id: int, clause_key: UUID | None, change: int) -> None:
    """Add ``change`` (+1 or −1) to the consultation's total and to the clause's count, when the
    action ends: all who speak wait for these rows."""
    keys = [None] if clause_key is None else [None, clause_key]
    values = [consultation_id, change, keys, change]
    write_last(f"remarks:{consultation_id}:{clause_key}", _COUNT, values)


def move_counts(consultation_id: int, changes: Mapping[UUID, int]) -> None:
    """Add to the counts of clauses, when the action ends; the total stays."""
    if changes:
        keys, by = list(changes), list(changes.values())
        write_last(f"remarks:{consultation_id}:", _MOVE, [consultation_id, keys, by, keys, by])


def counts_of(consultation_id: int) -> tuple[int, dict[UUID, int]]:
    """The total, and the counts by clause key of clauses that have any: one query."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [consultation_id])
        by_key = dict(cursor.fetchall())
    return by_key.pop(None, 0), by_key
