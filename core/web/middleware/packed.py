"""Middleware: pages, style sheets and scripts compressed where DEBUG is on.

Installations have nginx before them, which does it (``deploy/nginx.conf``). Without it the demo's
first page takes three times as long on a slow line, and that is what people judge.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

_KINDS = (
    *("text/html", "text/css", "text/javascript", "application/javascript"),
    *("application/json", "image/svg+xml"),
)


class Packed(GZipMiddleware):
    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if response.status_code != 200 or kind not in _KINDS:
            return response
        return super().process_response(request, response)
