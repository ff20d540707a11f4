"""When something last ran: `record_run("restore", is_ok=True)`, shown by the check of that name."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from django.db import connection, transaction
from django.utils.timesince import timesince
from django.utils.timezone import now
from django.utils.translation import ngettext

from core.db.kept_cursors import fetch

#: A mail that goes is written down so often at most.
_SELDOM = "30 s"
_RECORD = """
INSERT INTO core_staterun (name, at, is_ok) VALUES (%s, statement_timestamp(), %s)
ON CONFLICT (name) DO UPDATE SET at = excluded.at, is_ok = excluded.is_ok
"""
_RECORD_SELDOM = """
INSERT INTO core_staterun (name) SELECT %s WHERE NOT EXISTS (
    SELECT FROM core_staterun WHERE name = %s AND at > statement_timestamp() - %s::interval
)
ON CONFLICT (name) DO UPDATE SET at = excluded.at, is_ok = true
"""


class Run(NamedTuple):
    """The last run of something: its age, and whether it succeeded."""

    age: timedelta
    is_ok: bool


def record_run(name: str, *, is_ok: bool = True) -> None:
    """Write down that ``name`` has run now, and how it ended."""
    with connection.cursor() as cursor:
        cursor.execute(_RECORD, [name, is_ok])


def record_mail() -> None:
    """Write down that the mail server has taken a mail: after the transaction, so that mails do not
    wait for each other's row, and twice a minute at most."""

    def write() -> None:
        with connection.cursor() as cursor:
            cursor.execute(_RECORD_SELDOM, ["mail", "mail", _SELDOM])

    transaction.on_commit(write, robust=True)


def last_run(name: str) -> Run | None:
    """The last run of ``name``; None before the first. One query."""
    rows = fetch(
        "SELECT statement_timestamp() - at, is_ok FROM core_staterun WHERE name = %s", [name]
    )
    return Run(*rows[0]) if rows else None


def duration_in_words(length: timedelta) -> str:
    """A length of time in the active language, in its two greatest units; seconds where it is less
    than a minute."""
    seconds = max(0, int(length.total_seconds()))
    if seconds < 60:
        return ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds}
    moment = now()
    return timesince(moment - length, moment)
