"""Reader of a ballot as a browser sends it, without a form: for the crowd that casts at once.

Building the form of a ballot costs more than casting it. So what was checked already is read from
the fields as they came, by their names (votes/ballots/forms.py); whatever is not plainly an answer
is None here, and the form tells what is wrong with it. What may be answered is for
votes.ballots.answers.read to say, here as everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from votes.ballots.answers import BEST_SCORE, NONE_OF_THESE, Asked
from votes.models import Question

if TYPE_CHECKING:
    from django.http import QueryDict

Kind = Question.Kind

_ONE = frozenset({Kind.SINGLE, Kind.YES_NO})
_SEVERAL = frozenset({Kind.MULTIPLE, Kind.APPROVAL})
_SCORES = {str(number): number for number in range(BEST_SCORE + 1)}


def choices_in(data: QueryDict, questions: tuple[Asked, ...]) -> dict[str, Any] | None:
    """Values for votes.ballots.answers.read, as the form would give them; None: ask the form."""
    try:
        given = {str(asked.id): _given_value(data, asked) for asked in questions}
    except ValueError:
        return None
    return {question: answer for question, answer in given.items() if answer not in (None, "", [])}


def _given_value(data: QueryDict, asked: Asked) -> Any:
    name = f"q{asked.id}"
    if f"{name}-none" in data:
        # Of one option «none of these» is one of those that are chosen.
        others = [name, *(f"{name}-{option}" for option in asked.options)]
        alone = not any(data.get(other) for other in others) and name not in data
        if asked.kind in _ONE or data[f"{name}-none"] != "on" or not alone:
            raise ValueError(name)
        return NONE_OF_THESE
    if asked.kind in _ONE:
        return data.get(name)
    if asked.kind in _SEVERAL:
        return data.getlist(name)
    if asked.kind == Kind.TEXT:
        return data.get(name, "").replace("\r\n", "\n").replace("\r", "\n")
    written = {option: data.get(f"{name}-{option}", "") for option in asked.options}
    chosen = {option: value for option, value in written.items() if value}
    if asked.kind == Kind.RANKED:
        return _order_ranks(chosen, len(asked.options))
    if asked.kind == Kind.SCORE:
        return {option: _number(value, _SCORES) for option, value in chosen.items()} or None
    return chosen or None


def _order_ranks(chosen: Mapping[int, str], places: int) -> list[int]:
    known = {str(place): place for place in range(1, places + 1)}
    order = {_number(value, known): option for option, value in chosen.items()}
    if len(order) < len(chosen):
        raise ValueError("two options in one place")
    return [order[place] for place in sorted(order)]


def _number(value: str, known: Mapping[str, int]) -> int:
    if value not in known:
        raise ValueError(value)
    return known[value]
