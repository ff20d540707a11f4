"""The published yearly report on public consultations: page and PDF."""

from __future__ import annotations

from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.export.pdf import as_file, pdf
from core.web.pages import shared_page
from insights.indicators import queries
from insights.indicators.models import YearReport
from insights.indicators.report import document_of, from_json, title_of
from insights.indicators.views import topics


@require_safe
@shared_page(topics)
def report(request: HttpRequest, year: int) -> HttpResponse:
    """The report of a year, once it is published. Anybody."""
    found = _published_report(year)
    context = {
        "report": found,
        "title": title_of(found),
        "blocks": from_json(found.content or []),
    }
    return render(request, "insights/report.html", context)


@require_safe
def report_pdf(request: HttpRequest, year: int) -> HttpResponse:
    """The same as PDF. Anybody."""
    found = _published_report(year)
    return as_file(_set(found.year, found.edition), f"consultations-{year}.pdf")


@lru_cache(maxsize=8)
def _set(year: int, edition: int) -> bytes:
    """The file of an edition, kept for those who ask for the same one."""
    found = YearReport.objects.get(year=year, edition=edition)
    return pdf(document_of(found, from_json(found.content or [])))


def _published_report(year: int) -> YearReport:
    return get_object_or_404(queries.published_reports(), year=year)
