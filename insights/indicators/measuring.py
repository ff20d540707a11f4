"""Measure closed periods and store the figures, once each."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import Min
from django.utils import translation

from accounts.models import User
from core.domain import clock
from core.domain.actions import action
from core.domain.calendar import local_date
from core.domain.each import run_for_each
from core.domain.topics import raise_topic
from insights.indicators.models import IndicatorValue, Kind, Source, YearReport
from insights.indicators.periods import Period, PeriodKind, closed_periods
from insights.indicators.registry import Indicator, Measured, indicators

#: The topic that every change of figures, goals and reports raises.
TOPIC = "indicators"
#: So many closed periods are measured where their figures are missing.
MOST_BACK = {PeriodKind.MONTH: 13, PeriodKind.QUARTER: 8, PeriodKind.YEAR: 2}


def measure_closed(today: date) -> int:
    """Measure the closed periods that have no figure yet; returns how many were measured.

    A figure is stored once and never measured again: what it was counted from may be emptied after
    its term. What was imported for the period stays, too. Nothing is measured before the first
    person had an account here. Two queries, and those of each missing figure.
    """
    since = _first_day()
    if since is None:
        return 0
    known = set(
        IndicatorValue.objects.filter(kind=Kind.FACT, breakdown="").values_list(
            "indicator", "period_kind", "period_start"
        )
    )
    with translation.override(settings.LANGUAGE_CODE):
        return run_for_each(
            indicators(), partial(_measure, today, since, known), what="Measuring an indicator"
        )


def _first_day() -> date | None:
    """The day on which the first person had an account here. One query."""
    begun: dict[str, Any] = User.objects.aggregate(first=Min("date_joined"))
    return local_date(begun["first"]) if begun["first"] else None


def _measure(today: date, since: date, known: set[Any], indicator: Indicator) -> int:
    """Measure and store the closed periods of one indicator that are not known."""
    periods = closed_periods(
        indicator.period,
        today - indicator.ready_after,
        since=since,
        most=MOST_BACK[indicator.period],
    )
    return sum(
        _store(indicator, period, indicator.measure(period))
        for period in reversed(periods)
        if (indicator.slug, indicator.period.value, period.first) not in known
    )


def _store(indicator: Indicator, period: Period, found: list[Measured]) -> bool:
    """Store measured figures; returns whether there were any. Figures that another worker has
    stored stay."""
    rows = values_of(indicator, period, found)
    if not rows:
        return False
    with action():
        IndicatorValue.objects.bulk_create(rows, ignore_conflicts=True)
        raise_topic(TOPIC, "Measured", f"{indicator.slug}:{period.code}")
    return True


def values_of(indicator: Indicator, period: Period, found: list[Measured]) -> list[IndicatorValue]:
    """The rows of what was measured, the parts in their order."""
    return [
        IndicatorValue(
            indicator=indicator.slug,
            period_kind=period.kind,
            period_start=period.first,
            kind=Kind.FACT,
            breakdown=each.breakdown,
            part=each.part,
            position=place,
            value=each.value,
            source=Source.MEASURED,
            note=each.note,
        )
        for place, each in enumerate(found)
    ]


def begin_report(today: date) -> bool:
    """Create the report of last year, so that its deadline is shown at the desk; returns whether it
    was new. None is created for a year in which nobody had an account here."""
    year, since = today.year - 1, _first_day()
    if since is None or since.year > year:
        return False
    _report, is_new = YearReport.objects.get_or_create(
        year=year, defaults={"due_on": YearReport.last_day_for(year)}
    )
    return is_new


def measure_now() -> None:
    """Measure and begin the report: the body of the nightly job."""
    today = local_date(clock.now())
    measure_closed(today)
    begin_report(today)
