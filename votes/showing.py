"""Results as a page shows them: names for ids, shares, rounds and pairs."""

from __future__ import annotations

from time import monotonic
from typing import Any

from votes import pages, results
from votes.answers import ABSTAIN, NO, YES
from votes.models import Option, Poll, Question, Result

_YES_NO = (YES, NO, ABSTAIN)
#: Seconds for which a count of an open poll is shown again, and of how many polls one is kept.
_FRESH, _MOST_KEPT = 1.0, 64


def results_of(poll: Poll) -> dict[str, Any] | None:
    """The published result, or the count of this moment where the poll shows it while it is open
    (votes.pages.show has said whether it is); None where nothing may be shown: not of what was
    called off, nor between the close and the publication, when sheets of paper are still typed."""
    if poll.published_at:
        counted = Result.objects.get(poll=poll).counted
    elif poll.is_open and poll.results_while_open and not poll.is_secret:
        counted = _counted_lately(poll)
    else:
        return None
    questions = pages.questions_of(poll)
    return {
        "counted": counted,
        "is_final": bool(poll.published_at),
        "turnout": _percent(counted["ballots"], counted["electorate"] or 0),
        "questions": [
            _shown(question, options, outcome)
            for (question, options), outcome in zip(questions, counted["questions"], strict=True)
        ],
    }


#: Poll's id and announcement -> when it was counted in this process, and what that gave.
_lately: dict[tuple[Any, ...], tuple[float, dict[str, Any]]] = {}


def _counted_lately(poll: Poll) -> dict[str, Any]:
    """The count of a poll that is open, at most a second old: a crowd that looks does not make
    each of its requests read all ballots."""
    key = (poll.pk, poll.scheduled_at)
    at, counted = _lately.get(key, (-_FRESH, {}))
    if monotonic() - at >= _FRESH:
        counted = results.counted(poll)
        if len(_lately) >= _MOST_KEPT:
            _lately.clear()
        _lately[key] = monotonic(), counted
    return counted


def _shown(question: Question, options: list[Option], outcome: dict[str, Any]) -> dict[str, Any]:
    names: dict[Any, str] = {option.pk: option.text for option in options}
    names |= {word: str(pages.WORDS[word]) for word in _YES_NO}
    # The greatest number fills the bar; of what is chosen once a ballot, all ballots do.
    numbers = [_number(each) for each in outcome["options"]]
    is_sum = question.kind in (Question.Kind.SCORE, Question.Kind.POINTS)
    whole = max([*numbers, 1]) if is_sum else max(outcome["answers"], 1)
    return {
        "question": question,
        "answers": outcome["answers"],
        "none": outcome["none"],
        "rows": [
            {
                "name": names[each["option"]],
                "votes": each["votes"],
                "points": each["points"],
                "number": _number(each),
                "percent": _percent(_number(each), whole),
                "place": each["place"],
                "by_tie_rule": each["by_tie_rule"],
                "won": each["option"] in outcome["winners"],
            }
            for each in outcome["options"]
        ],
        "is_sum": is_sum,
        "winners": [names[winner] for winner in outcome["winners"]],
        "rounds": [_round(each, names) for each in outcome["rounds"]],
        "names": [option.text for option in options],
        "pairs": [
            {"name": option.text, "row": row}
            for option, row in zip(options, outcome["pairs"], strict=False)
        ],
    }


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


def _number(each: dict[str, Any]) -> int:
    return int(each["votes"] if each["points"] is None else each["points"])


def _percent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0
