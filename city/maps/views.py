"""Resources of the movable map: tiles of the city, and its markers."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from city.maps.features import load_features
from city.maps.tiles import tiles_path, tiles_version
from core.web.byte_ranges import serve_parts
from core.web.downloads import SANDBOXED, same_for_everybody

#: Of one request: as many streets as a thing can have, and more than a page marks.
_MOST_STREETS = 100


@require_safe
def tiles(request: HttpRequest, version: str) -> HttpResponseBase:
    """The council's file of map tiles, or the part of it that is asked for. Anybody."""
    if not version or version != tiles_version():
        raise Http404
    # Its version is part of the address: what stands there never changes.
    kept = {**SANDBOXED, "Cache-Control": "public, max-age=31536000, immutable"}
    try:
        part = serve_parts(
            request,
            tiles_path(),
            etag=f'"{version}"',
            media_type="application/vnd.pmtiles",
            headers=kept,
        )
    except FileNotFoundError as removed:
        raise Http404 from removed
    return same_for_everybody(part)


@require_safe
def features(request: HttpRequest) -> JsonResponse:
    """GeoJSON of all districts and of the streets named by ``?street=``. Anybody."""
    streets = _ids(request.GET.getlist("street")[:_MOST_STREETS])
    answer = JsonResponse(
        {"type": "FeatureCollection", "features": load_features(streets)},
        content_type="application/geo+json",
        json_dumps_params={"ensure_ascii": False, "separators": (",", ":")},
        headers={"Cache-Control": "public, max-age=300"},
    )
    return same_for_everybody(answer)


def _ids(words: Iterable[str]) -> list[int]:
    return [int(word) for word in words if word.isascii() and word.isdigit() and len(word) < 10]
