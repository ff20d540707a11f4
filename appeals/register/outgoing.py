"""Registration of outgoing letters, inside an action."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import connection

from appeals.letters.letterhead import Letterhead
from appeals.letters.wording import LetterKind
from appeals.models import Answer, Appeal, OutgoingLetter
from core.domain.calendar import local_date

_NEXT = """
INSERT INTO appeals_outgoingyear AS y (year, last) VALUES (%(year)s, %(many)s)
ON CONFLICT (year) DO UPDATE SET last = y.last + %(many)s
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
    number = _take(day.year, 1)
    return OutgoingLetter.objects.create(
        year=day.year, number=number, day=day, appeal=appeal, kind=str(kind), answer=answer
    )


def register_answers(answers: Sequence[Answer], at: datetime) -> dict[int, OutgoingLetter]:
    """Give the letter of each answer the next number of its year, as register_letter does for one:
    two statements for all. By the answer's id."""
    if not answers:
        return {}
    day = local_date(at)
    first = _take(day.year, len(answers)) - len(answers) + 1
    made = OutgoingLetter.objects.bulk_create(
        OutgoingLetter(
            year=day.year,
            number=number,
            day=day,
            appeal_id=answer.appeal_id,
            kind=str(LetterKind.ANSWER),
            answer=answer,
        )
        for number, answer in enumerate(answers, start=first)
    )
    return {answer.pk: letter for answer, letter in zip(answers, made, strict=True)}


def _take(year: int, many: int) -> int:
    """Take so many numbers of the year, and return the last of them."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, {"year": year, "many": many})
        return int(cursor.fetchone()[0])
