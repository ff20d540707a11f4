"""The map with something marked on it: a district, streets, numbered things of a list, or how many
things each district has.

``locate``, ``number`` and ``count`` return None where there is no map, or nothing of it can be
marked: then the page shows its places in words alone, as without a map.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Any

from city.maps.drawing import Area, Drawing, drawing
from city.maps.projection import Point
from core.domain import council

#: How wide the disc of a number is, in units of the drawing.
MARK = 64
#: How many shades of districts there are (static/css/map.css).
SHADES = 4


@dataclass(frozen=True, slots=True)
class LocatedMap:
    """The drawing, the district that is marked, paths and points of streets that are."""

    drawing: Drawing
    attribution: str
    district_ids: tuple[int, ...] = ()
    paths: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    #: The streets as they were given, for the list beside the map.
    streets: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Numbered:
    """A thing of a list whose number stands on the map, at ``x``, ``y``."""

    number: int
    thing: Any
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class NumberedMap:
    """The drawing with things of a list numbered on it: ``marks``, and the districts and streets in
    which they are."""

    drawing: Drawing
    attribution: str
    marks: tuple[Numbered, ...]
    district_ids: tuple[int, ...]
    paths: tuple[str, ...]
    streets: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class CountedArea:
    """A district with how many things it has, and which of SHADES that is (0: none)."""

    area: Area
    number: int
    shade: int


@dataclass(frozen=True, slots=True)
class CountedMap:
    """The drawing with its districts counted; ``in_others``: things of districts without an outline
    on it, ``in_none``: of none, which concern the whole city."""

    drawing: Drawing
    attribution: str
    areas: tuple[CountedArea, ...]
    in_others: int
    in_none: int


def locate(district_id: int | None, streets: Mapping[int, Any]) -> LocatedMap | None:
    """The map with a district and streets marked; ``streets``: by their ids, what the list beside
    the map shows. No query while the drawing is kept."""
    if (district_id is None and not streets) or (drawn := drawing()) is None:
        return None
    paths = tuple(drawn.street_paths[pk] for pk in streets if pk in drawn.street_paths)
    points = tuple(drawn.street_points[pk] for pk in streets if pk in drawn.street_points)
    is_drawn = any(area.pk == district_id for area in drawn.areas)
    if not (is_drawn or paths or points):
        return None
    shown = (district_id,) if is_drawn and district_id is not None else ()
    return LocatedMap(drawn, attribution(), shown, paths, points, tuple(streets.values()))


def number(things: Iterable[Any]) -> NumberedMap | None:
    """The map with the things numbered from 1 that have a ``street`` or a ``district`` on it, in
    their order. No query while the drawing is kept, if both are read with the things."""
    placed = [each for each in things if each.street_id or each.district_id]
    if not placed or (drawn := drawing()) is None:
        return None
    areas = {area.pk: (area.x, area.y) for area in drawn.areas}
    spots = [
        (each, drawn.street_middles.get(each.street_id) or areas.get(each.district_id))
        for each in placed
    ]
    marks: list[Numbered] = []
    for thing, spot in spots:
        if spot is not None:
            marks.append(Numbered(len(marks) + 1, thing, *_beside(marks, spot, drawn.width)))
    if not marks:
        return None
    shown = [mark.thing for mark in marks]
    streets = {each.street_id: each.street for each in shown if each.street_id}
    return NumberedMap(
        drawn,
        attribution(),
        tuple(marks),
        district_ids=tuple({each.district_id: 0 for each in shown if each.district_id}),
        paths=tuple(drawn.street_paths[pk] for pk in streets if pk in drawn.street_paths),
        streets=tuple(streets.values()),
    )


def _beside(marks: Sequence[Numbered], spot: Point, width: int) -> Point:
    """The spot, or the nearest one on its level that covers no mark and lies within the drawing."""
    x, y = spot
    for step in range(2 * len(marks) + 1):
        moved = x + (step + 1) // 2 * MARK * (1 if step % 2 else -1)
        is_free = all(hypot(moved - mark.x, y - mark.y) >= MARK for mark in marks)
        if is_free and MARK // 2 <= moved <= width - MARK // 2:
            return moved, y
    return spot


def count(numbers: Mapping[int | None, int]) -> CountedMap | None:
    """The map with how many things each district has. ``numbers``: by the district's id; under
    None those of no district. None where no district of the map has any."""
    if not any(numbers.values()) or (drawn := drawing()) is None:
        return None
    most = max((numbers.get(area.pk, 0) for area in drawn.areas), default=0)
    if not most:
        return None
    areas = tuple(
        CountedArea(area, number, -(-number * SHADES // most))
        for area in drawn.areas
        for number in [numbers.get(area.pk, 0)]
    )
    in_none = numbers.get(None, 0)
    in_others = sum(numbers.values()) - in_none - sum(each.number for each in areas)
    return CountedMap(drawn, attribution(), areas, in_others, in_none)


def attribution() -> str:
    """Whose data the map is: what is stored, else the council."""
    row = council.local_council()
    return row.map_attribution or row.council
