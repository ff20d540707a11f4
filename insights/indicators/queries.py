"""Queries of indicators: a fixed number for each page, however many figures there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from city.models import AgeGroup, District
from core.db.statements import AskedAnyOf, Statement
from core.domain import clock
from core.domain.calendar import local_date
from insights.indicators.models import Breakdown, Goal, IndicatorValue, Kind, YearReport
from insights.indicators.periods import PeriodKind

#: So many years stand on the overview's charts of months and quarters.
OVERVIEW_YEARS = 3


def values() -> QuerySet[IndicatorValue]:
    """All stored figures in a stable order, for open data; a hidden one has the value None. Iterate
    with ``.iterator()``."""
    return IndicatorValue.objects.order_by(
        "indicator", "period_start", "period_kind", "kind", "breakdown", "position", "pk"
    )


def today() -> date:
    return local_date(clock.now())


def newest_totals(on: date) -> dict[str, list[IndicatorValue]]:
    """The totals of the last years of each indicator, in the order of their periods. One query."""
    found: dict[str, list[IndicatorValue]] = defaultdict(list)
    since = date(on.year - OVERVIEW_YEARS, 1, 1)
    rows = values().filter(
        Q(period_kind=PeriodKind.YEAR) | Q(period_start__gte=since),
        breakdown="",
        kind=Kind.FACT,
        value__isnull=False,
    )
    for each in rows:
        found[each.indicator].append(each)
    return found


def newest_of(slugs: Iterable[str]) -> dict[str, IndicatorValue]:
    """The newest known total of each of these indicators. One query."""
    return {each.indicator: each for each in _NEWEST.all(slugs=list(slugs))}


_NEWEST = Statement(
    lambda: (
        IndicatorValue.objects.filter(
            indicator=AskedAnyOf("slugs"), breakdown="", kind=Kind.FACT, value__isnull=False
        )
        .order_by("indicator", "-period_start")
        .distinct("indicator")
    )
)


def totals_of(slug: str) -> list[IndicatorValue]:
    """All totals of an indicator, in the order of their periods. One query."""
    return list(values().filter(indicator=slug, breakdown=""))


def parts_of(slug: str) -> dict[Breakdown, list[IndicatorValue]]:
    """The newest figures of an indicator by all that it is split by. One query."""
    rows = values().filter(indicator=slug).exclude(breakdown="")
    newest = rows.order_by("-period_start").values("period_start")[:1]
    found: dict[Breakdown, list[IndicatorValue]] = defaultdict(list)
    for each in rows.filter(period_start=newest):
        found[Breakdown(each.breakdown)].append(each)
    return found


def goals_of_year(year: int) -> dict[str, Goal]:
    """The goals of a year by their indicators. One query."""
    return {goal.indicator: goal for goal in Goal.objects.filter(year=year)}


def goals_of(slug: str) -> list[Goal]:
    """The goals of an indicator, the newest year first. One query."""
    return list(Goal.objects.filter(indicator=slug).order_by("-year"))


@dataclass(frozen=True, slots=True)
class Populations:
    """Population of each district and age group, by the names of parts."""

    districts: dict[str, int]
    ages: dict[str, int]


def populations() -> Populations:
    """The populations that the council has entered. Two queries."""
    return Populations(
        {
            name: number
            for name, number in District.objects.values_list("name", "population")
            if number
        },
        {
            str(since): number
            for since, number in AgeGroup.objects.values_list("since", "population")
        },
    )


def published_reports() -> QuerySet[YearReport]:
    """Published yearly reports, the newest year first."""
    return YearReport.objects.filter(published_at__isnull=False)


def facts_of(values: Iterable[IndicatorValue]) -> list[IndicatorValue]:
    """The known totals that are not hidden."""
    return [each for each in values if each.kind == Kind.FACT and each.value is not None]
