"""From degrees to a flat drawing: projection, simplification, paths of SVG.

A city is small enough for the equirectangular projection: a degree of longitude is as long as one
of latitude times the cosine of the latitude in the middle of the drawing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, radians

#: Of the longer side of a drawing, in its own units.
SIDE = 1000
#: Left free at each edge.
MARGIN = 12

type Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Projection:
    """Degrees to units of a drawing that is ``width`` by ``height``; the north is above."""

    west: float
    north: float
    #: Units a degree.
    across: float
    down: float
    width: int
    height: int

    @classmethod
    def of(cls, positions: Iterable[Sequence[float]]) -> Projection:
        """The one in which all the positions (longitude, latitude) fit into SIDE by SIDE."""
        longitudes, latitudes = zip(*(position[:2] for position in positions), strict=True)
        west, east = min(longitudes), max(longitudes)
        south, north = min(latitudes), max(latitudes)
        narrow = cos(radians((south + north) / 2))
        longer = max((east - west) * narrow, north - south) or 0.01
        down = (SIDE - 2 * MARGIN) / longer
        return cls(
            west,
            north,
            down * narrow,
            down,
            round((east - west) * narrow * down) + 2 * MARGIN,
            round((north - south) * down) + 2 * MARGIN,
        )

    def point(self, longitude: float, latitude: float) -> Point:
        """A position in units of the drawing."""
        return (
            round((longitude - self.west) * self.across) + MARGIN,
            round((self.north - latitude) * self.down) + MARGIN,
        )

    def line(self, positions: Iterable[Sequence[float]]) -> list[Point]:
        """A line in units of the drawing, without points that fall on the one before."""
        points: list[Point] = []
        for longitude, latitude in positions:
            point = self.point(longitude, latitude)
            if not points or points[-1] != point:
                points.append(point)
        return points

    def has(self, point: Point) -> bool:
        """Whether the point lies within the drawing."""
        return 0 <= point[0] <= self.width and 0 <= point[1] <= self.height


def simplify(points: Sequence[Point], tolerance: float) -> list[Point]:
    """The line without the points that lie nearer than ``tolerance`` to what is left
    (Douglas and Peucker, 1973). The first and the last point stay."""
    if len(points) < 3:
        return list(points)
    kept = {0, len(points) - 1}
    waiting = [(0, len(points) - 1)]
    while waiting:
        first, last = waiting.pop()
        farthest, distance = first, tolerance
        for at in range(first + 1, last):
            away = _distance(points[at], points[first], points[last])
            if away > distance:
                farthest, distance = at, away
        if farthest != first:
            kept.add(farthest)
            waiting += [(first, farthest), (farthest, last)]
    return [points[at] for at in sorted(kept)]


def path_of(lines: Iterable[Sequence[Point]], *, closed: bool = False) -> str:
    """The attribute ``d`` of a path with these lines: relative steps, which compress best."""
    parts = []
    for line in lines:
        steps = [f"M{line[0][0]} {line[0][1]}l"]
        points = line[:-1] if closed else line
        last_x, last_y = line[0]
        for x, y in points[1:]:
            right, down = x - last_x, y - last_y
            steps.append(f"{'' if steps[-1].endswith('l') else ' '}{right} {down}")
            last_x, last_y = x, y
        parts.append("".join(steps) + ("z" if closed else ""))
    return "".join(parts)


def label_point(ring: Sequence[Point]) -> tuple[int, int]:
    """A point inside the ring for its name: the middle of the longest of nine level cuts through
    it. Cuts in the upper half win over longer ones below: what is marked lies mostly in the middle.
    """
    top, bottom = min(y for _x, y in ring), max(y for _x, y in ring)
    best, longest = ring[0], -1.0
    for step in range(3, 12):
        level = top + (bottom - top) * step / 14 + 0.5
        crossings = sorted(
            x + (level - y) * (other_x - x) / (other_y - y)
            for (x, y), (other_x, other_y) in zip(ring, [*ring[1:], ring[0]], strict=True)
            if (y <= level) != (other_y <= level)
        )
        for left, right in zip(crossings[::2], crossings[1::2], strict=False):
            weight = (right - left) * (1 - abs(step - 5) / 12)
            if weight > longest:
                best, longest = (round((left + right) / 2), round(level)), weight
    return best


def length_of(line: Sequence[Point]) -> float:
    """Length of a line, in units of the drawing."""
    return sum(hypot(x - other_x, y - other_y) for (x, y), (other_x, other_y) in pairwise(line))


def halfway(line: Sequence[Point]) -> Point:
    """The point of a line from which both its ends are as far along it."""
    left = length_of(line) / 2
    for (x, y), (other_x, other_y) in pairwise(line):
        step = hypot(x - other_x, y - other_y)
        if step and left <= step:
            part = left / step
            return round(x + (other_x - x) * part), round(y + (other_y - y) * part)
        left -= step
    return line[-1]


def _distance(point: Point, one: Point, other: Point) -> float:
    """From a point to the segment between two others."""
    right, down = other[0] - one[0], other[1] - one[1]
    squared = right * right + down * down
    if not squared:
        return hypot(point[0] - one[0], point[1] - one[1])
    along = ((point[0] - one[0]) * right + (point[1] - one[1]) * down) / squared
    along = min(1.0, max(0.0, along))
    return hypot(point[0] - one[0] - along * right, point[1] - one[1] - along * down)
