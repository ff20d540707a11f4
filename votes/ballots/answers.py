"""Validation of ballots: what may be answered to each kind of question, and how it is stored.

The forms, as they stand in a ballot's ``choices`` under the question's id:

=========  ===================================================================
single     an option's id
multiple   ids of options in the order of the list, at least one
approval   the same
yes_no     "yes", "no" or "abstain"
ranked     ids of options, the best first; what is left out stands equal last
score      {option id: 0 to 5}; an option without a score has none
points     {option id: 1 or more}, together not more than there are
text       what was written, 1 to 500 characters
=========  ===================================================================

``NONE_OF_THESE`` instead of any of them, where the question offers it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.domain.rules import Refused, Verdict, reject
from core.domain.typography import group_thousands
from votes.models import Question

NONE_OF_THESE = "none"
YES, NO, ABSTAIN = "yes", "no", "abstain"
BEST_SCORE = 5
LONGEST_TEXT = 500

type Answer = int | str | list[int] | dict[str, int]
#: Of one ballot: question id, as text (JSON has no other keys) -> answer.
type Choices = dict[str, Answer]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as reading and counting need it: no database, no words."""

    id: int
    kind: str
    #: In the order of the list.
    options: tuple[int, ...] = ()
    method: str = ""
    least: int = 0
    most: int | None = None
    budget: int = 0
    none_of_these: bool = False
    is_required: bool = True


def asked_question(question: Question, options: Sequence[int]) -> Asked:
    """The question, with the ids of its options in their order."""
    return Asked(
        id=question.pk,
        kind=question.kind,
        options=tuple(options),
        method=question.method,
        least=question.least,
        most=question.most,
        budget=question.budget or 0,
        none_of_these=question.none_of_these,
        is_required=question.is_required,
    )


def read(questions: Sequence[Asked], given: Mapping[str, Any]) -> Choices:
    """A whole ballot in its form of keeping; what is empty is left out.

    ``given``: question id as text -> what came from a form or from JSON. A refused ballot is
    nobody's vote: refuses ``ballot.unknown_question``, ``ballot.empty``, and for the questions that
    are wrong, all of them at once, ``ballot.unanswered`` and what ``read_answer`` refuses: the
    code, the sentence and ``params["question"]`` are those of the first, and
    ``params["questions"]`` says them of each, in their order.
    """
    known = {str(question.id) for question in questions}
    if not isinstance(given, Mapping) or given.keys() - known:
        reject("ballot.unknown_question", _("The ballot answers what was not asked."))
    choices: Choices = {}
    wrong: list[Verdict] = []
    for question in questions:
        try:
            answer = read_answer(question, given.get(str(question.id)))
            if answer is None and question.is_required:
                reject(
                    "ballot.unanswered",
                    _("This question has to be answered."),
                    question=question.id,
                )
        except Refused as refusal:
            wrong.append(refusal.verdict)
        else:
            if answer is not None:
                choices[str(question.id)] = answer
    if wrong:
        raise Refused(_together(wrong))
    if not choices:
        reject("ballot.empty", _("Nothing is chosen."))
    return choices


def _together(wrong: Sequence[Verdict]) -> Verdict:
    """The refusals of several questions as one, which begins like the first."""
    questions = [
        {"question": each.params["question"], "code": each.code, "detail": each.message}
        for each in wrong
    ]
    return replace(wrong[0], params=wrong[0].params | {"questions": questions})


def read_answer(question: Asked, given: Any) -> Answer | None:
    """One answer in its form of keeping; None for an empty one.

    Refuses ``ballot.malformed`` (not of the question's form), ``ballot.unknown_option``,
    ``ballot.too_few``, ``ballot.too_many``, ``ballot.over_budget``, ``ballot.too_long``.
    """
    if given is None or given in ("", [], {}):
        return None
    if given == NONE_OF_THESE:
        if not question.none_of_these:
            _refuse_malformed(question)
        return NONE_OF_THESE
    return _READERS[question.kind](question, given)


def _refuse_malformed(question: Asked) -> NoReturn:
    reject("ballot.malformed", _("This does not answer the question."), question=question.id)


def _option(question: Asked, given: Any) -> int:
    option = _number(question, given)
    if option not in question.options:
        reject(
            "ballot.unknown_option", _("There is no such option to choose."), question=question.id
        )
    return option


def _number(question: Asked, given: Any) -> int:
    # JSON's true is Python's 1.
    if isinstance(given, bool) or not isinstance(given, int | str):
        _refuse_malformed(question)
    if isinstance(given, str) and not (given.isascii() and given.isdecimal() and len(given) < 20):
        _refuse_malformed(question)
    return int(given)


def _several(question: Asked, given: Any) -> list[int]:
    if not isinstance(given, list | tuple) or len(given) > len(question.options):
        _refuse_malformed(question)
    found = [_option(question, each) for each in given]
    if len(set(found)) < len(found):
        _refuse_malformed(question)
    return found


def _single(question: Asked, given: Any) -> int:
    return _option(question, given)


def _multiple(question: Asked, given: Any) -> list[int]:
    found = _several(question, given)
    if len(found) < question.least:
        _refuse_number(
            question,
            "ballot.too_few",
            ngettext(
                "Choose at least %(number)s option.",
                "Choose at least %(number)s options.",
                question.least,
            ),
            question.least,
        )
    if question.most is not None and len(found) > question.most:
        _refuse_number(
            question,
            "ballot.too_many",
            ngettext(
                "Choose at most %(number)s option.",
                "Choose at most %(number)s options.",
                question.most,
            ),
            question.most,
        )
    return sorted(found, key=question.options.index)


def _refuse_number(question: Asked, code: str, message: str, number: int) -> NoReturn:
    reject(code, message % {"number": group_thousands(number)}, question=question.id)


def _yes_no(question: Asked, given: Any) -> str:
    if given not in (YES, NO, ABSTAIN):
        _refuse_malformed(question)
    return str(given)


def _rank_options(question: Asked, given: Any) -> list[int]:
    return _several(question, given)


def _numbers(question: Asked, given: Any) -> dict[int, int]:
    if not isinstance(given, Mapping) or len(given) > len(question.options):
        _refuse_malformed(question)
    return {
        _option(question, option): _number(question, number)
        for option, number in given.items()
        if number not in ("", None)
    }


def _in_order(question: Asked, numbers: Mapping[int, int]) -> dict[str, int]:
    return {str(option): numbers[option] for option in question.options if option in numbers}


def _score(question: Asked, given: Any) -> dict[str, int] | None:
    scores = _numbers(question, given)
    if any(not 0 <= score <= BEST_SCORE for score in scores.values()):
        _refuse_malformed(question)
    return _in_order(question, scores) or None


def _points(question: Asked, given: Any) -> dict[str, int] | None:
    points = {option: number for option, number in _numbers(question, given).items() if number}
    if any(number < 0 for number in points.values()):
        _refuse_malformed(question)
    if sum(points.values()) > question.budget:
        _refuse_number(
            question,
            "ballot.over_budget",
            ngettext(
                "You have %(number)s point to share out, not more.",
                "You have %(number)s points to share out, not more.",
                question.budget,
            ),
            question.budget,
        )
    return _in_order(question, points) or None


def _text(question: Asked, given: Any) -> str | None:
    if not isinstance(given, str) or not _storable(given):
        _refuse_malformed(question)
    text = str(given).replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(text) > LONGEST_TEXT:
        _refuse_number(
            question,
            "ballot.too_long",
            ngettext(
                "The answer may be %(number)s character long, not more.",
                "The answer may be %(number)s characters long, not more.",
                LONGEST_TEXT,
            ),
            LONGEST_TEXT,
        )
    return text or None


def _storable(text: str) -> bool:
    """JSON may hold half of a letter, and a NUL; PostgreSQL's texts may not."""
    return "\x00" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


_READERS: dict[str, Callable[[Asked, Any], Answer | None]] = {
    Question.Kind.SINGLE: _single,
    Question.Kind.MULTIPLE: _multiple,
    Question.Kind.APPROVAL: _multiple,
    Question.Kind.YES_NO: _yes_no,
    Question.Kind.RANKED: _rank_options,
    Question.Kind.SCORE: _score,
    Question.Kind.POINTS: _points,
    Question.Kind.TEXT: _text,
}
