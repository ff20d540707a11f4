"""The way of counting that belongs to each kind of question."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from votes.ballots.answers import Asked
from votes.counting.outcome import Outcome
from votes.counting.plain import count_choices, count_sums, count_texts, count_yes_no
from votes.counting.runoff import count_runoff
from votes.counting.schulze import count_schulze
from votes.counting.ties import TieBreak
from votes.models import Question

_WAYS: dict[tuple[str, str], Callable[[Asked, Iterable[Any], TieBreak], Outcome]] = {
    (Question.Kind.SINGLE, ""): count_choices,
    (Question.Kind.MULTIPLE, ""): count_choices,
    (Question.Kind.APPROVAL, ""): count_choices,
    (Question.Kind.YES_NO, ""): count_yes_no,
    (Question.Kind.SCORE, ""): count_sums,
    (Question.Kind.POINTS, ""): count_sums,
    (Question.Kind.TEXT, ""): count_texts,
    (Question.Kind.RANKED, Question.Method.RUNOFF): count_runoff,
    (Question.Kind.RANKED, Question.Method.SCHULZE): count_schulze,
}


def count(asked: Asked, answers: Iterable[Any], ties: TieBreak) -> Outcome:
    """The outcome of one question from all its answers (votes/ballots/answers.py)."""
    return _WAYS[asked.kind, asked.method](asked, answers, ties)
