"""Contended rows (counts, topics): written last in a transaction, in one round trip.

A transaction that writes such a row (a count of remarks, a topic's ``seq``) holds its lock until
COMMIT, and all others wait. So an action only says which it will write; when it ends they go to
PostgreSQL together, and nothing of ours stands between the lock and the COMMIT:

    write_last(f"remarks:{consultation_id}", _COUNT, [consultation_id, +1])

What the action itself reads after that is still the old count.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextvars import ContextVar
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections


class Last(NamedTuple):
    """A statement that needs no answer. ``order`` names its row among those of all actions."""

    order: str
    sql: str
    values: Sequence[Any]


#: The statements of the action under way; core.domain.actions sets and runs them.
waiting: ContextVar[list[Last] | None] = ContextVar("waiting_statements", default=None)


def write_last(order: str, sql: str, values: Sequence[Any]) -> None:
    """Have ``sql`` run when the action under way ends, before its topics are raised.

    All actions run theirs sorted by ``order``: no two wait for each other in a circle.
    """
    statements = waiting.get()
    if statements is None:
        raise RuntimeError(f"{order!r} was written outside of core.domain.actions.action()")
    statements.append(Last(order, sql, values))


def run(statements: Iterable[Last]) -> None:
    """Run them in this order, without waiting for each one's answer; the first error is raised."""
    connection = connections[DEFAULT_DB_ALIAS]
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        connection.connection.pipeline(),
    ):
        for statement in statements:
            cursor.execute(statement.sql, statement.values)
