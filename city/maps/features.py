"""The council's own outlines as GeoJSON, to be marked on tiles (static/js/tiled-map.js).

The answer is the same on pages of every language: ``name_en`` is empty where there is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import cos, radians
from typing import Any

from city.maps import geojson
from city.maps.projection import simplify
from city.models import District, MapFeature, Street
from core.domain import council

Kind = MapFeature.Kind
#: Points of all outlines, which take 5 bytes each compressed; and of the streets of one answer.
MOST_POSITIONS = 8_000
#: Units a degree of latitude: one is 1.1 m, less than a pixel where a map is nearest.
_UNITS = 100_000
_FINEST = 1.5


def load_features(streets: Sequence[int]) -> list[dict[str, Any]]:
    """Districts with their outlines, and these streets: with their lines, or at their middle where
    they have none. Outlines are kept, streets take two queries."""
    outlines: list[dict[str, Any]] = council.keep(("outlines",), _load_outlines)
    return [*outlines, *_load_streets(streets)] if streets else outlines


def _load_outlines() -> list[dict[str, Any]]:
    rows = MapFeature.objects.filter(kind=Kind.DISTRICT).select_related("district").order_by("pk")
    found = [(row.district, row.geometry) for row in rows if row.district is not None]
    fitted = _fit_geometries([geometry for _district, geometry in found])
    return [
        _feature(geometry, Kind.DISTRICT, district)
        for (district, _geometry), geometry in zip(found, fitted, strict=True)
    ]


def _load_streets(pks: Sequence[int]) -> Iterator[dict[str, Any]]:
    rows = MapFeature.objects.filter(street__in=pks).select_related("street").order_by("pk")
    lined = {row.street: row.geometry for row in rows if row.street is not None}
    for street, geometry in lined.items():
        yield _feature(_simplify_geometry(geometry, _FINEST), Kind.STREET, street)
    pointed = Street.objects.filter(pk__in=pks, latitude__isnull=False).exclude(
        pk__in=[street.pk for street in lined]
    )
    for street in pointed.order_by("pk"):
        point = {"type": "Point", "coordinates": [street.longitude, street.latitude]}
        yield _feature(point, Kind.STREET, street)


def _feature(geometry: Mapping[str, Any], kind: str, of: District | Street) -> dict[str, Any]:
    said = {"kind": str(kind), "pk": of.pk, "name": of.name, "name_en": of.name_en}
    return {"type": "Feature", "properties": said, "geometry": geometry}


def _fit_geometries(geometries: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The geometries with no more than MOST_POSITIONS positions, if it can be."""
    tolerance = _FINEST
    for _attempt in range(12):
        geometries = [_simplify_geometry(geometry, tolerance) for geometry in geometries]
        if sum(1 for each in geometries for _at in geojson.positions(each)) <= MOST_POSITIONS:
            break
        tolerance *= 1.6
    return geometries


def _simplify_geometry(geometry: Mapping[str, Any], tolerance: float) -> Mapping[str, Any]:
    """Its lines simplified; rings that would fall together stay as they are."""
    coordinates = geometry["coordinates"]
    if geometry["type"] == "MultiPolygon":
        coordinates = [[_line(ring, tolerance, 4) for ring in each] for each in coordinates]
    elif geometry["type"] == "MultiLineString":
        coordinates = [_line(line, tolerance, 2) for line in coordinates]
    return {"type": geometry["type"], "coordinates": coordinates}


def _line(positions: list[list[float]], tolerance: float, least: int) -> list[list[float]]:
    """In units that are as long in both directions, and back."""
    narrow = cos(radians(positions[0][1]))
    points = [(round(x * narrow * _UNITS), round(y * _UNITS)) for x, y in positions]
    kept = simplify(points, tolerance)
    if len(kept) < least:
        return positions
    at: dict[tuple[int, int], list[float]] = dict(zip(points, positions, strict=True))
    return [[round(value, 5) for value in at[point]] for point in kept]
