"""Types of requests, for views that know more of them than Django does, and who may send them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.views.decorators.http import require_http_methods
from django_htmx.middleware import HtmxDetails
from rest_framework.request import Request

from accounts.models import User


class AuthenticatedHttpRequest(HttpRequest):
    """A request in somebody's name: what a view behind ``login_required`` or ``use_desk`` gets.

    A type for annotations alone: requests are not made of this class.
    """

    user: User
    htmx: HtmxDetails


class AuthenticatedRequest(Request):
    """The same of the API: what a view with ``IsAuthenticated`` gets."""

    user: User


def signed_in[View: Callable[..., Any]](*methods: str) -> Callable[[View], View]:
    """A decorator of views: for whoever is signed in, by these methods; others are sent to sign in
    first."""
    return lambda view: login_required(require_http_methods(methods)(view))
