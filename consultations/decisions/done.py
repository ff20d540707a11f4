"""Remarks that the council accepted, the newest first: «You said – the council did»."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from django.db.models import F, OuterRef, QuerySet, Subquery

from consultations.decisions.models import Decision
from consultations.decisions.presenters import OUTCOME_KINDS
from consultations.decisions.sittings import Sitting, decisive
from consultations.dispositions.conditions import TAKEN, is_public
from consultations.models import Disposition, Remark
from core.db.paging import Page, page_of
from drafts.clauses.keys import anchor_of
from drafts.models import Clause

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

#: What was decided last stands first; an index has the order.
ORDER = ("-decided_at", "-remark_id")
SIZE = 10


class DoneFacts(TypedDict):
    """Facts read by ``accepted_dispositions`` beside a disposition's own columns."""

    clause_label: str | None
    clause_version: int | None
    outcome: str | None
    act: str | None
    roll_call_url: str | None


if TYPE_CHECKING:
    type DoneRow = WithAnnotations[Disposition, DoneFacts]


@dataclass(frozen=True, slots=True)
class ShownDone:
    """A remark that was taken into account, where it stands in the text, and what was decided."""

    disposition: Disposition
    #: Of the clause that it led to, in the newest version that has it.
    clause_label: str
    clause_url: str
    #: Of the decision; "" before there is one.
    outcome: str
    act: str
    #: The vote at which it was decided, where it was held here.
    sitting: Sitting | None = None

    @property
    def remark(self) -> Remark:
        return self.disposition.remark

    @property
    def outcome_kind(self) -> str:
        return OUTCOME_KINDS.get(self.outcome, "")

    @property
    def outcome_label(self) -> str:
        return str(Decision.Outcome(self.outcome).label) if self.outcome else ""


def published_wordings() -> QuerySet[Clause]:
    """The clause that a disposition led to in each published version, the newest first; for a
    subquery of ``accepted_dispositions``."""
    return Clause.objects.filter(
        key=OuterRef("resulting_key"),
        version__draft=OuterRef("remark__consultation__draft"),
        version__published_at__isnull=False,
    ).order_by("-version__number")


def accepted_dispositions(theme: str = "") -> QuerySet[DoneRow]:
    """Dispositions by which visible remarks were taken into account, as everybody may read them:
    approved, or with the published report."""
    clauses = published_wordings()
    found = Disposition.objects.filter(
        is_public("", "remark"),
        kind__in=TAKEN,
        remark__folded_into=None,
        remark__consultation__announced_at__isnull=False,
        remark__consultation__withdrawn_at=None,
    )
    if theme:
        found = found.filter(remark__consultation__themes__slug=theme)
    return (
        found.select_related(
            "remark__comment__author", "remark__comment__organisation", "remark__consultation"
        )
        .defer(
            "remark__comment__search",
            "remark__comment__html",
            "remark__comment__organisation__code_key",
            "remark__comment__organisation__contact",
            "remark__consultation__search",
        )
        .annotate(
            clause_label=Subquery(clauses.values("label")[:1]),
            clause_version=Subquery(clauses.values("version__number")[:1]),
            outcome=F("remark__consultation__decision__outcome"),
            act=F("remark__consultation__decision__number"),
            roll_call_url=F("remark__consultation__decision__roll_call_url"),
        )
    )


def newest(number: int) -> list[ShownDone]:
    """The newest ones: two queries, one where no decision names a roll-call."""
    return show_all(accepted_dispositions().order_by(*ORDER)[:number])


def page_of_taken(theme: str, after: str) -> Page[ShownDone]:
    """A page of all of them: two queries, one where no decision names a roll-call."""
    page = page_of(accepted_dispositions(theme), order=ORDER, after=after, size=SIZE)
    return Page(show_all(page), page.next_cursor, page.previous_cursor)


def show_all(found: Iterable[DoneRow], *, with_sittings: bool = True) -> list[ShownDone]:
    """Rows of ``accepted_dispositions`` as pages show them: one query where a decision
    names a roll-call, none without the sittings."""
    rows = list(found)
    if not with_sittings:
        return [_show(row, None) for row in rows]
    named = {row.remark.consultation_id: row.roll_call_url or "" for row in rows}
    sittings = decisive(named)
    return [_show(row, sittings.get(row.remark.consultation_id)) for row in rows]


def _show(row: DoneRow, sitting: Sitting | None) -> ShownDone:
    url = ""
    if row.clause_version is not None and row.resulting_key:
        page = row.remark.consultation.get_absolute_url()
        url = f"{page}?version={row.clause_version}#{anchor_of(row.resulting_key)}"
    return ShownDone(row, row.clause_label or "", url, row.outcome or "", row.act or "", sitting)
