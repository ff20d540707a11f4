"""What was typed into a form when the session had ended: kept while its writer signs in again.

The device keeps it too (js/draft-keeper.js); this is for whoever has no JavaScript. One form at a
time, of bounded size, in the nameless session that signing in goes on with.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase

from accounts.limits import MINUTE, Limit
from core.domain.rules import require
from core.web.client_ip import client_groups

View = Callable[..., HttpResponseBase]

_KEY = "unsent_petition"
_LONGEST, _MOST_FIELDS = 5000, 8
#: Forms that one client address sends without being signed in.
_KEEP = Limit("petition-unsent", 60, MINUTE)


def keeping(view: View) -> View:
    """``login_required`` for a view with a form: what was sent without a session is kept."""
    protected = login_required(view)

    @wraps(view)
    def kept_first(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and not request.user.is_authenticated:
            require(_KEEP.spend_client(client_groups(request)))
            request.session[_KEY] = {"form": _name(request), "fields": _fields(request)}
        return protected(request, *args, **kwargs)

    return kept_first


def kept(request: HttpRequest) -> dict[str, str]:
    """What was typed into the form of this page; {} when nothing."""
    found = request.session.get(_KEY) or {}
    return dict(found["fields"]) if found.get("form") == _name(request) else {}


def forget(request: HttpRequest) -> None:
    """It is saved."""
    if _KEY in request.session:
        del request.session[_KEY]


def _name(request: HttpRequest) -> list[Any]:
    """Which form it is, in whatever language."""
    match = request.resolver_match
    return [match.view_name, match.kwargs] if match else []


def _fields(request: HttpRequest) -> dict[str, str]:
    typed = [name for name in request.POST if name != "csrfmiddlewaretoken"]
    return {name[:40]: request.POST[name][:_LONGEST] for name in typed[:_MOST_FIELDS]}
