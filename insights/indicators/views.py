"""The public pages of indicators: all of them, one, its figures as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.export.csv import as_csv
from core.web.pages import shared_page
from insights.indicators import exports, queries
from insights.indicators.measuring import TOPIC
from insights.indicators.presenters import cards, indicator_context
from insights.indicators.registry import indicator_of


def topics(**_kwargs: object) -> list[str]:
    return [TOPIC]


@require_safe
@shared_page(topics)
def overview(request: HttpRequest) -> HttpResponse:
    """Indicators of the city, each with its newest figure and goal. Anybody."""
    today = queries.today()
    context = {
        "groups": cards(queries.newest_totals(today), queries.goals_of_year(today.year)),
        "year": today.year,
        "reports": queries.published_reports().only("year", "published_at"),
    }
    return render(request, "insights/overview.html", context)


@require_safe
@shared_page(topics)
def indicator(request: HttpRequest, slug: str) -> HttpResponse:
    """One indicator over time, with its goals and what it is split by. Anybody."""
    return render(request, "insights/indicator.html", indicator_context(indicator_of(slug)))


@require_safe
def indicator_csv(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """All its figures as CSV. Anybody."""
    values = queries.values().filter(indicator=slug).iterator()
    return as_csv(exports.HEAD, exports.rows(values), f"{slug}.csv")
