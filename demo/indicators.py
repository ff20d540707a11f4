"""The demo city's indicators: the figures of the founding programme, and invented measured ones."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from accounts.models import User
from appeals.models import FiguresEdition
from core.domain import clock
from core.domain.calendar import local_date
from demo import content
from insights.indicators import actions, loading
from insights.indicators.measuring import values_of
from insights.indicators.models import Breakdown, Goal, IndicatorValue, YearReport
from insights.indicators.periods import Period, PeriodKind
from insights.indicators.registry import Measured, indicator_of
from insights.indicators.report import held_in
from insights.indicators.small import hide_small

_FILE, _PAST = "indicators.toml", "indicators.csv"
#: Measured from what the demo city holds.
_COUNTED = ("appeals", "appeals-on-time", "appeals-days")


def load_indicators(people: Mapping[str, User]) -> None:
    """Load past and recent figures, this year's goals and the last report.

    The last month's visitors are those of load_visits, which goes before.
    """
    actions.import_values(loading.read(content.ROOT.joinpath(_PAST).read_bytes()))
    today = local_date(clock.now())
    _store("visitors", Period.of(PeriodKind.MONTH, today).former)
    for row in content.rows("series", _FILE):
        period = Period.of(indicator_of(row["indicator"]).period, today)
        for _period in range(row.get("periods_ago", 1)):
            period = period.former
        _load_series(row, period)
    for slug in _COUNTED:
        for first in FiguresEdition.objects.values_list("first", flat=True):
            _store(slug, Period(PeriodKind.QUARTER, first))
    for slug in ("average-visitors", "services-offered"):
        _store(slug, Period.of(PeriodKind.YEAR, today).former)
    for row in content.rows("goal", _FILE):
        Goal.objects.create(year=today.year, **row)
    year = today.year - 1
    report = YearReport.objects.create(year=year, due_on=YearReport.last_day_for(year))
    texts = content.table(_FILE)["report"]
    words = texts["influence" if held_in(report.year) else "none_held"].strip()
    report = actions.save_report(report, by=people["ofi"], influence=words)
    actions.publish_report(report, by=people["ofi"])


def _load_series(row: Mapping[str, Any], period: Period) -> None:
    """The values of the last periods, and the parts of the last one."""
    indicator = indicator_of(row["indicator"])
    parts = [
        Measured(value, Breakdown(part["breakdown"]), name)
        for part in row.get("part", ())
        for name, value in hide_small(part["values"]).items()
    ]
    for value in reversed(row["values"]):
        found = [Measured(Decimal(str(value))), *parts]
        IndicatorValue.objects.bulk_create(values_of(indicator, period, found))
        period, parts = period.former, []


def _store(slug: str, period: Period) -> None:
    indicator = indicator_of(slug)
    found = indicator.measure(period)
    IndicatorValue.objects.bulk_create(values_of(indicator, period, found))
