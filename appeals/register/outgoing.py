"""Registration of outgoing letters, inside an action."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import connection

from appeals.letters.letterhead import Letterhead
from appeals.letters.wording import LetterKind
from appeals.models import Answer, Appeal, OutgoingLetter
from core.domain.calendar import local_date

_NEXT = """
INSERT INTO appeals_outgoingyear AS y (year, last) VALUES (%s, 1)
ON CONFLICT (year) DO UPDATE SET last = y.last + 1
RETURNING last
"""


def number_letter(appeal: Appeal, kind: LetterKind, head: Letterhead, at: datetime) -> Letterhead:
    """The form of a notice with the next number on it."""
    return replace(head, number=register_letter(appeal, kind, at).label)


def register_letter(
    appeal: Appeal, kind: LetterKind, at: datetime, *, answer: Answer | None = None
) -> OutgoingLetter:
    """Give a letter the next number of its year, as one of the last things of the action.

    The year's row is locked until the end of the transaction: others wait, nobody gets the same
    number, and an action that fails has taken none.
    """
    day = local_date(at)
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [day.year])
        number = cursor.fetchone()[0]
    return OutgoingLetter.objects.create(
        year=day.year, number=number, day=day, appeal=appeal, kind=str(kind), answer=answer
    )
