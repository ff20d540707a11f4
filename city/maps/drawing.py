"""The map of the city as it is drawn: paths of SVG, simplified to a few kilobytes.

Each process keeps the drawing while nothing of the council's own data changes
(core.domain.council.keep). After a change two queries read what the drawing shows of districts and
streets; it is drawn anew, with a third, only where that or the map has changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import cast

from city.maps import geojson
from city.maps.projection import (
    Point,
    Projection,
    halfway,
    label_point,
    length_of,
    path_of,
    simplify,
)
from city.models import District, MapFeature, Street
from core.domain import council

Kind = MapFeature.Kind
#: Points of a drawing that all pages have: of areas, of lines and water, of streets. With them a
#: drawing takes less than 6 kB compressed (tests/city/maps/test_map_drawing.py).
MOST_OF_AREAS, MOST_OF_LINES, MOST_OF_STREETS = 600, 250, 350
#: Units of the drawing (projection.SIDE): at 360 px a pixel is three of them.
_FINEST = 1.5
#: Streets that are drawn faintly are this long at least; of shorter ones than the other figure the
#: middle is marked, too.
_SHORTEST_STREET, _LONG_STREET = 12, 80
#: Units that a letter takes in a label of a district, and of a place; how high a line is.
_LETTER, _SMALL_LETTER, _LINE = 19, 16, 42
#: From the middle of a place to its name.
_AWAY = 16
#: Kinds of lines that are named below the map: one sees of water what it is.
_EXPLAINED = (Kind.RAILWAY, Kind.ROUTE)

#: What was drawn last, with what it shows: the map's version, districts, middles of streets.
_drawn: tuple[object, Drawing | None] | None = None
_drawing = Lock()

#: Left, top, right, bottom.
type Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Area:
    """A district: its path, and its name in lines that stand in it at ``x``, ``y``."""

    pk: int
    name: str
    slug: str
    path: str
    x: int
    y: int
    #: The name in one or two lines; none: it has no room there.
    lines: tuple[str, ...]
    name_en: str = ""
    lines_en: tuple[str, ...] = ()

    @property
    def local_lines(self) -> tuple[str, ...]:
        """The lines in the active language; in Ukrainian where English has no name or no room."""
        return self.lines if council.is_ukrainian() else self.lines_en or self.lines

    @property
    def local_name(self) -> str:
        """Its name for the list beside the map, in the active language."""
        return council.local_name(self.name, self.name_en)


@dataclass(frozen=True, slots=True)
class Line:
    """A river, a railway, a bus line; ``is_area``: a lake, which is filled."""

    kind: str
    path: str
    is_area: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A place, with its name on its right or ``is_left`` of it."""

    name: str
    x: int
    y: int
    is_left: bool = False


#: Compared as itself: it is kept, and so are the parts of pages that are drawn of it.
@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """The map of the city without anything marked on it."""

    width: int
    height: int
    areas: tuple[Area, ...] = ()
    lines: tuple[Line, ...] = ()
    places: tuple[Mark, ...] = ()
    #: The longest streets, as one path.
    streets: str = ""
    #: By the id of a street: its path; its middle; the same where it has no line or a short one.
    street_paths: Mapping[int, str] = field(default_factory=dict)
    street_middles: Mapping[int, Point] = field(default_factory=dict)
    street_points: Mapping[int, Point] = field(default_factory=dict)

    @property
    def key(self) -> list[tuple[str, str]]:
        """Legend of its lines: kinds with their names."""
        kinds = {line.kind for line in self.lines}
        return [(kind.value, str(kind.label)) for kind in _EXPLAINED if kind in kinds]


def drawing() -> Drawing | None:
    """The map of the city; None: the council has none. No query while it is kept."""
    version = council.council().map_version
    return council.keep(("map", version), lambda: _read(version)) if version else None


def _read(version: str) -> Drawing | None:
    """As it was drawn last where nothing that it shows has changed since; else drawn anew, once for
    all threads that ask."""
    global _drawn
    districts = District.objects.order_by("pk")
    streets = Street.objects.filter(latitude__isnull=False, closed_at=None).order_by("pk")
    middles = list(streets.values_list("pk", "longitude", "latitude"))
    shown = (version, list(districts.values_list("pk", "name", "name_en", "slug")), middles)
    with _drawing:
        if _drawn is None or _drawn[0] != shown:
            order = ("district__name_key", "name", "pk")
            rows = list(MapFeature.objects.select_related("district").order_by(*order))
            _drawn = shown, draw(rows, cast("Iterable[tuple[int, float, float]]", middles))
        return _drawn[1]


def draw(
    features: Sequence[MapFeature], middles: Iterable[tuple[int, float, float]] = ()
) -> Drawing | None:
    """Draw the features. ``middles``: id, longitude and latitude of streets."""
    framing = [each for each in features if each.kind == Kind.DISTRICT] or features
    if not framing:
        return None
    projection = Projection.of(
        position for each in framing for position in geojson.positions(each.geometry)
    )
    streets = {
        each.street_id: [simplify(line, _FINEST) for line in _lines(projection, each)]
        for each in features
        if each.kind == Kind.STREET and each.street_id
    }
    points = {pk: projection.point(*position) for pk, *position in middles}
    points |= {pk: halfway(max(lines, key=length_of)) for pk, lines in streets.items() if lines}
    middles_within = {pk: point for pk, point in points.items() if projection.has(point)}
    areas = tuple(_areas(projection, [each for each in features if each.district]))
    return Drawing(
        projection.width,
        projection.height,
        areas=areas,
        lines=tuple(_other_lines(projection, features)),
        places=tuple(_places(projection, features, areas)),
        streets=path_of(_longest([line for lines in streets.values() for line in lines])),
        street_paths={pk: path_of(lines) for pk, lines in streets.items() if lines},
        street_middles=middles_within,
        street_points={
            pk: point
            for pk, point in middles_within.items()
            if sum(map(length_of, streets.get(pk, ()))) < _LONG_STREET
        },
    )


def _areas(projection: Projection, districts: Sequence[MapFeature]) -> Iterator[Area]:
    rings = _fit_lines([_lines(projection, each) for each in districts], MOST_OF_AREAS)
    for each, lines in zip(districts, rings, strict=True):
        district = each.district
        if district is None or not lines:  # too small to be seen
            continue
        largest = max(lines, key=lambda ring: _width(ring) * _height(ring))
        x, y = label_point(largest)
        yield Area(
            district.pk,
            district.name,
            district.slug,
            path_of(lines, closed=True),
            x,
            y,
            _label(district.name, largest),
            district.name_en,
            _label(district.name_en, largest) if district.name_en else (),
        )


def _other_lines(projection: Projection, features: Iterable[MapFeature]) -> Iterator[Line]:
    """Water below railways below routes."""
    order = [Kind.WATER, Kind.RAILWAY, Kind.ROUTE]
    rows = [each for kind in order for each in features if each.kind == kind]
    fitted = _fit_lines([_lines(projection, each) for each in rows], MOST_OF_LINES)
    for each, lines in zip(rows, fitted, strict=True):
        is_area = each.geometry["type"] == "MultiPolygon"
        if lines:
            yield Line(each.kind, path_of(lines, closed=is_area), is_area)


def _places(
    projection: Projection, features: Iterable[MapFeature], areas: Iterable[Area]
) -> Iterator[Mark]:
    """Places whose names have room on one side of them: one without a name would say nothing."""
    taken = [_box_of(area) for area in areas if area.lines or area.lines_en]
    for each in features:
        if each.kind != Kind.PLACE:
            continue
        x, y = projection.point(*each.geometry["coordinates"])
        length = len(each.name) * _SMALL_LETTER + _AWAY
        for is_left in (False, True):
            start = x - length if is_left else x - _AWAY
            box = (start, y - _LINE // 2, start + length + _AWAY, y + _LINE // 2)
            is_inside = box[0] >= 0 and box[2] <= projection.width and projection.has((x, y))
            if is_inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                yield Mark(each.name, x, y, is_left)
                break


def _box_of(area: Area) -> Box:
    """Box of a district's label in either language; its first line stands on ``y``."""
    half = max(map(len, area.lines + area.lines_en)) * _LETTER // 2
    top = area.y - _LINE
    count = max(len(area.lines), len(area.lines_en))
    return (area.x - half, top, area.x + half, top + _LINE * count + 10)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _lines(projection: Projection, feature: MapFeature) -> list[list[Point]]:
    """The lines of a feature, and the edges of its areas, that are long enough to be seen."""
    coordinates = feature.geometry["coordinates"]
    least = 2
    if feature.geometry["type"] == "MultiPolygon":
        coordinates, least = [ring for polygon in coordinates for ring in polygon], 4
    lines = (projection.line(line) for line in coordinates)
    return [line for line in lines if len(line) >= least]


def _fit_lines(groups: list[list[list[Point]]], most: int) -> list[list[list[Point]]]:
    """Lines of several things, simplified until they have no more than ``most`` points in all;
    where there are too many things for that, the shortest lines are left out."""
    tolerance = _FINEST
    for _attempt in range(12):
        fitted = [[simplify(line, tolerance) for line in lines] for lines in groups]
        if sum(len(line) for lines in fitted for line in lines) <= most:
            break
        tolerance *= 1.4
    fitted = [[line for line in lines if _is_seen(line)] for lines in fitted]
    left = most
    kept = set()
    for line in sorted((line for lines in fitted for line in lines), key=length_of, reverse=True):
        left -= len(line)
        if left < 0:
            break
        kept.add(id(line))
    return [[line for line in lines if id(line) in kept] for lines in fitted]


def _is_seen(line: Sequence[Point]) -> bool:
    """Whether anything is left of it: an area has three corners."""
    return len(line) > 3 if line[0] == line[-1] else len(line) > 1


def _longest(lines: Iterable[list[Point]]) -> Iterator[list[Point]]:
    left = MOST_OF_STREETS
    for line in sorted(lines, key=length_of, reverse=True):
        left -= len(line)
        if left < 0 or length_of(line) < _SHORTEST_STREET:
            return
        yield line


def _label(name: str, ring: Sequence[Point]) -> tuple[str, ...]:
    """The name in one or two lines, where the ring has room for it."""
    room = _width(ring) / _LETTER
    if len(name) <= room:
        return (name,)
    words = name.split()
    halves = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    best = min(halves, key=lambda pair: max(map(len, pair)), default=None)
    return best if best and max(map(len, best)) <= room else ()


def _width(ring: Sequence[Point]) -> int:
    return max(x for x, _y in ring) - min(x for x, _y in ring)


def _height(ring: Sequence[Point]) -> int:
    return max(y for _x, y in ring) - min(y for _x, y in ring)
