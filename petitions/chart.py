"""The chart of signatures by day against the threshold: coordinates for SVG.

Places are per cent of the plot, from the left and from the top, so that the drawing can be of any
size; templates/petitions/chart.html draws it with SVG attributes alone, and the same rows as a
table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

#: Of the height, what stays free above the highest thing.
_HEADROOM = 1.12


@dataclass(frozen=True, slots=True)
class Row:
    """A day: how many signed on it, and how many had by its end."""

    day: date
    signed: int
    total: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Data of the drawing. ``line``: the points of the totals, for SVG of 100 × 100; ``area``:
    those of the area below; ``needed``, ``last_x`` and ``last_y``: places in per cent.
    """

    rows: tuple[Row, ...]
    first_day: date
    last_day: date
    line: str
    area: str
    needed: float
    last_x: float
    last_y: float

    @property
    def total(self) -> int:
        return self.rows[-1].total if self.rows else 0

    @property
    def last_is_right(self) -> bool:
        """Its line ends so far to the right that words fit to the left of its end alone, and
        those about what is needed stand clear of it at the other side."""
        return self.last_x > 60


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
    rows = tuple(_add_up(days))
    last_day = max([last_day, first_day + timedelta(days=1), *(row.day for row in rows)])
    first_day = min([first_day, *(row.day for row in rows)])
    end = min(max([today, *(row.day for row in rows)]), last_day)
    span = (last_day - first_day).days + 1
    top = max(rows[-1].total if rows else 0, threshold) * _HEADROOM

    def x(day: date, after: int = 1) -> float:
        return round(100 * ((day - first_day).days + after) / span, 2)

    def y(figure: int) -> float:
        return round(100 - 100 * figure / top, 2)

    points = [(0.0, 100.0)]
    for row in rows:
        if x(row.day, 0) > points[-1][0]:  # nobody signed on the days before
            points.append((x(row.day, 0), points[-1][1]))
        points.append((x(row.day), y(row.total)))
    if x(end) > points[-1][0]:
        points.append((x(end), points[-1][1]))
    return Chart(
        rows,
        first_day,
        last_day,
        line=_join_points(points),
        area=_join_points([*points, (points[-1][0], 100.0)]),
        needed=y(threshold),
        last_x=points[-1][0],
        last_y=points[-1][1],
    )


def _add_up(days: Iterable[tuple[date, int]]) -> Iterable[Row]:
    total = 0
    for day, signed in days:
        total += signed
        yield Row(day, signed, total)


def _join_points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)
