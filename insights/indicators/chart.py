"""Geometry of the charts of indicators: a line over periods, and bars of parts.

Places are per cent of the plot, from the left and from the top; the templates draw it by SVG
attributes alone, with the same figures in a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.web.line_chart import LineChart
from insights.indicators.models import IndicatorValue

#: Of the height, what stays free above the highest thing.
_HEADROOM = 1.15


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart(LineChart):
    """A line through one point a period; ``goal``: the height of a goal in per cent, or None."""

    goal: float | None = None

    @property
    def area(self) -> str:
        return f"0,100 {self.line} 100,100"


def chart(facts: Sequence[IndicatorValue], goal: Decimal | None = None) -> Chart | None:
    """The chart of known totals, given in the order of their periods; None for fewer than two."""
    known = [(each.period_start, each.value) for each in facts if each.value is not None]
    if len(known) < 2:
        return None
    top = float(max(*(value for _day, value in known), goal or Decimal())) * _HEADROOM or 1.0
    first, span = known[0][0], (known[-1][0] - known[0][0]).days

    def y(value: Decimal) -> float:
        return round(100 - 100 * float(value) / top, 2)

    points = tuple((round(100 * (day - first).days / span, 2), y(value)) for day, value in known)
    return Chart(points=points, goal=None if goal is None else y(goal))


def widths(values: Sequence[Decimal | None]) -> list[float]:
    """The widths of bars in per cent of the longest; 0 for a hidden figure."""
    longest = max((float(value) for value in values if value is not None), default=0.0) or 1.0
    return [round(100 * float(value or 0) / longest, 1) for value in values]
