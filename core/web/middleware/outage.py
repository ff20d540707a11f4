"""Middleware: answer 503, never 500, when the database is away, and say when to come back.

What a view raises is caught by the middleware; what other middleware raises (a session that cannot
be saved) comes to Django's ``handler500``, which is ``server_error`` here.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.defaults import server_error as django_server_error
from psycopg_pool import PoolTimeout

from core.web.semaphore import Full

RETRY_AFTER_SECONDS = 15
AWAY = (OperationalError, InterfaceError, PoolTimeout)


class DatabaseAway:
    """Outermost: answers for whatever view stands below."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Full):
            return unavailable(request, exception.retry_after)
        return unavailable(request) if isinstance(exception, AWAY) else None


def unavailable(request: HttpRequest, retry_after: int = RETRY_AFTER_SECONDS) -> HttpResponse:
    """The plain page (or JSON under /api/) of a part that is away; ``retry_after`` in seconds."""
    headers = {"Retry-After": str(retry_after), "Cache-Control": "no-store"}
    if request.path_info.startswith("/api/"):
        body = {"code": "unavailable", "detail": _("The service is busy. Please try again.")}
        return JsonResponse(body, status=503, headers=headers)
    return HttpResponse(render_to_string("503.html"), status=503, headers=headers)


def server_error(request: HttpRequest) -> HttpResponse:
    """The answer to an exception that nobody caught: 503 while the database is away, else 500."""
    if isinstance(sys.exception(), AWAY):
        return unavailable(request)
    return django_server_error(request)
