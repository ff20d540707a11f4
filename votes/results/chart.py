"""Geometry of the chart of turnout over time.

Places are per cent of the plot, from the left and from the top; templates/votes/turnout_chart.html
draws it by SVG attributes alone, and the same rows as a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

#: Of the height, what stays free above the highest thing.
_HEADROOM = 1.12
_LENGTHS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A step of the time: how many voted in it, and how many had by its end."""

    moment: datetime
    voted: int
    total: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Data of the drawing. ``line``: the points of the totals, for SVG of 100 × 100; ``area``:
    those of the area below; ``last_x`` and ``last_y``: places in per cent; ``step``: minute, hour,
    day.
    """

    step: str
    rows: tuple[Row, ...]
    first: datetime
    last: datetime
    line: str
    area: str
    last_x: float
    last_y: float

    @property
    def total(self) -> int:
        return self.rows[-1].total

    @property
    def is_by_days(self) -> bool:
        return self.step == "day"

    @property
    def last_is_right(self) -> bool:
        """Its line ends so far to the right that words fit to the left of its end alone."""
        return self.last_x > 60


def chart(
    over_time: dict[str, Any], *, opens_at: datetime, closes_at: datetime, now: datetime
) -> Chart | None:
    """From what was counted (votes/results/result.py) to what is drawn: the plot spans the whole
    poll, its line ends now or at the close. None before the first vote."""
    if not over_time["rows"]:
        return None
    rows = tuple(_add_up(over_time["rows"]))
    length = _LENGTHS[over_time["step"]]
    first, last = min(opens_at, rows[0].moment), max(closes_at, rows[-1].moment + length)
    span = last - first
    top = rows[-1].total * _HEADROOM

    def x(moment: datetime) -> float:
        return round(100 * min(max((moment - first) / span, 0.0), 1.0), 2)

    def y(number: int) -> float:
        return round(100 - 100 * number / top, 2)

    points = [(0.0, 100.0)]
    for row in rows:
        if x(row.moment) > points[-1][0]:  # nobody voted in the steps before
            points.append((x(row.moment), points[-1][1]))
        points.append((x(min(row.moment + length, max(now, row.moment))), y(row.total)))
    if x(min(now, last)) > points[-1][0]:
        points.append((x(min(now, last)), points[-1][1]))
    return Chart(
        over_time["step"],
        rows,
        first,
        last,
        line=_format_points(points),
        area=_format_points([*points, (points[-1][0], 100.0)]),
        last_x=points[-1][0],
        last_y=points[-1][1],
    )


def _add_up(rows: Iterable[Sequence[Any]]) -> Iterable[Row]:
    total = 0
    for moment, voted in rows:
        total += voted
        yield Row(datetime.fromisoformat(moment), voted, total)


def _format_points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)
