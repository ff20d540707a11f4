"""Who waits for whom in the tests' database."""

from __future__ import annotations

from django.db import connection


def is_waiting() -> bool:
    """Whether another connection to this database waits for a lock at this moment.

    pg_locks is read anew each time; pg_stat_activity would stay, within a transaction, what it was
    at the first look, without whoever connected since.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks AS waiting JOIN pg_locks AS held"
            " ON held.pid = waiting.pid AND held.locktype = 'relation' AND held.database ="
            " (SELECT oid FROM pg_database WHERE datname = current_database())"
            " WHERE NOT waiting.granted)"
        )
        return bool(cursor.fetchone()[0])
