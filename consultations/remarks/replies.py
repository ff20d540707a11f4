"""Queries of the council's replies to remarks, with what they said before a correction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import F, QuerySet

from consultations.models import Remark
from consultations.presenters import ShownAnswer
from core.db.statements import AskedAnyOf, Statement
from core.domain.council import local_name
from discussions.models import Comment, Correction

if TYPE_CHECKING:
    from consultations.presenters import AnswerRow

#: From an answer to the department for which it speaks.
_DEPARTMENT = "parent__remark__consultation__department"


def official_answers(remarks: Iterable[Remark]) -> dict[int, tuple[ShownAnswer, ...]]:
    """The council's visible replies to remarks, by the remark's id: one query, and one if any was
    corrected."""
    answered = [remark.pk for remark in remarks if remark.comment.is_answered]
    rows = _OFFICIAL_ANSWERS.all(remarks=answered) if answered else []
    earlier = _earlier_wordings(rows)
    answers: dict[int, list[ShownAnswer]] = defaultdict(list)
    for row in rows:
        if row.parent_id is not None:
            answers[row.parent_id].append(_show_answer(row, earlier.get(row.pk, ())))
    return {remark_id: tuple(given) for remark_id, given in answers.items()}


def _with_department(answers: QuerySet[Comment]) -> QuerySet[AnswerRow]:
    return answers.select_related("author", "standing_in_for").annotate(
        department_name=F(f"{_DEPARTMENT}__name"),
        department_name_en=F(f"{_DEPARTMENT}__name_en"),
    )


def _show_answer(row: AnswerRow, earlier: Iterable[Correction]) -> ShownAnswer:
    return ShownAnswer(row, _name_department(row), tuple(earlier))


def _earlier_wordings(answers: Iterable[Comment]) -> dict[int, list[Correction]]:
    """Former wordings of corrected replies, by the reply's id."""
    by_answer: dict[int, list[Correction]] = defaultdict(list)
    if corrected := [answer.pk for answer in answers if answer.edited_at]:
        for correction in _CORRECTIONS.all(answers=corrected):
            by_answer[correction.comment_id].append(correction)
    return by_answer


_OFFICIAL_ANSWERS = Statement(
    lambda: _with_department(
        Comment.objects.filter(parent=AskedAnyOf("remarks"), is_official=True).public()
    ).order_by("id")
)
_CORRECTIONS = Statement(
    lambda: (
        Correction.objects.filter(comment=AskedAnyOf("answers"))
        .select_related("by")
        .order_by("-id")
    )
)


def _name_department(row: AnswerRow) -> str | None:
    name = row.department_name
    return local_name(name, row.department_name_en or "") if name else None
