"""Geometry of the bar chart of a month's days; the template draws it by SVG attributes."""

from __future__ import annotations

import calendar as gregorian
from collections.abc import Sequence
from dataclasses import dataclass

from insights.visits.queries import DayVisitors


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar, in hundredths of the plot's width and height from its top left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars of the days of a month; ``most`` is the number that the highest one stands for."""

    bars: tuple[Bar, ...]
    most: int
    first_day: int
    last_day: int


def draw_days(days: Sequence[DayVisitors]) -> BarChart | None:
    """A bar for each day on which somebody came, at its place in the month; None without any."""
    if not days:
        return None
    last = gregorian.monthrange(days[0].day.year, days[0].day.month)[1]
    most = max(each.count for each in days)
    step = 100 / last
    bars = tuple(
        Bar(
            x=(each.day.day - 1) * step + step * 0.1,
            y=100 - 100 * each.count / most if most else 100,
            width=step * 0.8,
            height=100 * each.count / most if most else 0,
        )
        for each in days
    )
    return BarChart(bars, most, 1, last)
