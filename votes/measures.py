"""Measures: the number by which a question's rule puts its options in order.

Of a run-off that is not the first choices: whoever leads by them may lose in a later round. Results
and displays show what these functions give, by places, so that no other option seems to lead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from votes.models import Question

_SUMS = (Question.Kind.SCORE, Question.Kind.POINTS)


@dataclass(frozen=True, slots=True)
class Measure:
    """Measure of one option: ``number`` of ``whole``; ``eliminated_in_round``: of a
    run-off, the round after which it went out, 0 if it was in the last one.
    """

    number: int
    whole: int
    eliminated_in_round: int = 0

    @property
    def percent(self) -> int:
        """Its share, as the length of its bar."""
        return round(100 * self.number / self.whole) if self.whole else 0


def measures_of(question: Question, outcome: dict[str, Any]) -> dict[Any, Measure]:
    """The measure of each option of a counted question."""
    if question.method == Question.Method.RUNOFF:
        return _rounds(outcome["rounds"])
    if question.method == Question.Method.SCHULZE:
        return _comparisons(outcome["options"], outcome["pairs"])
    numbers = {each["option"]: number_of(each) for each in outcome["options"]}
    # The greatest sum fills the bar; of what is chosen once a ballot, all ballots do.
    whole = max(numbers.values(), default=0) if question.kind in _SUMS else outcome["answers"]
    return {option: Measure(number, whole) for option, number in numbers.items()}


def number_of(each: dict[str, Any]) -> int:
    """Its points, or else the ballots that chose it (ranked: first choices)."""
    return int(each["votes"] if each["points"] is None else each["points"])


def in_order(question: Question, outcome: dict[str, Any]) -> list[dict[str, Any]]:
    """The counted options by their places, equals as on the ballot; yes, no and abstention stay as
    they are."""
    options: list[dict[str, Any]] = outcome["options"]
    if question.kind == Question.Kind.YES_NO:
        return options
    return sorted(options, key=lambda each: each["place"])


def _rounds(rounds: list[dict[str, Any]]) -> dict[Any, Measure]:
    """The ballots of each option in the last round that it was in, up to the one that decided."""
    measures = {}
    last = deciding_round(rounds)
    for number, each in enumerate(rounds[:last], 1):
        whole = sum(ballots for _option, ballots in each["counts"])
        for option, ballots in each["counts"]:
            eliminated_in_round = number if number < last and option in each["eliminated"] else 0
            measures[option] = Measure(ballots, whole, eliminated_in_round)
    return measures


def deciding_round(rounds: list[dict[str, Any]]) -> int:
    """The number of the round that decided a run-off.

    The last one; but where two were left with as many ballots each, the rule for ties decided, and
    a round after that holds one option alone, with all ballots.
    """
    is_after_tie = len(rounds) > 1 and len(rounds[-1]["counts"]) == 1
    return len(rounds) - is_after_tie


def is_decided_by_tie_rule(rounds: list[dict[str, Any]]) -> bool:
    """Whether the last two of a run-off had as many ballots each."""
    return deciding_round(rounds) < len(rounds)


def _comparisons(options: list[dict[str, Any]], pairs: list[list[int]]) -> dict[Any, Measure]:
    """With how many of the others each option wins the comparison."""
    return {
        each["option"]: Measure(
            sum(number > pairs[j][i] for j, number in enumerate(row) if i != j), len(options) - 1
        )
        for i, (each, row) in enumerate(zip(options, pairs, strict=True))
    }
