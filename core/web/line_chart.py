"""Geometry of a line over time (templates/components/line_chart.html).

Places are per cent of the plot, from the left and from the top, so that the drawing can be of any
size; a template draws it by SVG attributes alone, and the same rows as a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

type Point = tuple[float, float]

#: Of the height, what stays free above the highest thing.
HEADROOM = 1.12


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart:
    """A drawn line through points, and the area below it."""

    points: tuple[Point, ...]

    @property
    def line(self) -> str:
        """As SVG of 100 × 100 has them."""
        return " ".join(f"{x:g},{y:g}" for x, y in self.points)

    @property
    def area(self) -> str:
        """Path of a line that begins at the left below."""
        return f"{self.line} {self.last_x:g},100"

    @property
    def last_x(self) -> float:
        return self.points[-1][0]

    @property
    def last_y(self) -> float:
        return self.points[-1][1]

    @property
    def label_goes_left(self) -> bool:
        """Its line ends so far to the right that words fit to the left of its end alone, and others
        stand clear of it at the other side."""
        return self.last_x > 60


def add_up[T](rows: Iterable[tuple[T, int]]) -> Iterator[tuple[T, int, int]]:
    """Each with the total by its end."""
    total = 0
    for when, number in rows:
        total += number
        yield when, number, total


def points_of_totals(steps: Iterable[tuple[float, float, float]], end: float) -> tuple[Point, ...]:
    """The points of a total that grows from the left below to ``end``. ``steps``: of each time in
    which it grew where it begins and ends, and how high the total is then."""
    points = [(0.0, 100.0)]
    for begin, stop, y in steps:
        if begin > points[-1][0]:  # nothing came before
            points.append((begin, points[-1][1]))
        points.append((stop, y))
    if end > points[-1][0]:
        points.append((end, points[-1][1]))
    return tuple(points)
