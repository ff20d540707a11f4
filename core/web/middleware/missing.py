"""In the demo, an address that leads nowhere gets the page that people get in a real house."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.defaults import page_not_found

#: What nothing but Django's page for developers says. Pages of our own that are 404, as that of
#: what a moderator has hidden, stay as they are.
_OF_DJANGO = b"<code>DEBUG = True</code>"


class OwnNotFound:
    """Puts the product's page in the place of what Django tells developers, where DEBUG is on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 404 and _OF_DJANGO in response.content:
            return page_not_found(request, LookupError())
        return response
