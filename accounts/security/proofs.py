"""Proofs of a session: allauth's records of authentication, judged by our own rules.

allauth writes a record into the session for every password, code and factor that was right.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from accounts.allauth_compat import authentication_records, record_authentication
from accounts.http import AuthenticatedHttpRequest
from accounts.models import User

View = Callable[..., HttpResponseBase]

#: allauth's word for a code of an app, a recovery code or a passkey.
FACTOR = "mfa"
#: Seconds for which a proof is fresh enough for what is dangerous.
FRESH = 300
_LOOKING = ("GET", "HEAD")
#: Fields that no session may hold, not even while their form waits for a proof: they are typed
#: again. (Beside passwords: the РНОКПП, of which a keyed hash alone is kept.)
_TYPED_AGAIN = frozenset({"person_code"})


def second_factored_until(session: Any, user: User) -> float:
    """Until when (epoch seconds) the session counts as proved by a second factor; 0: it does not.

    ``session``: anything with ``get``.
    """
    records = authentication_records(session, user)
    used = [record["at"] for record in records if record["method"] == FACTOR]
    return max(used) + settings.SECOND_FACTOR_HOURS * 3600 if used else 0.0


def is_second_factored(session: Any, user: User) -> bool:
    """Whether the session has shown a second factor, and not too long ago."""
    return second_factored_until(session, user) > time.time()


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person has proved within FRESH seconds that it is them: by the second factor
    where they have one, otherwise by a password or a code. Signing in just now is such a proof."""
    user = request.user
    if not user.is_authenticated:
        return False
    since = time.time() - FRESH
    records = authentication_records(request.session, user)
    methods = {record["method"] for record in records if record["at"] > since}
    return FACTOR in methods or (bool(methods) and not has_second_factor(user))


def freshly_authenticated(view: View) -> View:
    """For what is dangerous: asks the person to prove that it is them, and comes back.

    What a form held is sent again after the proof, so nothing typed is lost; but for passwords and
    codes of persons, which are stored nowhere and typed again. Whoever is not signed in is led to
    do so.
    """
    return _guard_view(view, is_fresh)


def fresh_to_change(view: View) -> View:
    """As ``freshly_authenticated``, for pages that may be looked at without."""
    return _guard_view(view, lambda request: request.method in _LOOKING or is_fresh(request))


def fresh_by_factor(view: View) -> View:
    """As ``freshly_authenticated``, for forms that ask for the password themselves: it is enough
    for whoever has no second factor."""
    return _guard_view(
        view, lambda request: is_fresh(request) or not has_second_factor(request.user)
    )


def _guard_view(view: View, suffices: Callable[[HttpRequest], bool]) -> View:
    @login_required
    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if suffices(request):
            return view(request, *args, **kwargs)
        if not may_wait(request):
            way = get_adapter(request).get_reauthentication_methods(request.user)[0]["url"]
            return lead(request, way)
        raise ReauthenticationRequired  # allauth's middleware leads there and back

    return wrapper


def may_wait(request: HttpRequest) -> bool:
    """Whether what the form holds may lie in the session until the person has proved it is them."""
    return not any("password" in name or name in _TYPED_AGAIN for name in request.POST)


def lead(request: HttpRequest, way: str) -> HttpResponseBase:
    """To the page ``way`` and back to this one, with nothing of its form."""
    return redirect(f"{way}?{urlencode({'next': request.get_full_path()})}")


def has_second_factor(user: Any) -> bool:
    """Whether the person has an app or a passkey (recovery codes alone are none). One query."""
    return bool(
        Authenticator.objects.filter(user_id=user.pk)
        .exclude(type=Authenticator.Type.RECOVERY_CODES)
        .exists()
    )


def prove(request: AuthenticatedHttpRequest, method: str, **facts: Any) -> None:
    """The session has just proved who the signed-in person is, by ``method`` (FACTOR, "code")."""
    record_authentication(request, request.user, method, reauthenticated=True, **facts)
    if method == FACTOR:
        request.user.grant_staff_rights()
