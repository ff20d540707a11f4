"""Desk page of costs: the table for the М-тест of the report, its file, and notes."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.http import AuthenticatedHttpRequest
from consultations import pages
from consultations.costs import queries
from consultations.costs.models import Cost
from consultations.costs.table import ALL
from consultations.desk.queries import frame, load_worked_on
from consultations.presenters import ShownConsultation
from core.export.csv import CSV, written
from core.web.downloads import to_save
from organisations.models import Organisation


def _load_consultation(request: AuthenticatedHttpRequest, pk: int) -> ShownConsultation:
    shown = load_worked_on(request, pk)
    if not shown.consultation.procedure.is_about_business:
        raise Http404
    return shown


@login_required
@require_GET
def costs(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Ranges and medians by clause and size, and what organisations noted. rules.prepare."""
    shown = _load_consultation(request, pk)
    consultation = shown.consultation
    context = {
        **frame(shown, "costs"),
        "costs": queries.officers_table(consultation, pages.text_shown(consultation)),
        "notes": queries.notes(consultation),
        "for_officers": True,
    }
    return render(request, "consultations/desk_costs.html", context)


@login_required
@require_GET
def costs_csv(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The same table as a file for a spreadsheet. rules.prepare."""
    consultation = _load_consultation(request, pk).consultation
    table = queries.officers_table(consultation, pages.text_shown(consultation))
    rows: list[list[Any]] = [_heads()]
    for shown in table:
        place = shown.label or (
            _("a clause of an earlier version") if shown.key else _("the whole draft")
        )
        for row in shown.part.rows:
            size = Organisation.Size(row.size).label if row.size != ALL else _("all sizes")
            cells = [
                place,
                str(size),
                _("too few answers") if not row.is_told else row.organisations,
            ]
            for spread in row.spreads:
                cells += [spread.range.low, spread.range.high, spread.median]
            rows.append(cells)
    return to_save(written(rows), CSV, f"costs-{pk}.csv")


def _heads() -> list[str]:
    heads = [_("Clause"), _("Size"), _("Organisations")]
    names = {field.name: str(field.verbose_name) for field in Cost._meta.fields}
    for name in ("hours_once", "hours_yearly", "money_once", "money_yearly"):
        heads += [f"{names[name]}: {end}" for end in (_("from"), _("to"), _("median"))]
    return heads
