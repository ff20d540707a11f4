"""The product's addresses, and a view that does nothing but answer: the floor of its server."""

from __future__ import annotations

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import urlpatterns as product


@cache
def _body(size: int) -> bytes:
    return b"x" * size


def bare(request: HttpRequest, size: int) -> HttpResponse:
    """An answer of ``size`` bytes, behind the same middleware as every page."""
    return HttpResponse(_body(size))


urlpatterns = [path("bare/<int:size>/", bare), *product]
