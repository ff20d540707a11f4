"""The result of a poll: what counting its stored ballots gives, and nothing else.

{"electorate": 812 or null, "ballots": 402, "paper": 3, "questions": [Outcome.as_json(), …],
 "over_time": {"step": "day", "rows": [["2026-11-20T00:00:00+02:00", 17], …]} or null,
 "groups": {"district": {"turnout": […], "questions": […]}, …}}

A secret poll has no times, hence nothing over time. Groups (votes/results/grouping.py) are counted
for publication alone: two counts a minute apart would tell, by subtraction, of whoever voted
between.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Count
from django.db.models.functions import Trunc

from core.domain.calendar import KYIV
from votes import queries
from votes.counting.count import count
from votes.counting.ties import TieBreak
from votes.models import OpenBallot, PaperBallot, Poll
from votes.results import grouping

#: How finely turnout is told over time, by how long the poll lasts at most.
_STEPS = ((timedelta(hours=3), "minute"), (timedelta(days=3), "hour"))


def count_ballots(poll: Poll, city: grouping.Populations | None = None) -> dict[str, Any]:
    """Count all its stored ballots now; a recount gives the same again.

    ``city``: what grouping.populations gave when it was published; None: not by groups.
    """
    questions = queries.questions_of(poll)
    in_groups = city is not None and grouping.is_grouped(poll)
    ballots: Iterable[Mapping[str, Any]] = ()
    if in_groups and not poll.is_secret:
        ballots = list(grouping.with_groups(poll))
        choices_of: Iterable[Mapping[str, Any]] = (ballot["choices"] for ballot in ballots)
    else:
        choices_of = queries.ballots_of(poll)
    answers: dict[str, list[Any]] = {str(question.id): [] for question in questions}
    number = 0
    for choices in choices_of:
        number += 1
        for question, answer in choices.items():
            answers[question].append(answer)
    ties = TieBreak(poll.tie_rule, poll.lot)
    found: dict[str, Any] = plain(
        {
            "electorate": poll.electorate,
            "ballots": number,
            "paper": PaperBallot.objects.filter(poll=poll, confirmed_at__isnull=False).count(),
            "questions": [
                count(question, answers[str(question.id)], ties).as_json() for question in questions
            ],
            "over_time": None if poll.is_secret else over_time(poll),
            "groups": (
                grouping.count_groups(poll, questions, ballots, city) if in_groups and city else {}
            ),
        }
    )
    return found


def over_time(poll: Poll) -> dict[str, Any]:
    """When the ballots of an open poll were cast first, by minute, hour or day on the council's
    clock; those on paper have no time."""
    lasts = poll.closes_at - poll.opens_at if poll.closes_at and poll.opens_at else timedelta.max
    step = next((step for longest, step in _STEPS if lasts <= longest), "day")
    rows = (
        OpenBallot.objects.filter(poll=poll)
        .order_by()
        .annotate(step=Trunc("at", step, tzinfo=KYIV))
        .values_list("step")
        .annotate(number=Count("pk"))
        .order_by("step")
    )
    return {
        "step": step,
        "rows": [[moment.astimezone(KYIV).isoformat(), number] for moment, number in rows],
    }


def plain(value: Any) -> Any:
    """The same as JSON gives it back: lists for tuples, so that results can be compared."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value


def differences(published: Any, counted: Any, where: str = "") -> list[str]:
    """Differences of two results, as «questions[0].options[2].votes: 12, 13»."""
    if isinstance(published, dict) and isinstance(counted, dict):
        found = []
        for key in dict.fromkeys([*published, *counted]):
            place = f"{where}.{key}" if where else str(key)
            found += differences(published.get(key), counted.get(key), place)
        return found
    if isinstance(published, list) and isinstance(counted, list) and len(published) == len(counted):
        return [
            line
            for index, pair in enumerate(zip(published, counted, strict=True))
            for line in differences(*pair, f"{where}[{index}]")
        ]
    return [] if published == counted else [f"{where}: {published}, {counted}"]
