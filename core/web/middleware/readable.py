"""Middleware: refuse a cookie that holds a NUL, as an octal escape, with 400.

PostgreSQL takes a NUL in no text, so a session of that name could only end in a 500. (In a form or
a query each field refuses it for itself.)
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.defaults import bad_request


class Readable:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if any("\0" in value for value in request.COOKIES.values()):
            return _refusal(request)
        return self.get_response(request)


def _refusal(request: HttpRequest) -> HttpResponse:
    """The page of a 400, or the API's own words."""
    if request.path_info.startswith("/api/"):
        body = {"code": "malformed", "detail": _("This request cannot be read."), "params": {}}
        response: HttpResponse = JsonResponse(body, status=400)
    else:
        response = bad_request(request, ValueError("a NUL in a cookie"))
    response.headers["Cache-Control"] = "no-store"
    return response
