"""Middleware: the site's own 404 in place of Django's technical one, where DEBUG is on.

The demo runs with DEBUG, and whoever looks at it is to see what residents see. A developer who
wants the list of routes sets ``TECHNICAL_404=1``.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import Http404, HttpRequest, HttpResponse
from django.views.defaults import page_not_found

#: By this Django's page is known from a 404 of ours (django/views/templates/technical_404.html).
_TITLE = b"<title>Page not found at "


class NotFoundPage:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if settings.TECHNICAL_404:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_html = response.status_code == 404 and not response.streaming
        if is_html and _TITLE in response.content[:1000]:
            return page_not_found(request, Http404())
        return response
