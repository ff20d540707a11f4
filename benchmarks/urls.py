"""The product's addresses, and three views that do nothing but answer: the floors of its server."""

from __future__ import annotations

from functools import cache

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_POST

from config.urls import urlpatterns as product


@cache
def _body(size: int) -> bytes:
    return b"x" * size


def bare(request: HttpRequest, size: int) -> HttpResponse:
    """An answer of ``size`` bytes, behind the same middleware as every page."""
    return HttpResponse(_body(size))


@login_required
@require_POST
def empty(request: HttpRequest) -> HttpResponse:
    """What whoever sends a form pays before anything is done: session, user, CSRF, middleware."""
    return HttpResponseRedirect("/")


@require_POST
def nothing(request: HttpRequest) -> HttpResponse:
    """The same without a session: parsing the form, CSRF, middleware."""
    return HttpResponseRedirect("/")


urlpatterns = [
    path("bare/<int:size>/", bare),
    path("empty/", empty),
    path("nothing/", nothing),
    *product,
]
