"""A hall's seats in half a circle, and a gauge above them with the mark of what a vote needs.

Pure geometry, in units of a display (core/displays/layout.py). Seats of one kind are one path of
points with round or square ends, so that 65 of them take less than a kilobyte of a frame.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, pi, sin

from core.displays.letters import width_of

#: How high it can be: the classes .display-hemicycle--30 … of css/display-meetings.css.
HEIGHTS = (34, 32, 30, 28, 26, 24, 22, 20, 18)
#: The gauge's width and the gap below it; above it stands the number of its mark.
_GAUGE, _GAP, _ABOVE = 1.3, 0.9, 2.7
#: Of the outer radius of the seats: where the inner row stands.
_INNER = 0.54
_MOST_ROWS = 9
#: From the middle to the seats there is so much room for the number and its words.
_HOLE = 5.6
#: A seat has its number where it is so wide.
_NUMBERED = 2.5
#: Of the distance between two seats: how wide a sign is, and its hole.
_SIGNS = {
    "for": (0.88, 0.0),
    "voted": (0.88, 0.0),
    "against": (0.7, 0.0),
    "abstained": (0.88, 0.44),
    "not_voting": (0.46, 0.0),
    "waiting": (0.46, 0.0),
    "absent": (0.24, 0.0),
}
#: The same with a number on each: those that are small otherwise are rings.
_SIGNS_NUMBERED = {
    "for": (0.9, 0.0),
    "voted": (0.9, 0.0),
    "against": (0.76, 0.0),
    "abstained": (0.9, 0.7),
    "not_voting": (0.82, 0.76),
    "waiting": (0.82, 0.76),
    "absent": (0.0, 0.0),
}


@dataclass(frozen=True, slots=True)
class Seat:
    """A place of half a circle: where it stands, ``row`` from the front, ``angle`` from the left
    (0) to the right (1)."""

    x: float
    y: float
    row: int
    angle: float


@dataclass(frozen=True, slots=True)
class Signs:
    """All seats of a kind as one path; ``hole``: the width of what is left out of each, or 0;
    ``numbers``: where the number of each stands, if they have any."""

    kind: str
    path: str
    width: float
    hole: float
    numbers: Sequence[tuple[float, float, int]] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of the gauge: from the gauge's inner side outwards, and its number."""

    x1: float
    y1: float
    x2: float
    y2: float
    x: float
    y: float
    number: int


@dataclass(frozen=True, slots=True)
class Hemicycle:
    """Data of templates/meetings/display_hemicycle.html; ``height`` is its class."""

    height: int
    width: float
    kinds: Sequence[Signs]
    gauge: str
    gauge_width: float
    filled: str
    mark: Mark | None
    middle: float
    given: int
    given_size: float
    words: str
    words_size: float
    words_y: float


def draw(
    kinds: Sequence[str],
    *,
    height: int,
    given: int,
    of: int,
    words: str,
    mark: int | None = None,
    numbers: Sequence[int] = (),
) -> Hemicycle:
    """Half a circle of seats. ``kinds``: of each from the left to the right, or, with the seats'
    ``numbers``, by these, row by row from the front. ``given`` of ``of`` fills the gauge, ``mark``
    is the number on it; ``words`` stand below the number in the middle."""
    radius = height - _ABOVE - _GAUGE / 2
    middle = float(height) + 2.0
    places, size = seats(len(kinds), height)
    if numbers:
        places = tuple(sorted(places, key=lambda place: (place.row, place.angle)))
    if size < _NUMBERED:
        numbers = ()
    by_kind: dict[str, list[tuple[Seat, int]]] = {}
    for at, (kind, place) in enumerate(zip(kinds, places, strict=True)):
        by_kind.setdefault(kind, []).append((place, numbers[at] if numbers else 0))
    # Within the inner row, one above the other.
    hole = (min(hypot(place.x, place.y) for place in places) if places else radius) - size / 2
    words_size = round(min(3.0, max(1.9, 1.8 * hole / width_of(words, is_bold=True))), 1)
    given_size = round(min(9.0, hole - words_size - 1.2), 1)
    return Hemicycle(
        height=height,
        width=2 * middle,
        kinds=[_signs(kind, found, size, middle) for kind, found in by_kind.items()],
        gauge=_arc(middle, height, radius, 1.0),
        gauge_width=_GAUGE,
        filled=_arc(middle, height, radius, min(given / of, 1.0)) if given else "",
        mark=_mark(middle, height, radius, mark, of) if mark and mark <= of else None,
        middle=middle,
        given=given,
        given_size=given_size,
        words=words,
        words_size=words_size,
        words_y=height - 0.2,
    )


@lru_cache(maxsize=64)
def seats(many: int, height: int) -> tuple[tuple[Seat, ...], float]:
    """Places of so many seats, from the left to the right, and their distance: in as many rows as
    leave them the most room. The middle of the circle is (0, ``height``).
    """
    outer = height - _ABOVE - _GAUGE - _GAP
    best: tuple[tuple[Seat, ...], float] = ((), 0.0)
    for rows in range(1, _MOST_ROWS + 1):
        found, size = _in_rows(many, rows, outer)
        if size > best[1]:
            best = found, size
    return best


def _in_rows(many: int, rows: int, outer: float) -> tuple[tuple[Seat, ...], float]:
    # The outer seats' own halves stand within.
    last = outer / (1 + (1 - _INNER) / (2 * max(rows, 2)))
    first = outer * _INNER
    step = (last - first) / (rows - 1) if rows > 1 else last
    radii = [first + step * row for row in range(rows)] if rows > 1 else [last]
    counts = _share(many, radii)
    apart = [pi * radius / count for radius, count in zip(radii, counts, strict=True) if count]
    size = min([2 * (radii[0] - _HOLE), *apart, *([step] if rows > 1 else [outer - last + 2]), 6.0])
    found = []
    for row, (radius, count) in enumerate(zip(radii, counts, strict=True)):
        for number in range(count):
            angle = (number + 0.5) / count
            x, y = -cos(pi * angle) * radius, -sin(pi * angle) * radius
            found.append(Seat(x, y, row, angle))
    return tuple(sorted(found, key=lambda seat: (seat.angle, seat.row))), size


def _share(many: int, radii: Sequence[float]) -> list[int]:
    """Share the seats among the rows by their length."""
    exact = [many * radius / sum(radii) for radius in radii]
    counts = [int(each) for each in exact]
    by_rest = sorted(range(len(radii)), key=lambda row: counts[row] - exact[row])
    for row in by_rest[: many - sum(counts)]:
        counts[row] += 1
    return counts


def _signs(kind: str, places: Sequence[tuple[Seat, int]], size: float, middle: float) -> Signs:
    signs = _SIGNS_NUMBERED if any(number for _place, number in places) else _SIGNS
    share, hole = signs.get(kind, signs["waiting"])
    height = middle - 2.0
    at = [(round(each.x + middle, 1), round(each.y + height, 1)) for each, _number in places]
    return Signs(
        kind,
        "".join(f"M{x} {y}h.01" for x, y in at) if share else "",
        round(size * share, 2),
        round(size * hole, 2),
        [
            (x, round(y + 0.65, 1), number)
            for (x, y), (_place, number) in zip(at, places, strict=True)
            if number
        ],
    )


def _at(middle: float, height: float, radius: float, share: float) -> tuple[float, float]:
    angle = pi * share
    return round(middle - cos(angle) * radius, 2), round(height - sin(angle) * radius, 2)


def _arc(middle: float, height: float, radius: float, share: float) -> str:
    x, y = _at(middle, height, radius, share)
    start, _same = _at(middle, height, radius, 0.0)
    return f"M{start} {height}A{radius:.2f} {radius:.2f} 0 0 1 {x} {y}"


def _mark(middle: float, height: float, radius: float, number: int, of: int) -> Mark:
    share = number / of
    x1, y1 = _at(middle, height, radius - _GAUGE, share)
    x2, y2 = _at(middle, height, radius + _GAUGE * 0.75, share)
    x, y = _at(middle, height, radius + _GAUGE * 0.75 + 1.2, share)
    return Mark(x1, y1, x2, y2, x, round(y + 0.75, 2), number)


def in_groups(groups: Mapping[str, int]) -> list[str]:
    """Names of groups in the order in which they sit: the largest first, no group last."""
    return sorted(groups, key=lambda name: (not name, -groups[name], name))
