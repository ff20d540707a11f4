"""Gather the rows of a report from a consultation's remarks: a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypedDict
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from consultations.dispositions.conditions import answer_of, frees, public_reason
from consultations.models import Consultation, Disposition, Remark
from consultations.reports.names import published_name
from core.domain.calendar import local_date

if TYPE_CHECKING:
    from consultations.reports.rules import Contested
    from drafts.versions.published import Text

#: How much of a resulting clause a notice and a row quote, in characters.
LONGEST_EXCERPT = 300


class Facts(TypedDict):
    """Facts in a row of an edition beside the name and the words; labels are of its document."""

    #: Of the remark, of the way it came, of the disposition: values of their enumerations.
    kind: str
    source: str
    disposition: str
    reason: str
    #: The clause as it was called in the version that was read, and its version's number.
    clause: str
    version: int | None
    #: The clause that it led to, as it is called in the newest version, with how it begins.
    resulting: str
    resulting_text: str
    resulting_key: str
    #: When it was received, an ISO date.
    received: str
    #: The number of the remark with nearly the same words that it is answered with.
    folded_into: int | None
    #: Why its words are not shown: a value of HideReason; "" where they are.
    hidden: str
    #: Of what is hidden and not considered: the last day on which the hiding may be contested, an
    #: ISO date; "pending" while a contest waits for its decision; "".
    contest: str
    #: Who decided it, and whether an organisation proposed it.
    official: str
    by_organisation: bool


#: What an edition says of the disposition of a hidden remark that is not considered.
UNSAID = dict.fromkeys(("disposition", "reason", "resulting", "resulting_text", "official"), "")


@dataclass(frozen=True, slots=True)
class Row:
    """A row before it is published. ``author_id``: the account whose name it is."""

    remark_id: int
    number: int | None
    author_id: int | None
    name: str
    words: str
    facts: Facts


def remarks_of(consultation: Consultation) -> QuerySet[Remark]:
    """The remarks that its report has rows for, in the order of their numbers: hidden ones too,
    those that their authors deleted not."""
    found = Remark.objects.filter(
        consultation=consultation, comment__parent=None, comment__deleted_at=None
    )
    return found.order_by(F("number").asc(nulls_last=True), "pk")


def gather_rows(
    consultation: Consultation, text: Text | None, contested: Mapping[int, Contested]
) -> list[Row]:
    """All rows, in order. ``text``: the newest published version; ``contested``: the hidden ones of
    which the edition names the contest. One query."""
    found = (
        remarks_of(consultation)
        .select_related(
            *("comment__author", "comment__organisation", "clause__version"),
            *("declaration", "received", "disposition__by", "disposition__approved_by"),
            *("folded_into__disposition__by", "folded_into__disposition__approved_by"),
        )
        .defer("comment__search", "comment__html", "clause__html", "clause__search", "clause__text")
    )
    rows = found.iterator(chunk_size=500)
    return [_row(remark, consultation, text, contested.get(remark.pk)) for remark in rows]


def _row(
    remark: Remark, consultation: Consultation, text: Text | None, contested: Contested | None
) -> Row:
    remark.consultation = consultation
    comment = remark.comment
    hidden = comment.hidden_reason if comment.hidden_at else ""
    # Of what is hidden and not considered nothing is said, and no decision is asked; of what is
    # hidden and considered the kind and the checked reason (ADR 98).
    answer = None if frees(remark) else answer_of(remark)
    disposition = None if hidden else answer
    key = disposition.resulting_key if disposition else None
    clause = text.by_key.get(key) if text and key else None
    facts: Facts = {
        "kind": remark.kind,
        "source": remark.source,
        "disposition": answer.kind if answer else "",
        "reason": public_reason(remark, answer).strip() if answer else "",
        "clause": str(remark.clause) if remark.clause else "",
        "version": remark.clause.version.number if remark.clause else None,
        "resulting": str(clause) if clause else "",
        "resulting_text": clause.printed[:LONGEST_EXCERPT] if clause else "",
        "resulting_key": str(key) if key and isinstance(key, UUID) else "",
        "received": _received_on(remark).isoformat(),
        "folded_into": remark.folded_into.number if remark.folded_into else None,
        "hidden": hidden,
        "contest": contested.named if contested else "",
        "official": _official(disposition),
        "by_organisation": comment.organisation_id is not None,
    }
    name = published_name(remark, full_names=consultation.asks_full_name)
    return Row(remark.pk, remark.number, comment.author_id, name, _words(remark), facts)


def _received_on(remark: Remark) -> date:
    """When it came: of what staff entered, the day on the letter's stamp."""
    offline = getattr(remark, "received", None)
    return offline.received_on if offline else local_date(remark.comment.created_at)


def _official(disposition: Disposition | None) -> str:
    by = disposition.approved_by or disposition.by if disposition else None
    return by.get_full_name() if by else ""


def _words(remark: Remark) -> str:
    """Everything that the author said, as one text."""
    comment = remark.comment
    parts = [
        _("On the words “%(quote)s”.") % {"quote": remark.quote} if remark.quote else "",
        comment.text,
        _("Proposed wording: %(words)s") % {"words": comment.proposal} if comment.proposal else "",
        _("Declared interest: %(words)s") % {"words": comment.interest} if comment.interest else "",
    ]
    return "\n".join(part for part in parts if part.strip())
