"""Middleware that asks staff for a second factor in this very session.

Two locks, each enough by itself. The person whom a session brings holds no grants until the
session has shown a second factor (``User.second_factored``; docs/adr/0016): so every rule, on every
page, in the API and on sockets, refuses them as it does a resident. And before the desk stands this
gate, which leads them to the factor, or to setting one up, and back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from accounts.allauth_compat import suspend_request
from accounts.security import sessions
from accounts.security.proofs import has_second_factor, lead, may_wait

DESK = "desk"
#: A part of routes outside the desk that are the staff's too: of those that run a meeting.
CONTROL = "control"
_LANGUAGES = {code for code, _name in settings.LANGUAGES}


class StaffGate:
    """Gives ``request.user`` the rights that the session proves; keeps the desk closed without."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # What stands in for the user until somebody asks for one, as in Django's own middleware.
        request.user = SimpleLazyObject(lambda: sessions.load_user(request))  # type: ignore[assignment]
        response = self.get_response(request)
        sessions.touch(request)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """To the factor and back; what a form held (a factor counts for hours, and one may have
        written for long) is sent again after it, unless it may lie in no session."""
        route = request.resolver_match.route if request.resolver_match else ""
        if not is_of_the_desk(route):
            return None
        user = request.user
        if not user.is_authenticated or not user.is_staff or user.second_factored:
            return None  # who is nobody of the council is answered by the page's own rule
        request.META.pop("HTTP_HX_REQUEST", None)  # a whole page will answer, not a region
        way = way_to_factor(request)
        return suspend_request(request, way) if may_wait(request) else lead(request, way)


def is_of_the_desk(route: str) -> bool:
    """Whether a route of the table of addresses («en/desk/…», «desk/…», «…/control/…») is the
    staff's."""
    first, *rest = route.split("/")
    if first in _LANGUAGES and rest:
        first, *rest = rest
    return first == DESK or CONTROL in rest


def way_to_factor(request: HttpRequest) -> str:
    """The page that asks for a second factor, or the one that helps to set one up."""
    if has_second_factor(request.user):
        return str(get_adapter(request).get_reauthentication_methods(request.user)[0]["url"])
    return reverse("account_factor_needed")
