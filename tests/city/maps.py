"""GeoJSON of a small city for tests."""

from __future__ import annotations

import json
from typing import Any

POINT = {"type": "Point", "coordinates": [33.39, 47.91]}
LINE = {"type": "LineString", "coordinates": [[33.38, 47.9], [33.39, 47.91], [33.4, 47.9]]}
AREA = {
    "type": "Polygon",
    "coordinates": [[[33.3, 47.8], [33.5, 47.8], [33.5, 48.0], [33.3, 48.0], [33.3, 47.8]]],
}


def feature(geometry: dict[str, Any] | None, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: dict[str, Any], **more: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()
