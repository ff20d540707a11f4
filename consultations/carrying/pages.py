"""Contexts of the pages of carrying: what changed between two versions, and where a remark stands.

No request, no user: the same for everybody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from consultations.models import Consultation
from consultations.pages import versions_context
from consultations.presenters import ShownConsultation, ShownRemark
from consultations.queries import Heat
from drafts.models import Clause
from drafts.versions.difference import Change, Op, Segment, Status
from drafts.versions.published import text_numbered

VIEWS = ("inline", "side")
#: The kind of status tag of each.
_KINDS = {
    Status.ADDED: "done",
    Status.REMOVED: "stop",
    Status.CHANGED: "info",
    Status.MOVED: "info",
    Status.UNCHANGED: "info",
}


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A clause in a comparison, with how many remarks stand on it today."""

    change: Change
    remarks: int

    @property
    def key(self) -> UUID | None:
        clause = self.change.new or self.change.old
        return clause.key if clause else None

    @property
    def kind(self) -> str:
        return _KINDS[self.change.status]

    @property
    def status_label(self) -> str:
        words = {
            Status.ADDED: _("added"),
            Status.REMOVED: _("removed"),
            Status.CHANGED: _("changed"),
            Status.MOVED: _("moved"),
            Status.UNCHANGED: _("renumbered") if self.change.renumbered else _("unchanged"),
        }
        return words[self.change.status]

    @property
    def label(self) -> str:
        """Label of the clause: with both names where they differ."""
        old, new = self.change.old, self.change.new
        if old and new and str(old) != str(new):
            return f"{old} → {new}"
        return str(new or old)

    @property
    def segments(self) -> list[Segment]:
        """The words of both, for components/diff."""
        return self.change.segments()

    @property
    def before(self) -> list[Segment]:
        """Its former words, those that went marked."""
        return [part for part in self.segments if part.op != Op.INSERT]

    @property
    def after(self) -> list[Segment]:
        """Its present words, those that came marked."""
        return [part for part in self.segments if part.op != Op.DELETE]


def show_changes(changes: Iterable[Change], heat: Heat) -> list[ShownChange]:
    """Changes with the counts of remarks: no query."""
    return [ShownChange(change, _count_remarks(change, heat)) for change in changes]


def _count_remarks(change: Change, heat: Heat) -> int:
    clause = change.new or change.old
    return heat.by_key.get(clause.key, 0) if clause else 0


def is_change(change: Change) -> bool:
    """Whether anything is otherwise: the words, the place or the number."""
    return change.status != Status.UNCHANGED or change.renumbered


def changes_context(consultation: Consultation, query: QueryDict) -> dict[str, Any]:
    """Two published versions, clause beside clause."""
    context = versions_context(consultation, query)
    changes: list[Change] = context["rows"]
    view = query.get("view", "")
    view = view if view in VIEWS else VIEWS[0]
    only_changes: bool = context["only_changes"]
    shown = [change for change in changes if not only_changes or is_change(change)]
    return {
        **context,
        "view": view,
        "views": _view_tabs(query, view),
        "rows": show_changes(shown, Heat.of(consultation)),
        "counts": _count(changes),
        "all_query": _query(query, all="" if not only_changes else "1"),
    }


def _view_tabs(query: QueryDict, view: str) -> list[dict[str, Any]]:
    labels = {"inline": _("In one text"), "side": _("Side by side")}
    return [
        {"label": label, "url": _query(query, view=name), "current": name == view}
        for name, label in labels.items()
    ]


def _query(query: QueryDict, **changes: str) -> str:
    kept = QueryDict(mutable=True)
    for name in ("from", "to", "view", "all"):
        if value := changes.get(name, query.get(name, "")):
            kept[name] = value
    return f"?{kept.urlencode()}"


def _count(changes: Iterable[Change]) -> list[tuple[str, int]]:
    """Counts of clauses changed, added, removed, moved: words and numbers."""
    found = Counter(change.status for change in changes)
    words = {
        Status.CHANGED: _("changed"),
        Status.ADDED: _("added"),
        Status.REMOVED: _("removed"),
        Status.MOVED: _("moved"),
    }
    return [(word, found[status]) for status, word in words.items() if found[status]]


def place_context(shown: ShownConsultation, remark: ShownRemark) -> dict[str, Any]:
    """Context of a remark's place today, with the words around its quote; {} where it was not
    carried.
    """
    place, draft_id = remark.place, shown.consultation.draft_id
    if place is None or draft_id is None or remark.comment.deleted_at:
        return {}
    clause = text_numbered(draft_id, place.number).by_key.get(place.key) if place.key else None
    return {"place": place, "clause_now": clause, "quote_now": _split_at_quote(clause, remark)}


def _split_at_quote(clause: Clause | None, remark: ShownRemark) -> tuple[str, str, str] | None:
    """The clause's words before, in and after the quote."""
    place = remark.place
    if clause is None or place is None or place.start is None or place.end is None:
        return None
    text = clause.text
    return text[: place.start], text[place.start : place.end], text[place.end :]
