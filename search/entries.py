"""Writing the index: an entry for each public thing, and none for what is public no more."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Any

from django.db import connection, transaction

from core.db import counters
from search.sources import SITE, SOURCES, Source

_WRITE = """
WITH public (object_id, title, search, day) AS MATERIALIZED ({rows}),
gone AS (
    DELETE FROM search_entry
    WHERE kind = %s AND {which} AND object_id NOT IN (SELECT object_id FROM public)
    RETURNING id
),
written AS (
    INSERT INTO search_entry AS entry (kind, object_id, title, search, heads, day, weight)
    SELECT %s, object_id, title, coalesce(search, ''), {heads}, day, %s FROM public
    ON CONFLICT (kind, object_id) DO UPDATE SET title = excluded.title, search = excluded.search,
        heads = excluded.heads, day = excluded.day, weight = excluded.weight
    WHERE (entry.title, entry.search, entry.heads, entry.day, entry.weight) IS DISTINCT FROM
        (excluded.title, excluded.search, excluded.heads, excluded.day, excluded.weight)
    RETURNING id
)
SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM written)
"""
_TITLE = "coalesce(ts_filter(search, '{a}'), '')"


def refresh(kind: str, ids: Collection[int]) -> None:
    """Inside an action: have the entries of these things say what the things say when it ends.

    Whatever changes of one thing in an action, it is written once, by one statement, without a
    round trip (core.db.counters) and before the rows for which everybody waits.
    """
    if not ids:
        return
    order = f"!search:{kind}:{min(ids):020}"
    if any(statement.order == order for statement in counters.waiting.get() or ()):
        if len(ids) == 1:
            return
        order = f"{order}:{max(ids)}:{len(ids)}"
    source = SOURCES[kind]
    rows, values = source.rows(ids)
    is_one = len(ids) == 1  # a list is planned anew each time (sources.Copied)
    which, told = ("= %s", next(iter(ids))) if is_one else ("= ANY(%s)", list(ids))
    sql = _statement(rows, source.is_titled, f"object_id {which}")
    counters.write_last(order, sql, [*values, kind, told, kind, source.weight])


def is_waiting(kind: str) -> bool:
    """Whether entries of the kind are written when the action under way ends."""
    begins = f"!search:{kind}:"
    return any(each.order.startswith(begins) for each in counters.waiting.get() or ())


def fill() -> int:
    """Make all entries anew, as an upgrade does; returns how many were other than they should be.

    Run twice it does nothing the second time. Changes made meanwhile wait for it: what somebody
    hides at the same moment would be entered again otherwise.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE search_entry IN SHARE ROW EXCLUSIVE MODE")
        return sum(_fill(cursor, kind, source) for kind, source in SOURCES.items())


def fill_site_pages() -> int:
    """Make the entries of the site's own pages anew, which come with a version."""
    with connection.cursor() as cursor:
        return _fill(cursor, SITE, SOURCES[SITE])


def _fill(cursor: Any, kind: str, source: Source) -> int:
    rows, values = source.rows(None)
    sql = _statement(rows, source.is_titled, "true")
    cursor.execute(sql, [*values, kind, kind, source.weight])
    return int(cursor.fetchone()[0])


@lru_cache(maxsize=64)
def _statement(rows: str, is_titled: bool, which: str) -> str:
    return _WRITE.format(rows=rows, which=which, heads=_TITLE if is_titled else "''::tsvector")
