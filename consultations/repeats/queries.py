"""Queries of repeats: a fixed number at any size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from consultations.models import KeptApart, Remark
from consultations.querysets import RemarkQuerySet
from consultations.reports.names import NamedRemark, shown_full_name
from core.db.paging import Page, page_of
from core.db.statements import Asked, IsAnyOf, Statement

if TYPE_CHECKING:
    from consultations.presenters import ShownRemark

PAGE_SIZE = 50
#: How many of what others say most stand above the remarks, and in the form.
MOST_SAID = 3
_SHOWN = Q(comment__hidden_at=None, comment__deleted_at=None)


def _with_names(remarks: RemarkQuerySet) -> RemarkQuerySet:
    """With whose words they are, without what no list shows."""
    named = remarks.select_related("comment__author", "comment__organisation", "clause").defer(
        "comment__search", "clause__html", "clause__search"
    )
    return named.annotate(full_name=shown_full_name())


def _repeated_remarks() -> RemarkQuerySet:
    """Visible remarks that stand for others in nearly the same words (``repeats``), with most of
    them first."""
    folded = Remark.objects.filter(_SHOWN, folded_into=OuterRef("pk")).order_by()
    number = folded.values("folded_into").annotate(number=Count("pk")).values("number")
    heads = _with_names(Remark.objects.filter(_SHOWN, Exists(folded), folded_into=None))
    return heads.annotate(repeats=Subquery(number)).order_by("-repeats", "pk")


def _most_said() -> RemarkQuerySet:
    """Found by the few that repeat: looked at one by one, thousands of remarks take 50 ms."""
    own = Remark.objects.filter(consultation=Asked("pk"))
    repeats = own.filter(folded_into__isnull=False).order_by().distinct()
    heads = _repeated_remarks().filter(
        IsAnyOf("pk", repeats, of="folded_into"), consultation=Asked("pk")
    )
    return heads[:MOST_SAID]


_MOST_SAID = Statement(_most_said)


def most_said(consultation_id: int) -> list[Any]:
    """The most repeated remarks on a draft: at most MOST_SAID remarks with their ``repeats``; one
    query.
    """
    return _MOST_SAID.all(pk=consultation_id)


def said_of_clause(consultation_id: int, key: UUID | None) -> list[Any]:
    """The same of a clause, by its key, or of the whole draft (None): one query."""
    found = _repeated_remarks().filter(consultation=consultation_id)
    found = found.at_clause(key) if key else found.filter(clause_key=None)
    return list(found[:MOST_SAID])


def groups_of(consultation_id: int, after: str) -> Page[Any]:
    """Heads of repeats with their numbers (``repeats``), the newest first; hidden ones count, those
    that their authors took back do not."""
    folded = Remark.objects.filter(folded_into=OuterRef("pk"), comment__deleted_at=None)
    heads = _with_names(Remark.objects.filter(Exists(folded), consultation=consultation_id))
    counted = heads.annotate(repeats=Count("folded", Q(folded__comment__deleted_at=None)))
    return page_of(counted, order=("-pk",), after=after, size=PAGE_SIZE)


def folded_into(head: Remark, after: str) -> Page[Remark]:
    """Remarks folded into a remark, in the order of receipt; for officers, hidden ones too."""
    folded = _with_names(Remark.objects.filter(folded_into=head.pk, comment__deleted_at=None))
    return page_of(folded, order=("pk",), after=after, size=PAGE_SIZE)


def kept_apart_from(head: Remark) -> list[KeptApart]:
    """Remarks that staff unfolded from it, the newest first; bounded."""
    apart = KeptApart.objects.filter(head=head.pk, remark__folded_into=None)
    named = apart.select_related("remark__comment__author", "remark__comment__organisation", "by")
    return list(named.order_by("-at", "-pk")[:PAGE_SIZE])


def repeats_context(shown: ShownRemark, after: str) -> dict[str, Any]:
    """Context of repeats on a remark's page: the people who say the same, or the remark that stands
    for it.
    """
    remark = shown.remark
    if remark.folded_into_id is not None:
        head = Remark.objects.filter(_SHOWN, pk=remark.folded_into_id).first()
        return {"repeated": head, "repeats": None}
    if not shown.repeats:
        return {"repeated": None, "repeats": None}
    folded = _with_names(Remark.objects.filter(_SHOWN, folded_into=remark.pk))
    page = page_of(folded, order=("pk",), after=after, size=PAGE_SIZE)
    named = [NamedRemark(each) for each in page]
    return {
        "repeated": None,
        "repeats": Page(named, page.next_cursor, page.previous_cursor),
    }
