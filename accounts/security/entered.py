"""Find the account that a form on the way in enters: by the field that this form reads, or by what
waits in the session for this route. Routes say which of the two (accounts/urls.py); nothing else
that was sent is looked at."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

from accounts.allauth_compat import Waiting, waiting_to_reset_password, waiting_to_sign_in
from accounts.models import User
from accounts.people.models import UserQuerySet

#: No or one account, not yet asked for; None: the form does not say plainly which.
Entered = Callable[[HttpRequest], UserQuerySet | None]

_NAMES = ("login", "email")
_NOBODY = 0


def named_in(field: str) -> Entered:
    """The account whose e-mail is typed into ``field``, found as sign-in itself finds it. A form
    with several e-mails enters none."""

    def find_entered(request: HttpRequest) -> UserQuerySet | None:
        typed = [email for name in _NAMES for email in request.POST.getlist(name)]
        if typed != request.POST.getlist(field) or len(typed) != 1 or "\0" in typed[0]:
            return None
        return User.objects.by_email(typed[0])

    return find_entered


def signing_in(request: HttpRequest) -> UserQuerySet | None:
    """The account that has given its password, or was mailed a code to sign in."""
    return _account_of(waiting_to_sign_in(request.session))


def resetting(request: HttpRequest) -> UserQuerySet | None:
    """The account that was mailed a code for a new password."""
    return _account_of(waiting_to_reset_password(request.session))


def _account_of(waiting: Waiting | None) -> UserQuerySet | None:
    if waiting is None:
        return None
    # Where the address has no account nobody waits: asked for all the same.
    return User.objects.filter(pk=waiting.user_pk or _NOBODY)
