"""Registration numbers: each day's begin with 1 and have no gaps (КМУ 348 п. 2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from appeals.models import Appeal
from core.db.counters import write_last
from core.db.statements import insert_statement
from core.domain.calendar import WorkCalendar

_BEGIN = """
SELECT statement_timestamp(), nextval('appeals_appeal_id_seq'),
       array_agg(starts_on), array_agg(ends_on)
FROM city_martiallawperiod
"""
_NEXT = """
WITH next AS (
    INSERT INTO appeals_registerday AS r (day, last) VALUES (%s, 1)
    ON CONFLICT (day) DO UPDATE SET last = r.last + 1
    RETURNING last
)
"""
#: What happens to an appeal later. A new one has none of it, and with these columns its INSERT has
#: more values than psycopg keeps statements of (50).
_LATER = frozenset(
    {
        *("accepted_at", "extended_at", "returned_at", "forwarded_at", "refused_at", "moved_at"),
        *("withdrawn_at", "given_back_at", "answered_at", "reopened_at", "closed_at"),
        *("emptied_at", "next_secret_hash"),
        *("postponed_at", "postponement_reason", "decision_asked_at"),
    }
)
_NUMBER = f"{_NEXT} UPDATE appeals_appeal SET number = next.last FROM next WHERE id = %s"  # noqa: S608


def begin_registration() -> tuple[datetime, int, WorkCalendar]:
    """Start of a registration, in one query: the time, the id of the new appeal and city.calendar's
    calendar.
    """
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN)
        now, pk, starts, ends = cursor.fetchone()
    return now, pk, WorkCalendar(zip(starts or (), ends or (), strict=True))


def register_at_commit(appeal: Appeal) -> None:
    """Write the appeal, which has its id already (``begin_registration``), with the next number of
    its day when the action under way ends.

    Whoever registers on the same day waits for the day's row between this last statement and the
    COMMIT alone, which PostgreSQL gets together. An action that fails has taken no number.
    """
    without = () if any(getattr(appeal, name) for name in _LATER) else _LATER
    sql, values = insert_statement(appeal, without=without, number="(SELECT last FROM next)")

    def read(row: Sequence[Any]) -> None:
        appeal.number, appeal.precedence = row

    statement = f"{_NEXT}{sql} RETURNING number, precedence"
    write_last(_order(appeal), statement, [appeal.registered_on, *values], read)
    appeal._state.adding, appeal._state.db = False, connection.alias


def number_at_commit(appeal: Appeal) -> None:
    """The same for an appeal that the action has written without a number: it is written twice."""
    write_last(_order(appeal), _NUMBER, [appeal.registered_on, appeal.pk])


def _order(appeal: Appeal) -> str:
    return f"appeals:{appeal.registered_on}"
