"""The result of a poll: what counting its stored ballots gives, and nothing else.

{"electorate": 812 or null, "ballots": 402, "paper": 3, "questions": [Outcome.as_json(), …]}
"""

from __future__ import annotations

from typing import Any

from votes import reading
from votes.counting import TieBreak, count
from votes.models import PaperBallot, Poll


def counted(poll: Poll) -> dict[str, Any]:
    """Count all its stored ballots now; a recount gives the same again."""
    questions = reading.questions_of(poll)
    answers: dict[str, list[Any]] = {str(question.id): [] for question in questions}
    ballots = 0
    for choices in reading.ballots_of(poll):
        ballots += 1
        for question, answer in choices.items():
            answers[question].append(answer)
    ties = TieBreak(poll.tie_rule, poll.lot)
    return {
        "electorate": poll.electorate,
        "ballots": ballots,
        "paper": PaperBallot.objects.filter(poll=poll, confirmed_at__isnull=False).count(),
        "questions": [
            plain(count(question, answers[str(question.id)], ties).as_json())
            for question in questions
        ],
    }


def plain(value: Any) -> Any:
    """The same as JSON gives it back: lists for tuples, so that results can be compared."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value
