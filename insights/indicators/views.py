"""The public pages of indicators: all of them, one, its figures as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.export.csv import as_csv
from core.web.pages import shared_page
from insights.indicators import queries
from insights.indicators.measure_change import MeasureChange, find_measure_change
from insights.indicators.measuring import TOPIC
from insights.indicators.models import IndicatorValue
from insights.indicators.presenters import cards, indicator_context
from insights.indicators.registry import indicator_of

#: The columns of an indicator’s file, the same in every language (docs/indicators.md).
_COLUMNS = ("period", "kind", "breakdown", "part", "value", "source", "note", "measure_change")


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
    change = find_measure_change(indicator_of(slug), queries.totals_of(slug))
    values = queries.values().filter(indicator=slug).iterator()
    return as_csv(_COLUMNS, _rows(values, change), f"{slug}.csv")


def _rows(
    values: Iterable[IndicatorValue], change: MeasureChange | None
) -> Iterator[tuple[Any, ...]]:
    """A line for each figure; the value with a point, empty where it is not shown."""
    for each in values:
        yield (
            each.period.code,
            each.kind,
            each.breakdown,
            each.part,
            "" if each.value is None else f"{each.value.normalize():f}",
            each.source,
            each.note,
            change.words if change and change.is_told_at(each.period_start) else "",
        )
