"""Cursors that stay with their connection, for the statements of hot paths.

Django makes a cursor for each statement, and psycopg finds out for each new cursor how values are
written and read. That is as dear as sending the statement: of the processor's time of this process
it is half. A cursor that runs the same statement again has both (docs/adr/0122).

    rows = fetch("SELECT name, seq FROM core_topic WHERE name = ANY(%s)", [names])

A connection belongs to one thread at a time, and its cursors go with it. It is for statements whose
SQL is the same at each call: of others a connection would keep one each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.db import DEFAULT_DB_ALIAS, connections

#: So many cursors a connection keeps at most; the statements of hot paths are fewer.
MOST = 300


def fetch(sql: str, values: Sequence[Any] | dict[str, Any]) -> list[Any]:
    """The rows of a statement that answers with rows: what a cursor's ``execute`` and ``fetchall``
    give, with Django's errors."""
    connection = connections[DEFAULT_DB_ALIAS]
    kept = cursor_of(connection, sql)
    if kept is None:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cast("list[Any]", cursor.fetchall())
    try:
        with connection.wrap_database_errors:
            return cast("list[Any]", kept.execute(kept.statement, values).fetchall())
    finally:
        kept.forget()


class KeptCursor:
    """A psycopg cursor and the statement that it runs: it keeps what it knows of the statement as
    long as it is told that very string."""

    __slots__ = ("cursor", "execute", "statement")

    def __init__(self, cursor: Any, statement: str) -> None:
        self.cursor: Any = cursor  # psycopg's, whose private names are held by its tests
        self.execute: Any = cursor.execute
        self.statement: Any = statement

    def forget(self) -> None:
        """Drop the values and the rows of the last call, which are people's."""
        self.cursor._reset()
        transformer = getattr(self.cursor, "_tx", None)  # it comes with the first call
        if transformer is not None:
            transformer.set_pgresult(None)


def cursor_of(connection: Any, sql: str) -> KeptCursor | None:
    """The connection's own cursor for this statement, or None where Django's has to run it: queries
    are logged or wrapped, or several threads share the connection.

    Refuses as Django's cursor does where the transaction is broken.
    """
    if connection.queries_logged or connection.execute_wrappers or connection.allow_thread_sharing:
        return None
    if connection.connection is None:
        connection.ensure_connection()
    if connection.needs_rollback:
        connection.validate_no_broken_transaction()
    facts = vars(connection.connection)
    kept: dict[str, KeptCursor] | None = facts.get("kept_cursors")
    if kept is None:
        kept = facts["kept_cursors"] = {}
    found = kept.get(sql)
    if found is None:
        if len(kept) >= MOST:
            return None
        with connection.wrap_database_errors:
            found = kept[sql] = KeptCursor(connection.create_cursor(), sql)
    return found
