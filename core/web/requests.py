"""Request classes that read all text as UTF-8, whatever charset its sender names.

Django believes a ``charset`` of any kind of request, and reads the address's query by it while it
still makes the request, where no middleware catches: a codec that is none of text (``rot13``), or
too many parameters beside any charset, would end in the server's own 500.
"""

from __future__ import annotations

from typing import Any

from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest


class _Utf8(HttpRequest):
    @property
    def encoding(self) -> str:
        return "utf-8"

    @encoding.setter
    def encoding(self, named: Any) -> None:
        """No other is believed."""


class PageRequest(_Utf8, WSGIRequest):
    """The request class of config.wsgi."""


class AsyncPageRequest(_Utf8, ASGIRequest):
    """The request class of config.asgi."""


def wants_data(request: HttpRequest) -> bool:
    """Whether JSON is to answer it, be it done or refused (core.web.middleware.refusal)."""
    return request.headers.get("Accept", "").startswith("application/json")
