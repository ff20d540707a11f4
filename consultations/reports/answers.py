"""An edition's answer to one person: for the mail to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from consultations.models import Disposition, Edition, EditionRow, Remark
from consultations.reports.queries import ShownRow

#: So many proposals of one person are told in a mail; the report has all.
MOST = 50
#: What of a row is an answer: where none of it differs, there is nothing new to tell.
_ANSWER = ("disposition", "reason", "resulting", "resulting_text")
_KINDS = dict(Disposition.Kind.choices)


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of a proposal, and the URL of its page."""

    number: int | None
    kind: str
    reason: str
    resulting: str
    resulting_text: str
    url: str
    #: Why nothing is decided on it: it is hidden, and by which article it is not considered.
    hidden: str = ""
    article: str = ""
    #: Decided, with its words hidden: the reason for everybody is being checked.
    is_unchecked: bool = False


def answers_to(person: Any, edition_id: int) -> list[Answer] | None:
    """Outcomes of a person's proposals; None where a later edition says nothing new to them. Two
    queries at most. An ``edition_id`` of 0 comes from jobs of version 0.4: no rows.
    """
    edition = Edition.objects.defer("content").filter(pk=edition_id).first()
    if edition is None:
        return []
    rows = _rows_of(person, edition.pk)
    if edition.supersedes_id is not None:
        earlier = {
            row.remark_id: _row_words(row) for row in _rows_of(person, edition.supersedes_id)
        }
        if all(earlier.get(row.remark_id) == _row_words(row) for row in rows):
            return None
    return [_answer(row, edition.consultation_id) for row in rows]


def _rows_of(person: Any, edition_id: int) -> list[EditionRow]:
    rows = EditionRow.objects.filter(edition=edition_id, author=person)
    rows = rows.select_related(
        "remark__comment", "remark__consultation__procedure", "remark__disposition"
    )
    return list(rows.defer("remark__comment__search").order_by("place")[:MOST])


def _row_words(row: EditionRow) -> Iterable[Any]:
    return [row.facts[name] for name in _ANSWER]


def _answer(row: EditionRow, consultation_id: int) -> Answer:
    shown = ShownRow.of(row)
    facts = shown.facts
    remark = Remark(pk=row.remark_id, consultation_id=consultation_id)
    return Answer(
        number=row.number,
        kind=str(_KINDS.get(facts["disposition"], "")),
        reason=facts["reason"],
        resulting=facts["resulting"],
        resulting_text=facts["resulting_text"],
        url=remark.get_absolute_url(),
        hidden=shown.hidden_label,
        article=shown.article,
        is_unchecked=shown.is_unchecked,
    )
