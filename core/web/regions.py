"""Regions of pages that have an address of their own, for the scripts that fetch them again."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.cache import patch_vary_headers

type View = Callable[..., HttpResponse]

#: What a browser says it wants the answer for: "document" where a person opens an address.
_DESTINATION = "Sec-Fetch-Dest"


def region_of(page: str, *, anchor: str = "") -> Callable[[View], View]:
    """Mark the view of a region of the route ``page``, which has the same parameters: whoever opens
    its address is led to the page, since a region has no title, language or landmarks of its own.

    ``anchor``: the id of the region there. Outermost of the decorators but ``require_…``, so that
    no shared page is kept of what it answers. A browser that does not say what it fetches for, and
    a program, get the region.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def region(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.headers.get(_DESTINATION) == "document":
                query = f"?{request.GET.urlencode()}" if request.GET else ""
                at = f"#{anchor}" if anchor else ""
                response: HttpResponse = redirect(f"{resolve_url(page, **kwargs)}{query}{at}")
            else:
                response = view(request, *args, **kwargs)
            patch_vary_headers(response, [_DESTINATION])
            return response

        region.region_of = page  # type: ignore[attr-defined]  # the test of regions reads it
        return region

    return decorate
