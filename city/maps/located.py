"""The map with something marked on it: a district, streets, or how many things each district has.

``locate`` and ``count`` return None where there is no map, or nothing of it can be marked: then the
page shows its places in words alone, as without a map.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from city.maps.drawing import Area, Drawing, drawing
from city.maps.projection import Point
from core.domain import council

#: How many shades of districts there are (static/css/map.css).
SHADES = 4


@dataclass(frozen=True, slots=True)
class LocatedMap:
    """The drawing, the district that is marked, paths and points of streets that are."""

    drawing: Drawing
    attribution: str
    district_id: int | None = None
    paths: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    #: The streets as they were given, for the list beside the map.
    streets: tuple[Any, ...] = ()


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
    shown = district_id if is_drawn else None
    return LocatedMap(drawn, attribution(), shown, paths, points, tuple(streets.values()))


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
