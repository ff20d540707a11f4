"""GeoJSON of a small city for tests."""

from __future__ import annotations

import json
from typing import Any

from city.maps.actions import draw_map
from city.models import District, Street

POINT = {"type": "Point", "coordinates": [33.39, 47.91]}
LINE = {"type": "LineString", "coordinates": [[33.38, 47.9], [33.39, 47.91], [33.4, 47.9]]}
AREA: dict[str, Any] = {
    "type": "Polygon",
    "coordinates": [[[33.3, 47.8], [33.5, 47.8], [33.5, 48.0], [33.3, 48.0], [33.3, 47.8]]],
}


def feature(geometry: dict[str, Any] | None, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: dict[str, Any], **more: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


def put_on_map(*things: Any) -> list[Street]:
    """Make a map of two districts, a river, a railway and a place, and say of each thing that it is
    about the first district and about two streets: one has a line, of the other the middle is
    known. Returns the streets."""
    north, south = (
        District.objects.create(slug=slug, name=name)
        for slug, name in (("on-the-map", "Північний берег"), ("beyond", "Нагірне"))
    )
    streets = [
        Street.objects.create(slug=slug, name=name, district=north, latitude=47.95, longitude=33.35)
        for slug, name in (("berehova", "вулиця Берегова"), ("mostova", "вулиця Мостова"))
    ]
    lower = [[longitude, latitude - 0.2] for longitude, latitude in AREA["coordinates"][0]]
    draw_map(
        collection(
            feature(AREA, name=north.name),
            feature({"type": "Polygon", "coordinates": [lower]}, name=south.name),
            feature(LINE, name="вулиця Берегова"),
            feature(LINE, name="річка Рудна", kind="water"),
            feature(LINE, name="залізниця", kind="railway"),
            feature({"type": "Point", "coordinates": [33.34, 47.85]}, name="вокзал"),
        ),
        by=None,
    )
    for thing in things:
        thing.district = north
        thing.save(update_fields=["district"])
        thing.streets.add(*streets)
    return streets
