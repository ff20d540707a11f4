"""Queries of carrying for the desk: a fixed number at any size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from consultations import queries
from consultations.carrying.models import Method
from consultations.carrying.pages import ShownChange
from consultations.models import Carrying, Consultation, Place, Remark
from consultations.presenters import ShownRemark
from drafts.versions.difference import Status

#: Remarks without a clause that the page of the desk lists.
_LISTED = 50


def newest_carrying(consultation: Consultation) -> Carrying | None:
    """The job of the newest version, done or under way."""
    found = Carrying.objects.filter(consultation=consultation).select_related("version")
    return found.order_by("-pk").first()


def carrying_context(consultation: Consultation) -> dict[str, Any]:
    """Progress of the job, counts of remarks by method, and remarks without a clause."""
    carrying = newest_carrying(consultation)
    if carrying is None:
        return {"carrying": None}
    places = Place.objects.current().filter(remark__consultation=consultation)
    found = dict(places.values_list("method").annotate(number=Count("pk")).order_by())
    said_no = places.filter(answer=Place.Answer.NO)
    return {
        "carrying": carrying,
        "methods": [(method.label, found.get(method, 0)) for method in Method],
        "orphans": _load_remarks(places.filter(method=Method.ORPHAN).values("remark")),
        "denied": _load_remarks(said_no.values("remark")),
    }


def _load_remarks(ids: Any) -> list[ShownRemark]:
    rows = queries.with_display_columns(Remark.objects.filter(pk__in=ids, comment__deleted_at=None))
    return [queries.show_unanswered(row) for row in rows.order_by("pk")[:_LISTED]]


@dataclass(frozen=True, slots=True)
class Impact:
    """Counts of remarks on clauses that a preview changes, and on those that it takes away."""

    changed: int
    removed: int
    rows: tuple[ShownChange, ...]

    @classmethod
    def of(cls, changes: list[ShownChange]) -> Impact:
        """From the changes of the preview; most remarks first, what goes before what changes."""
        moving = {Status.CHANGED, Status.REMOVED}
        touched = [each for each in changes if each.remarks and each.change.status in moving]
        gone = [each for each in touched if each.change.status == Status.REMOVED]
        rows = sorted(
            touched, key=lambda each: (each.change.status != Status.REMOVED, -each.remarks)
        )
        removed = sum(each.remarks for each in gone)
        return cls(sum(each.remarks for each in touched) - removed, removed, tuple(rows))
