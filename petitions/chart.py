"""The chart of signatures by day against the threshold (core.web.line_chart,
templates/petitions/chart.html)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from core.web.line_chart import HEADROOM, LineChart, add_up, points_of_totals


@dataclass(frozen=True, slots=True)
class Row:
    """A day: how many signed on it, and how many had by its end."""

    day: date
    signed: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart(LineChart):
    """The line of the totals; ``needed``: the threshold's place in per cent."""

    rows: tuple[Row, ...]
    first_day: date
    last_day: date
    needed: float

    @property
    def total(self) -> int:
        return self.rows[-1].total if self.rows else 0


def chart(
    days: Iterable[tuple[date, int]],
    *,
    first_day: date,
    last_day: date,
    today: date,
    threshold: int,
) -> Chart:
    """From days with signatures (in order) to what is drawn.

    The plot spans the days from ``first_day`` to ``last_day``, the whole time for collecting, or
    to ``today`` where somebody signed later; its line ends today, or on the last day.
    """
    rows = tuple(Row(*each) for each in add_up(days))
    last_day = max([last_day, first_day + timedelta(days=1), *(row.day for row in rows)])
    first_day = min([first_day, *(row.day for row in rows)])
    end = min(max([today, *(row.day for row in rows)]), last_day)
    span = (last_day - first_day).days + 1
    top = max(rows[-1].total if rows else 0, threshold) * HEADROOM

    def x(day: date, after: int = 1) -> float:
        return round(100 * ((day - first_day).days + after) / span, 2)

    def y(figure: int) -> float:
        return round(100 - 100 * figure / top, 2)

    points = points_of_totals(((x(row.day, 0), x(row.day), y(row.total)) for row in rows), x(end))
    return Chart(
        rows=rows,
        first_day=first_day,
        last_day=last_day,
        points=points,
        needed=y(threshold),
    )
