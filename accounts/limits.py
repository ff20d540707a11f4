"""How often one may try to sign in, to sign up, to be sent a mail.

Per address of the client the limits are wide, because a hall of people, an office or a village
behind one provider shares one address. Guessing is stopped per account, and so that it cannot lock
the owner out: the narrow limit counts by account *and* client, the one for the account alone is
wide, and it closes either the password or the codes, never both.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from core import limits
from core.address import group_of
from core.rules import Verdict, require

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Limit:
    """``most`` tries ``per`` window, counted under ``name``."""

    name: str
    most: int
    per: timedelta

    def spend(self, *who: object) -> Verdict:
        return limits.spend(self._key(who), most=self.most, per=self.per)

    def forget(self, *who: object) -> None:
        limits.forget(self._key(who))

    def _key(self, who: tuple[object, ...]) -> str:
        return f"{self.name}:{'|'.join(map(str, who))}"


MINUTE, TEN_MINUTES, HOUR = timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1)

#: Forms sent by one client address.
SIGN_IN = Limit("sign-in", 120, MINUTE)
SIGN_UP = Limit("sign-up", 60, MINUTE)
CODES = Limit("codes", 120, MINUTE)
#: Changes of one's own account, per person.
MANAGE = Limit("manage-account", 10, MINUTE)
#: Wrong passwords: of an account by one client, and of an account by anybody.
PASSWORD = Limit("password", 10, TEN_MINUTES)
PASSWORD_OF_ACCOUNT = Limit("password-of-account", 60, HOUR)
#: Wrong second factors of whoever has given the password: by one client, and by anybody, an app's
#: codes and recovery codes apart. 30 an hour against three of 10^6 are one in 460 a day.
FACTOR = Limit("factor", 10, TEN_MINUTES)
FACTOR_OF_ACCOUNT = Limit("factor-of-account", 30, HOUR)
RECOVERY_OF_ACCOUNT = Limit("recovery-of-account", 30, HOUR)
#: The same of somebody who is signed in already: in one session, and in all of hers.
FACTOR_AGAIN = Limit("factor-again", 10, TEN_MINUTES)
FACTOR_AGAIN_OF_ACCOUNT = Limit("factor-again-of-account", 30, HOUR)
#: Mails with codes to an address: asked for by one client, and by anybody.
MAIL = Limit("mail", 5, TEN_MINUTES)
MAIL_OF_ACCOUNT = Limit("mail-of-account", 30, HOUR)


def per_client(limit: Limit) -> Callable[[View], View]:
    """Count the forms that one client address sends to a view; over the limit: 429."""
    return _counted(limit, group_of)


def per_person(limit: Limit) -> Callable[[View], View]:
    """Count the forms that one person sends to a view; over the limit: 429."""
    return _counted(limit, lambda request: request.user.pk or group_of(request))


def _counted(limit: Limit, whose: Callable[[Any], object]) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST":
                require(limit.spend(whose(request)))
            return view(request, *args, **kwargs)

        return counted

    return decorate
