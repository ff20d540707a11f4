"""The files of the council's arms and colours, which every page loads."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from city.council import colours
from city.models import Council
from core.web.downloads import SANDBOXED, same_for_everybody

_KEPT = {
    **SANDBOXED,
    # Its version is part of the address: what stands there never changes.
    "Cache-Control": "public, max-age=31536000, immutable",
}


@require_safe
def arms(request: HttpRequest, version: str) -> HttpResponse:
    """The arms of this version; 404 of a former one. Anybody."""
    known = Council.objects.filter(arms_version=version.replace("\0", ""))
    row = known.only("arms", "arms_type").first()
    if row is None or row.arms is None:
        raise Http404
    return _cacheable_response(bytes(row.arms), row.arms_type)


@require_safe
def stylesheet(request: HttpRequest, version: str) -> HttpResponse:
    """The colours of this version for pages; 404 of former ones. Anybody."""
    row = _council_with_colours(version)
    return _css(colours.stylesheet(row.brand, row.brand_deep, row.brand_dark))


@require_safe
def display_stylesheet(request: HttpRequest, version: str) -> HttpResponse:
    """The same for the dark screens of halls. Anybody."""
    return _css(colours.display_stylesheet(_council_with_colours(version).brand))


def _council_with_colours(version: str) -> Council:
    row = (
        Council.objects.exclude(colours_version="")
        .only("brand", "brand_deep", "brand_dark")
        .first()
    )
    if row is None or colours.version(row.brand, row.brand_deep, row.brand_dark) != version:
        raise Http404
    return row


def _css(text: str) -> HttpResponse:
    return _cacheable_response(text.encode(), "text/css; charset=utf-8")


def _cacheable_response(content: bytes, media_type: str) -> HttpResponse:
    return same_for_everybody(HttpResponse(content, content_type=media_type, headers=_KEPT))
