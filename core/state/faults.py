"""Faults of the installation: raised when a check first finds one, over when it no longer does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from core.models import StateFault
from core.state.registry import Level, Result

#: Checks that say that mails wait: the page on which a code is entered tells it.
MAIL_WAITS = ("mail", "worker")

# The row that is there already keeps its time, and says what is found now.
_RAISE = """
INSERT INTO core_statefault (name, subject, level, words, told)
SELECT name, subject, level, words, '{}'
FROM unnest(%s::text[], %s::text[], %s::smallint[], %s::text[])
    AS found (name, subject, level, words)
ON CONFLICT (name, subject) WHERE over_at IS NULL
DO UPDATE SET level = excluded.level, words = excluded.words
RETURNING id, xmax = 0
"""
_END = """
UPDATE core_statefault SET over_at = greatest(statement_timestamp(), raised_at)
WHERE over_at IS NULL AND name <> ALL(%s::text[])
    AND (name, subject) NOT IN (SELECT * FROM unnest(%s::text[], %s::text[]))
RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of the faults that a run has raised and ended."""

    raised: tuple[int, ...]
    over: tuple[int, ...]


def record_results(results: Sequence[Result]) -> Changes:
    """Raise and end faults by what all checks have found (words in Ukrainian). What is unknown
    raises nothing and ends nothing. Two statements."""
    unknown = sorted({each.name for each in results if each.level is Level.UNKNOWN})
    bad = {
        (each.name, each.subject): each
        for each in results
        if each.level in (Level.WARNING, Level.CRITICAL)
    }
    names, subjects = [name for name, _ in bad], [subject for _, subject in bad]
    levels, words = (
        [int(each.level) for each in bad.values()],
        [str(each.words)[:500] for each in bad.values()],
    )
    with connection.cursor() as cursor:
        cursor.execute(_RAISE, [names, subjects, levels, words])
        raised = tuple(pk for pk, is_new in cursor.fetchall() if is_new)
        cursor.execute(_END, [unknown, names, subjects])
        over = tuple(pk for (pk,) in cursor.fetchall())
    return Changes(raised, over)


def count_open_faults() -> int:
    """Number of faults that are not over. One query."""
    return StateFault.objects.filter(over_at=None).count()


def is_mail_late() -> bool:
    """Whether mails are known to wait. One query."""
    return StateFault.objects.filter(name__in=MAIL_WAITS, over_at=None).exists()
