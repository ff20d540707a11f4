"""Queries of the pages about costs: a fixed number at any number of answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from consultations.costs.models import Cost
from consultations.costs.table import ENOUGH, MEASURES, Answer, Part, tabulate
from consultations.models import Consultation, State
from consultations.presenters import ShownConsultation
from drafts.versions.published import Text
from organisations.models import Organisation

#: When no answer changes any more: until then the public is told no figures.
FINAL = (State.CLOSED, State.REPORTED)


@dataclass(frozen=True, slots=True)
class Shown:
    """A part of the table as a page draws it: with its clause's name in the text that is shown."""

    part: Part
    key: UUID | None
    label: str


def public_table(shown: ShownConsultation, text: Text | None) -> list[Shown]:
    """The table for everybody: nothing while it is open, then parts of it. One query."""
    if shown.state not in FINAL:
        return []
    parts = tabulate(answers_of(shown.consultation))
    return [row for row in _in_order_of_text(parts, text) if row.part.is_told]


def officers_table(consultation: Consultation, text: Text | None) -> list[Shown]:
    """The same at any time, with medians and with the clauses of which too few spoke. One query."""
    return list(_in_order_of_text(tabulate(answers_of(consultation), for_officers=True), text))


def how_many(consultation: Consultation) -> int | None:
    """Number of organisations that have answered; None: fewer than may be told. One query."""
    answers = Cost.objects.filter(consultation=consultation)
    number = answers.aggregate(number=Count("organisation", distinct=True))["number"]
    return number if number >= ENOUGH else None


def notes(consultation: Consultation) -> list[Cost]:
    """Notes of organisations to the council, without their figures: one query."""
    return list(
        Cost.objects.filter(consultation=consultation)
        .exclude(note="")
        .select_related("organisation", "clause")
        .only(
            "note",
            "at",
            "consultation",
            "organisation__short_name",
            "organisation__code",
            "clause__label",
            "clause__kind",
        )
        .order_by("-at", "-pk")[:500]
    )


def load_answers_of(consultation: Consultation, organisation: Organisation) -> list[Cost]:
    """An organisation's own answers: for its own people. One query."""
    own = Cost.objects.filter(consultation=consultation, organisation=organisation)
    return list(own.select_related("clause").defer("clause__html", "clause__search").order_by("pk"))


def answers_of(consultation: Consultation) -> Iterator[Answer]:
    """All answers, as the table takes them: one query."""
    rows = Cost.objects.filter(consultation=consultation).order_by("pk")
    for clause, size, *figures in rows.values_list("clause_key", "size", *MEASURES):
        yield Answer(clause, size, tuple(figures))


def _in_order_of_text(parts: list[Part], text: Text | None) -> Iterator[Shown]:
    """In the order of the text; clauses that are no longer in it come last."""
    places = {clause.key: place for place, clause in enumerate(text.clauses)} if text else {}
    last = len(places)
    for part in sorted(
        parts, key=lambda part: -1 if part.clause is None else places.get(part.clause, last)
    ):
        clause = text.by_key.get(part.clause) if text and part.clause else None
        yield Shown(part, part.clause, str(clause) if clause else "")
