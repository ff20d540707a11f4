"""The results of a poll as a page shows them: names for ids, shares, rounds and pairs."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import Any

from django.utils.translation import gettext as _

from votes import pages
from votes.ballots.answers import ABSTAIN, NO, YES
from votes.measures import (
    deciding_round,
    in_order,
    is_decided_by_tie_rule,
    measures_of,
    number_of,
)
from votes.models import Option, Poll, Question, Result
from votes.opening.numbers import numbers_of
from votes.presenters import ShownPoll, ShownQuestion
from votes.results import result as results_result
from votes.results import showing_groups
from votes.results.chart import Chart, chart
from votes.results.flow import flow

_YES_NO = (YES, NO, ABSTAIN)
#: Seconds for which a count of an open poll is shown again, or so many times what it took: of two
#: hundred thousand ballots it takes seconds, and readers must not keep a process at it.
_FRESH, _REST = 1.0, 4
#: Of how many polls a count is kept.
_MOST_KEPT = 64


@dataclass(frozen=True, slots=True)
class Counted:
    """The count (votes/results/result.py), for the city the figures beside it, and whether it is
    published.
    """

    numbers: dict[str, Any]
    city: dict[str, Any]
    is_final: bool
    codes_hash: str = ""


def may_be_shown(shown: ShownPoll) -> bool:
    """Whether anybody may see results of it now: asks nothing of the database."""
    poll = shown.poll
    return bool(poll.published_at) or (
        shown.is_open and poll.results_while_open and not poll.is_secret
    )


def counted_of(shown: ShownPoll, *, at_once: bool = False) -> Counted | None:
    """The published result, or the count of this moment where the poll shows it while it is open;
    None where nothing may be shown: not of what was
    called off, nor between the close and the publication, when sheets of paper are still typed.

    ``at_once``: counted now, even if it was counted a moment ago.
    """
    if not may_be_shown(shown):
        return None
    poll = shown.poll
    if poll.published_at:
        result = Result.objects.get(poll=poll)
        return Counted(result.counted, result.city, True, result.codes_hash)
    return Counted(_counted_lately(poll, at_once), {}, False)


def results_of(shown: ShownPoll, *, at_once: bool = False) -> dict[str, Any] | None:
    """Context of the page of results, of ``counted_of``; six queries at most at any size, but for
    the count of a poll that is open.
    """
    found = counted_of(shown, at_once=at_once)
    if found is None:
        return None
    poll = shown.poll
    counted, questions = found.numbers, pages.questions_of(poll)
    return {
        "counted": counted,
        "is_final": found.is_final,
        "codes_hash": found.codes_hash,
        "proof": numbers_of(poll) if found.is_final and poll.is_secret else None,
        "turnout": _percent(counted["ballots"], counted["electorate"] or 0),
        "questions": [
            _shown_outcome(asked, outcome)
            for asked, outcome in zip(questions, counted["questions"], strict=True)
        ],
        "options": [option for asked in questions for option in asked.options],
        "chart": _chart(shown, found),
        "tells_ballots": found.is_final and poll.tells_ballots(counted["ballots"]),
        "has_texts": any(each.question.kind == Question.Kind.TEXT for each in questions),
        **showing_groups.shown_groups(poll, counted, found.city, questions),
    }


def _chart(shown: ShownPoll, found: Counted) -> Chart | None:
    """Chart of the turnout, where the count has one."""
    poll, over_time = shown.poll, found.numbers.get("over_time")
    if not over_time or poll.opens_at is None or poll.closes_at is None:
        return None
    # What is published does not grow older.
    now = poll.closes_at if found.is_final else shown.now
    return chart(over_time, opens_at=poll.opens_at, closes_at=poll.closes_at, now=now)


#: Poll's id and announcement -> until when its count in this process serves, and what it gave.
_lately: dict[tuple[Any, ...], tuple[float, dict[str, Any]]] = {}


def _counted_lately(poll: Poll, at_once: bool) -> dict[str, Any]:
    """The count of a poll that is open, a second old at most where counting is quick: a crowd that
    looks does not make each of its requests read all ballots."""
    key = (poll.pk, poll.scheduled_at)
    until, counted = _lately.get(key, (0.0, {}))
    began = monotonic()
    if at_once or began >= until:
        counted = results_result.count_ballots(poll)
        if len(_lately) >= _MOST_KEPT:
            _lately.clear()
        done = monotonic()
        _lately[key] = done + max(_FRESH, _REST * (done - began)), counted
    return counted


def forget_counts() -> None:
    """Drop the counts of open polls that this process keeps (tests start from none)."""
    _lately.clear()


def _shown_outcome(asked: ShownQuestion, outcome: dict[str, Any]) -> dict[str, Any]:
    question, options = asked.question, asked.options
    names: dict[Any, str] = {option.pk: option.text for option in options}
    names |= {word: str(pages.WORDS[word]) for word in _YES_NO}
    measures = measures_of(question, outcome)
    return {
        "question": question,
        "sentence": asked.sentence,
        "answers": outcome["answers"],
        "none": outcome["none"],
        "rows": [
            {
                "name": names[each["option"]],
                "votes": each["votes"],
                "points": each["points"],
                "number": number_of(each),
                "measure": measures[each["option"]],
                "place": each["place"],
                "by_tie_rule": each["by_tie_rule"],
                "won": each["option"] in outcome["winners"],
            }
            for each in in_order(question, outcome)
        ],
        "is_sum": question.kind in (Question.Kind.SCORE, Question.Kind.POINTS),
        "winners": [names[winner] for winner in outcome["winners"]],
        "rounds": [_round(each, names) for each in outcome["rounds"]],
        "decided_in": deciding_round(outcome["rounds"]),
        "decided_by_tie_rule": is_decided_by_tie_rule(outcome["rounds"]),
        "flow": flow(outcome["rounds"], names, outcome["winners"], _("no further choice")),
        "by_tie_rule": any(each["by_tie_rule"] for each in outcome["options"])
        or any(each["by_tie_rule"] for each in outcome["rounds"]),
        "names": [option.text for option in options],
        "pairs": _pairs(options, outcome["pairs"]),
    }


def _pairs(options: list[Option], pairs: list[list[int]]) -> list[dict[str, Any]]:
    """Each option against each other: ``wins``, ``is_even``, or the option itself (``is_self``)."""
    return [
        {
            "name": option.text,
            "cells": [
                {
                    "number": number,
                    "wins": number > pairs[j][i],
                    "is_even": i != j and number == pairs[j][i],
                    "is_self": i == j,
                }
                for j, number in enumerate(row)
            ],
        }
        for i, (option, row) in enumerate(zip(options, pairs, strict=False))
    ]


def _round(each: dict[str, Any], names: dict[Any, str]) -> dict[str, Any]:
    whole = max(sum(number for _option, number in each["counts"]), 1)
    return {
        "rows": [
            {
                "name": names[option],
                "number": number,
                "percent": _percent(number, whole),
                "out": option in each["eliminated"],
            }
            for option, number in sorted(each["counts"], key=lambda pair: -pair[1])
        ],
        "exhausted": each["exhausted"],
        "by_tie_rule": each["by_tie_rule"],
        "transfers": [
            {"start": names[start], "end": names.get(end, ""), "number": number}
            for start, end, number in each["transfers"]
        ],
    }


def _percent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0
