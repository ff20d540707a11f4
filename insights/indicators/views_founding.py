"""The founding table: page, CSV, PDF."""

from __future__ import annotations

from functools import lru_cache

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from core.export.csv import as_csv
from core.export.pdf import as_file, pdf
from core.web.pages import shared_page
from insights.indicators import founding
from insights.indicators.forms import YearsForm
from insights.indicators.queries import today
from insights.indicators.views import topics


@require_safe
@shared_page(topics)
def founding_page(request: HttpRequest) -> HttpResponse:
    """The two indicators of the founding programme by years; ``?from=2015&to=2026``. Anybody."""
    form, years = _asked_years(request)
    table = founding.founding_table(*years) if years else None
    context = {"form": form, "table": table, "query": _query(years)}
    return render(request, "insights/founding.html", context)


@require_safe
def founding_csv(request: HttpRequest) -> StreamingHttpResponse | HttpResponse:
    """The same as CSV, in the words of the page. Anybody; 400 for years that cannot be shown."""
    form, years = _asked_years(request)
    if years is None or form.errors:
        return _refuse_form(form)
    table = founding.founding_table(*years)
    return as_csv(founding.csv_head(table), founding.csv_rows(table), "founding-table.csv")


@require_safe
def founding_pdf(request: HttpRequest) -> HttpResponse:
    """The same as PDF. Anybody; 400 for years that cannot be shown."""
    form, years = _asked_years(request)
    if years is None or form.errors:
        return _refuse_form(form)
    made = _set(founding.founding_table(*years), get_language() or "uk")
    return as_file(made, "founding-table.pdf")


@lru_cache(maxsize=8)
def _set(table: founding.FoundingTable, language: str) -> bytes:
    """The file of a table, kept for those who ask for the same one."""
    return pdf(founding.document_of(table, language))


def _asked_years(request: HttpRequest) -> tuple[YearsForm, tuple[int, int] | None]:
    """The form, and the years to show: those asked for, else those with figures."""
    this_year = today().year
    known = founding.known_years() or (this_year - 4, this_year)
    asked = any(name in request.GET for name in ("from", "to"))
    form = YearsForm(request.GET if asked else None, known=known)
    if asked and form.is_valid():
        return form, form.years
    return form, known


def _refuse_form(form: YearsForm) -> HttpResponse:
    sentences = [str(words) for errors in form.errors.values() for words in errors]
    return HttpResponse("\n".join(sentences), status=400, content_type="text/plain; charset=utf-8")


def _query(years: tuple[int, int] | None) -> str:
    return f"?from={years[0]}&to={years[1]}" if years else ""
