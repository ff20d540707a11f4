"""The map of the city as it is drawn: paths of SVG, simplified to a few kilobytes.

Each process keeps the drawing while nothing of the council's own data changes
(core.domain.council.keep); reading it anew takes two queries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from city.maps import geojson
from city.maps.projection import Point, Projection, length_of, middle_of, path_of, simplify
from city.models import MapFeature, Street
from core.domain import council

Kind = MapFeature.Kind
#: Points of a drawing that all pages have: of areas, of lines and water, of streets. With them a
#: drawing takes less than 6 kB compressed (tests/city/test_map_drawing.py).
MOST_OF_AREAS, MOST_OF_LINES, MOST_OF_STREETS = 600, 250, 350
#: Units of the drawing (projection.SIDE): at 360 px a pixel is three of them.
_FINEST = 1.5
#: Streets that are drawn faintly are this long at least.
_SHORTEST_STREET = 12
#: Units that a letter of a label takes.
_LETTER = 18


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


@dataclass(frozen=True, slots=True)
class Line:
    """A river, a railway, a bus line; ``is_area``: a lake, which is filled."""

    kind: str
    path: str
    is_area: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A place."""

    name: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """The map of the city without anything marked on it."""

    width: int
    height: int
    areas: tuple[Area, ...] = ()
    lines: tuple[Line, ...] = ()
    places: tuple[Mark, ...] = ()
    #: The longest streets, as one path.
    streets: str = ""
    #: By the id of a street: its path, or the point of its middle where it has no line.
    street_paths: Mapping[int, str] = field(default_factory=dict)
    street_points: Mapping[int, Point] = field(default_factory=dict)


def drawing() -> Drawing | None:
    """The map of the city; None: the council has none. No query while it is kept."""
    version = council.council().map_version
    return council.keep(("map", version), _read) if version else None


def _read() -> Drawing | None:
    rows = list(
        MapFeature.objects.select_related("district").order_by("district__name_key", "name", "pk")
    )
    middles = Street.objects.filter(latitude__isnull=False, closed_at=None)
    return draw(rows, middles.values_list("pk", "longitude", "latitude"))


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
    return Drawing(
        projection.width,
        projection.height,
        areas=tuple(_areas(projection, [each for each in features if each.district])),
        lines=tuple(_other_lines(projection, features)),
        places=tuple(_places(projection, features)),
        streets=path_of(_longest([line for lines in streets.values() for line in lines])),
        street_paths={pk: path_of(lines) for pk, lines in streets.items() if lines},
        street_points={
            pk: point
            for pk, point in points.items()
            if not streets.get(pk) and projection.has(point)
        },
    )


def _areas(projection: Projection, districts: Sequence[MapFeature]) -> Iterator[Area]:
    rings = _fitted([_lines(projection, each) for each in districts], MOST_OF_AREAS)
    for each, lines in zip(districts, rings, strict=True):
        district = each.district
        if district is None or not lines:  # too small to be seen
            continue
        largest = max(lines, key=lambda ring: _width(ring) * _height(ring))
        x, y = middle_of(largest)
        yield Area(
            district.pk,
            district.name,
            district.slug,
            path_of(lines, closed=True),
            x,
            y,
            _label(district.name, largest),
        )


def _other_lines(projection: Projection, features: Iterable[MapFeature]) -> Iterator[Line]:
    """Water below railways below routes."""
    order = [Kind.WATER, Kind.RAILWAY, Kind.ROUTE]
    rows = [each for kind in order for each in features if each.kind == kind]
    fitted = _fitted([_lines(projection, each) for each in rows], MOST_OF_LINES)
    for each, lines in zip(rows, fitted, strict=True):
        is_area = each.geometry["type"] == "MultiPolygon"
        if lines:
            yield Line(each.kind, path_of(lines, closed=is_area), is_area)


def _places(projection: Projection, features: Iterable[MapFeature]) -> Iterator[Mark]:
    for each in features:
        if each.kind == Kind.PLACE:
            x, y = point = projection.point(*each.geometry["coordinates"])
            if projection.has(point):
                yield Mark(each.name, x, y)


def _lines(projection: Projection, feature: MapFeature) -> list[list[Point]]:
    """The lines of a feature, and the edges of its areas, that are long enough to be seen."""
    coordinates = feature.geometry["coordinates"]
    least = 2
    if feature.geometry["type"] == "MultiPolygon":
        coordinates, least = [ring for polygon in coordinates for ring in polygon], 4
    lines = (projection.line(line) for line in coordinates)
    return [line for line in lines if len(line) >= least]


def _fitted(groups: list[list[list[Point]]], most: int) -> list[list[list[Point]]]:
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
