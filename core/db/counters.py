"""Contended rows (counts, topics): written last in a transaction, in one round trip.

A transaction that writes such a row (a count of remarks, a topic's ``seq``) holds its lock until
COMMIT, and all others wait. So an action only says which it will write; when it ends they go to
PostgreSQL together with the COMMIT, and nothing of ours stands between the lock and the flush: no
round trip, and no thread that waits for its turn in a busy process.

    write_last(f"remarks:{consultation_id}", _COUNT, [consultation_id, +1])

What the action itself reads after that is still the old count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from contextvars import ContextVar
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections

from core.db.kept_cursors import cursor_of


class Last(NamedTuple):
    """A statement of the end of an action. ``order`` names its row among those of all actions;
    ``read`` gets the row of its answer, where somebody needs it."""

    order: str
    sql: str
    values: Sequence[Any]
    read: Callable[[Sequence[Any]], None] | None = None


#: The statements of the action under way; core.domain.actions sets and runs them.
waiting: ContextVar[list[Last] | None] = ContextVar("waiting_statements", default=None)


def write_last(
    order: str,
    sql: str,
    values: Sequence[Any],
    read: Callable[[Sequence[Any]], None] | None = None,
) -> None:
    """Have ``sql`` run when the action under way ends, before its topics are raised.

    All actions run theirs sorted by ``order``: no two wait for each other in a circle. ``read``
    gets the row of its answer, once all of them have run.
    """
    statements = waiting.get()
    if statements is None:
        raise RuntimeError(f"{order!r} was written outside of core.domain.actions.action()")
    statements.append(Last(order, sql, values, read))


def run(statements: Iterable[Last], *, commit: bool = False) -> None:
    """Run them in this order, without waiting for each one's answer; the first error is raised.

    ``commit``: with the COMMIT of the transaction behind them, which Django then finds done.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    asked = []
    used = []
    with ExitStack() as cursors:
        connection.ensure_connection()
        try:
            with connection.wrap_database_errors, connection.connection.pipeline():
                for _order, sql, values, read in statements:
                    kept = cursor_of(connection, sql) if read is None else None
                    if kept is not None:
                        used.append(kept)
                        kept.execute(kept.statement, values)
                        continue
                    cursor = cursors.enter_context(connection.cursor())
                    cursor.execute(sql, values)
                    if read is not None:
                        asked.append((cursor, read))
                if commit:
                    connection.connection.execute("COMMIT", prepare=False)
        finally:
            for kept in used:
                kept.forget()
        for cursor, read in asked:
            read(cursor.fetchone())
