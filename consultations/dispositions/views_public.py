"""The public page of dispositions: what became of every remark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations import pages
from consultations.dispositions import queries
from consultations.dispositions.conditions import article_of, public_disposition
from consultations.dispositions.forms import clause_names
from consultations.dispositions.models import Disposition
from consultations.dispositions.presenters import STATUS, ShownDisposition
from consultations.dispositions.queries import Row
from consultations.presenters import ShownConsultation
from consultations.views import load_consultation, topic_of_page
from core.db.paging import neighbours
from core.web.pages import shared_page

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class PublicRow:
    """A remark with its disposition; of a hidden one that is not considered: None, and the article
    that says so."""

    row: Row
    settled: ShownDisposition | None
    article: str


@dataclass(frozen=True, slots=True)
class Bar:
    """Number of remarks with a disposition; ``percent`` of all that have one."""

    label: str
    status: str
    number: int
    percent: int


@require_safe
@shared_page(topic_of_page)
def dispositions(request: HttpRequest, pk: int) -> HttpResponse:
    """Dispositions of all remarks, as far as they are public. Anybody."""
    shown = load_consultation(request, pk)
    context = _context(shown, request.GET)
    return render(request, "consultations/dispositions.html", context)


def _context(shown: ShownConsultation, query: QueryDict) -> dict[str, Any]:
    consultation = shown.consultation
    text = queries.newest_text(consultation)
    kind = query.get("kind", "")
    kind = kind if kind in Disposition.Kind.values else ""
    names = clause_names(text.version_id) if text else {}
    clauses = [(str(key), name) for key, name in names.items()]
    clause = query.get("clause", "")
    clause = clause if clause in dict(clauses) else ""
    rows = queries.public_rows(consultation)
    if kind:
        rows = queries.with_kind(rows, kind)
    if clause:
        rows = rows.at_clause(UUID(clause))
    page = queries.drawable_page(rows, after=query.get("after"), size=PAGE_SIZE)
    counts = queries.counts_by_kind(consultation)
    return {
        **pages.consultation_context(shown),
        "rows": [_show(shown, row) for row in queries.show_rows(page, text)],
        "bars": _bars(counts),
        "total": sum(counts.values()),
        "kinds": _tabs(query, kind, counts),
        "clauses": clauses,
        "clause": clause,
        "kind": kind,
        **neighbours(page, query),
    }


def _show(shown: ShownConsultation, row: Row) -> PublicRow:
    row.remark.consultation = shown.consultation
    public = public_disposition(row.remark, row.disposition, shown.consultation.reported_at)
    key = public.resulting_key if public else None
    labels = {key: row.resulting_label} if key else {}
    settled = ShownDisposition.of(row.remark, public, labels) if public else None
    return PublicRow(row, settled, article_of(row.remark))


def _bars(counts: dict[str, int]) -> list[Bar]:
    total = sum(counts.values()) or 1
    return [
        Bar(str(kind.label), STATUS[kind], number, round(100 * number / total))
        for kind in Disposition.Kind
        for number in [counts.get(kind, 0)]
    ]


def _tabs(query: QueryDict, chosen: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    """Dispositions as filters, for components/tabs."""
    kinds: list[tuple[str, str, int]] = [("", _("All"), sum(counts.values()))]
    kinds += [(kind, capfirst(str(kind.label)), counts.get(kind, 0)) for kind in Disposition.Kind]
    tabs = []
    for kind, label, count in kinds:
        asked = query.copy()
        asked.pop("after", None)
        asked["kind"] = kind
        url = f"?{asked.urlencode()}"
        tabs.append({"label": label, "url": url, "current": kind == chosen, "count": count})
    return tabs
