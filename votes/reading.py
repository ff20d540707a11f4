"""What is read of polls: questions as they are asked, ballots as they are counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from votes.answers import Asked, asked
from votes.models import OpenBallot, Option, PaperBallot, Poll, Question, SealedBallot


def questions_of(poll: Poll) -> tuple[Asked, ...]:
    """The poll's questions in their order; two queries."""
    options: dict[int, list[int]] = defaultdict(list)
    for question_id, pk in Option.objects.filter(question__poll=poll).values_list(
        "question_id", "pk"
    ):
        options[question_id].append(pk)
    return tuple(
        asked(question, options[question.pk]) for question in Question.objects.filter(poll=poll)
    )


def ballots_of(poll: Poll, *, at_once: int = 5000) -> Iterator[dict[str, Any]]:
    """The choices of every ballot that counts: cast here, or on paper and checked by two.

    Read through a cursor, ``at_once`` in memory.
    """
    cast = SealedBallot if poll.is_secret else OpenBallot
    for ballots in (
        cast._default_manager.filter(poll=poll),
        PaperBallot.objects.filter(poll=poll, confirmed_at__isnull=False),
    ):
        yield from ballots.order_by().values_list("choices", flat=True).iterator(at_once)
