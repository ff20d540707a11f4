"""Read a GeoJSON file (RFC 7946) of districts, streets, lines and places.

Coordinates are WGS 84 in degrees, longitude first. Geometries come out in three types, with
positions of two numbers rounded to six decimals (0.1 m): ``MultiPolygon``, ``MultiLineString`` and
``Point``. PostgreSQL checks them again (city/migrations/0008_map.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

#: Of one file.
MAX_BYTES = 5_000_000
MOST_FEATURES = 5_000
MOST_POSITIONS = 100_000
#: Longitudes and latitudes of Ukraine; what lies outside has its numbers swapped, or others.
_UKRAINE = ((22.0, 44.0), (40.5, 52.5))
_DECIMALS = 6
_CRS = ("CRS84", "EPSG::4326", "EPSG:4326")
#: By the type in the file: the type that is stored, and how deep its positions lie there.
_TYPES = {
    "Point": ("Point", 0),
    "LineString": ("MultiLineString", 1),
    "MultiLineString": ("MultiLineString", 2),
    "Polygon": ("MultiPolygon", 2),
    "MultiPolygon": ("MultiPolygon", 3),
}
#: By the type that is stored: how deep its positions lie.
DEPTHS = {"Point": 0, "MultiLineString": 2, "MultiPolygon": 3}


class NotAMap(Exception):
    """A file that is not taken: which feature of it, from 1 (0: the whole file), and why."""

    def __init__(self, why: str, number: int = 0, name: str = "") -> None:
        super().__init__(
            _("Feature %(number)s (%(name)s): %(why)s")
            % {"number": number, "name": name or _("without a name"), "why": why}
            if number
            else why
        )


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature of the file: its number there (from 1), its own words, its geometry."""

    number: int
    name: str
    slug: str
    kind: str
    district: str
    geometry: dict[str, Any]


def read(content: bytes) -> tuple[list[Feature], str]:
    """The features of a file, and the words of its member ``attribution`` ("": none).

    Raises NotAMap for what is not GeoJSON, too large, not in degrees or not in Ukraine.
    """
    if len(content) > MAX_BYTES:
        raise NotAMap(_("The file is larger than 5 MB."))
    try:
        described = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as wrong:
        raise NotAMap(_("The file is not GeoJSON: it is not JSON in UTF-8.")) from wrong
    if not isinstance(described, dict) or described.get("type") != "FeatureCollection":
        raise NotAMap(_("The file is not GeoJSON of the type “FeatureCollection”."))
    _require_degrees(described.get("crs"))
    rows = described.get("features")
    if not isinstance(rows, list) or not rows:
        raise NotAMap(_("The file has no features."))
    if len(rows) > MOST_FEATURES:
        raise NotAMap(_("The file has more than 5,000 features."))
    left = MOST_POSITIONS
    features = []
    for number, row in enumerate(rows, 1):
        feature = _feature(number, row)
        left -= sum(1 for _position in positions(feature.geometry))
        if left < 0:
            raise NotAMap(_("The file has more than 100,000 points. Simplify its lines first."))
        features.append(feature)
    return features, _word(described, "attribution")


def positions(geometry: Mapping[str, Any]) -> Iterator[list[float]]:
    """All positions of a geometry of one of the stored types."""
    level = [geometry["coordinates"]]
    for _step in range(DEPTHS[geometry["type"]]):
        level = [each for part in level for each in part]
    yield from level


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def _require_degrees(crs: object) -> None:
    """RFC 7946 knows WGS 84 alone; older files name their system of coordinates."""
    if crs is not None and not any(name in json.dumps(crs) for name in _CRS):
        raise NotAMap(_("The coordinates are not degrees. Save the file in WGS 84 (EPSG:4326)."))


def _feature(number: int, row: object) -> Feature:
    properties = row.get("properties") if isinstance(row, dict) else None
    properties = properties if isinstance(properties, dict) else {}
    name = _word(properties, "name") or _word(properties, "назва")
    try:
        if not isinstance(row, dict) or row.get("type") != "Feature":
            raise NotAMap(_("it is not a “Feature”."))
        geometry = _geometry(row.get("geometry"))
    except NotAMap as wrong:
        raise NotAMap(str(wrong), number, name) from wrong
    return Feature(
        number,
        name,
        _word(properties, "slug"),
        _word(properties, "kind"),
        _word(properties, "district") or _word(properties, "район"),
        geometry,
    )


def _word(properties: Mapping[str, Any], name: str) -> str:
    value = properties.get(name)
    if not isinstance(value, str):
        return ""
    return " ".join("".join(each if each.isprintable() else " " for each in value).split())[:200]


def _geometry(geometry: object) -> dict[str, Any]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or kind not in _TYPES:
        raise NotAMap(_("it is neither a point, nor a line, nor an area."))
    stored, depth = _TYPES[kind]
    coordinates = _level(geometry.get("coordinates"), depth, is_ring=stored == "MultiPolygon")
    wrapped = coordinates if depth == DEPTHS[stored] else [coordinates]
    return {"type": stored, "coordinates": wrapped}


def _level(value: object, depth: int, *, is_ring: bool) -> list[Any]:
    if depth == 0:
        return _position(value)
    if not isinstance(value, list) or not value:
        raise NotAMap(_("its coordinates are not those of its type."))
    found = [_level(each, depth - 1, is_ring=is_ring) for each in value]
    if depth == 1 and len(found) < 2:
        raise NotAMap(_("a line has two points at least."))
    if depth == 1 and is_ring and (len(found) < 4 or found[0] != found[-1]):
        raise NotAMap(_("the edge of an area is not closed: its last point must be its first."))
    return found


def _position(value: object) -> list[float]:
    if not isinstance(value, list) or not 2 <= len(value) <= 4:
        raise NotAMap(_("its coordinates are not those of its type."))
    if any(isinstance(each, bool) or not isinstance(each, int | float) for each in value):
        raise NotAMap(_("a coordinate is not a number."))
    longitude, latitude = value[:2]
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise NotAMap(_("its coordinates are not degrees. Save the file in WGS 84 (EPSG:4326)."))
    (west, south), (east, north) = _UKRAINE
    if not (west <= longitude <= east and south <= latitude <= north):
        if west <= latitude <= east and south <= longitude <= north:
            raise NotAMap(_("its coordinates are swapped: longitude comes first, then latitude."))
        raise NotAMap(_("it lies outside of Ukraine."))
    return [round(float(longitude), _DECIMALS), round(float(latitude), _DECIMALS)]
