"""Middleware: tell a page that has sent a form by fetch where the answer leads.

``fetch`` follows a redirect by itself and says nothing of it: what it leads to would be loaded
twice, and what is told once (django.contrib.messages) would be told to nobody. So a redirect that
answers such a form is a 200 with the address in ``X-Sent-To`` (static/js/sending.js).
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

_ASKED, _TOLD = "X-Sent-By", "X-Sent-To"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class SentByPage:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_redirect = response.status_code in _REDIRECTS and request.method == "POST"
        if is_redirect and request.headers.get(_ASKED) == "page":
            response.headers[_TOLD] = response.headers["Location"]
            del response.headers["Location"]
            response.status_code = 200
        return response
