"""Presenters of carrying: where a remark stands in the newest text, as pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict
from uuid import UUID

from django.db.models import F, FilteredRelation, Q

from consultations.carrying.models import Method, Place
from drafts.models import Clause

#: ``remarks.alias(place=CURRENT_PLACE).annotate(**PLACE)`` gives PlaceFacts.
CURRENT_PLACE = FilteredRelation("places", condition=Q(places__is_current=True))
PLACE = {
    "place_id": F("place__pk"),
    "place_method": F("place__method"),
    "place_number": F("place__version__number"),
    "place_removed_in": F("place__removed_in"),
    "place_answer": F("place__answer"),
    "place_start": F("place__quote_start"),
    "place_end": F("place__quote_end"),
    "place_key": F("place__clause__key"),
    "place_label": F("place__clause__label"),
    "place_kind": F("place__clause__kind"),
}


class PlaceFacts(TypedDict):
    """Facts read by ``carrying.queries.with_current_place`` beside a remark's own columns."""

    place_id: int | None
    place_method: str | None
    place_number: int | None
    place_removed_in: int | None
    place_answer: str | None
    place_start: int | None
    place_end: int | None
    place_key: UUID | None
    place_label: str | None
    place_kind: str | None


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A remark's place in the newest text to which it was carried.

    ``label``: what the clause is called there, "" of an orphan; ``number``: that version's.
    """

    pk: int
    method: Method
    number: int
    removed_in: int | None
    answer: Place.Answer
    start: int | None
    end: int | None
    key: UUID | None
    label: str

    @classmethod
    def of(cls, row: object) -> ShownPlace | None:
        """From a row with ``PlaceFacts``."""
        pk = getattr(row, "place_id", None)
        if pk is None:
            return None
        kind = getattr(row, "place_kind", "")
        label = getattr(row, "place_label", "") or (Clause.Kind(kind).label if kind else "")
        return cls(
            pk,
            Method(getattr(row, "place_method")),  # noqa: B009
            getattr(row, "place_number"),  # noqa: B009
            getattr(row, "place_removed_in", None),
            Place.Answer(getattr(row, "place_answer", None) or ""),
            getattr(row, "place_start", None),
            getattr(row, "place_end", None),
            getattr(row, "place_key", None),
            str(label),
        )

    @property
    def is_orphan(self) -> bool:
        return self.method == Method.ORPHAN

    @property
    def is_denied(self) -> bool:
        """Whether the author says that the remark is about something else."""
        return self.answer == Place.Answer.NO

    @property
    def method_label(self) -> str:
        return str(self.method.label)
