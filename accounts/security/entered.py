"""Which account a form on the way in enters: by the field that this form reads, or by what waits in
the session for this route. Routes say which of the two (accounts/urls.py); nothing else that was
sent is looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.password_reset_by_code import (
    PASSWORD_RESET_VERIFICATION_SESSION_KEY,
)
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.account.internal.userkit import str_to_user_id
from allauth.account.utils import url_str_to_user_pk
from django.http import HttpRequest

from accounts.models import User
from accounts.models.people import UserQuerySet

#: No or one account, not yet asked for; None: the form does not say plainly which.
Entered = Callable[[HttpRequest], UserQuerySet | None]

_NAMES = ("login", "email")
_NOBODY = 0


def named_in(field: str) -> Entered:
    """The account whose e-mail is typed into ``field``, found as sign-in itself finds it. A form
    with several e-mails enters none."""

    def entered(request: HttpRequest) -> UserQuerySet | None:
        typed = [email for name in _NAMES for email in request.POST.getlist(name)]
        if typed != request.POST.getlist(field) or len(typed) != 1 or "\0" in typed[0]:
            return None
        return User.objects.by_email(typed[0])

    return entered


def signing_in(request: HttpRequest) -> UserQuerySet | None:
    """The account that has given its password, or was mailed a code to sign in."""
    return _waiting(request, LOGIN_SESSION_KEY, "user_pk", url_str_to_user_pk)


def resetting(request: HttpRequest) -> UserQuerySet | None:
    """The account that was mailed a code for a new password."""
    return _waiting(request, PASSWORD_RESET_VERIFICATION_SESSION_KEY, "user_id", str_to_user_id)


def _waiting(
    request: HttpRequest, key: str, name: str, to_pk: Callable[[str], Any]
) -> UserQuerySet | None:
    waiting = request.session.get(key)
    if not waiting:
        return None
    # Where the address has no account nobody waits: asked for all the same.
    stored = waiting.get(name)
    return User.objects.filter(pk=to_pk(stored) if stored else _NOBODY)
