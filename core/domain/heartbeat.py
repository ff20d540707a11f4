"""The heartbeat: proof that the database accepts writes, stored by the worker of jobs each minute.

On a full disk a row can often still be changed: its page has room, and the write-ahead log has
segments in stock. What fails is a table that must grow, and so does whatever people send. So the
row is written in one transaction with a temporary table of FILLER_ROWS rows, which needs new pages
on the same disk; it goes through no log, and is dropped at once.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import connection, transaction

#: Older than this, the heartbeat says that nothing can be written.
STALE = timedelta(minutes=2)
#: Silence after which a worker of jobs is taken for dead; it speaks every ten seconds.
SILENCE = timedelta(seconds=60)
#: A third of a megabyte: more than what other programs give back by the way.
FILLER_ROWS = 10_000

_GROW = (
    "CREATE TEMPORARY TABLE core_heartbeat_filler AS"
    " SELECT number FROM generate_series(1, %s) AS number"
)
_SHRINK = "DROP TABLE core_heartbeat_filler"
_BEAT = (
    "INSERT INTO core_heartbeat (at) VALUES (statement_timestamp())"
    " ON CONFLICT (single) DO UPDATE SET at = excluded.at"
)
# now(): the worker's own beat is of the real clock, which tests do not move.
_WORKER = (
    "SELECT EXISTS (SELECT FROM procrastinate_workers"
    " WHERE last_heartbeat > now() - make_interval(secs => %s))"
)


def write_heartbeat() -> None:
    """Write the heartbeat. Raises OperationalError where nothing can be written (SQLSTATE 53100 on
    a full disk)."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_GROW, [FILLER_ROWS])
        cursor.execute(_SHRINK)
        cursor.execute(_BEAT)


def heartbeat_age() -> timedelta | None:
    """Age of the heartbeat; None before the first one. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp() - at FROM core_heartbeat")
        row = cursor.fetchone()
    return row[0] if row else None


def has_worker() -> bool:
    """Whether a worker of jobs lives. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_WORKER, [SILENCE.total_seconds()])
        return bool(cursor.fetchone()[0])
