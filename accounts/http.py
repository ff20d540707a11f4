"""Types of requests, for views that know more of them than Django does."""

from __future__ import annotations

from django.http import HttpRequest
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
