"""Limits of signing in, signing up and being sent mails.

Per address of the client the limits are wide, because a hall of people, an office or a village
behind one provider shares one address. Guessing is stopped per account, and so that it cannot lock
the owner out. Who tries is one of three, each counted apart (accounts/security/tries.py):

* a stranger: by account and client narrowly, by account alone widely. Strangers together can use
  up the password of an account for an hour at a time, and close it to one another; mailed codes and
  the reset they close to those of their own network alone;
* a device that the account has signed in with before (accounts/security/devices.py): by itself,
  narrowly. Password, mailed code, reset, second factor and sheet go on there whatever strangers do;
* the owner in an open session: by session and account.

A passkey is never closed by any limit of an account.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from core.domain.rules import Verdict, require
from core.web import limits
from core.web.client_ip import client_groups

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Limit:
    """``most`` tries ``per`` window, counted under ``name``; ``wider`` times as many for the /48
    around a client's /64 of IPv6."""

    name: str
    most: int
    per: timedelta
    wider: int = limits.WIDER

    def spend(self, *who: object) -> Verdict:
        return limits.spend(self._key(who), most=self.most, per=self.per)

    def spend_client(self, clients: Sequence[str], *who: object, times: int = 1) -> Verdict:
        """Count a try of ``who`` by a client; ``clients``: ``core.web.client_ip.client_groups``.
        ``times``: what it weighs."""
        key = self._key((*who, ""))
        return limits.spend_client(
            key, clients, most=self.most, per=self.per, wider=self.wider, times=times
        )

    def tries_of_client(
        self, clients: Sequence[str], *who: object, times: int = 1
    ) -> list[limits.Try]:
        """The tries counted by ``spend_client``, for ``core.web.limits.spend_in_turn``
        with others.
        """
        key = self._key((*who, ""))
        return limits.tries_of_client(
            key, clients, most=self.most, per=self.per, wider=self.wider, times=times
        )

    def tries(self, *who: object) -> list[limits.Try]:
        """The tries counted by ``spend``, for ``core.web.limits.spend_in_turn`` with others."""
        return [limits.Try(self._key(who), self.most, self.per)]

    def forget(self, *who: object) -> None:
        limits.forget(self._key(who))

    def forget_client(self, clients: Sequence[str], *who: object) -> None:
        """Begin anew for ``who`` by a client."""
        for client in clients:
            limits.forget(self._key((*who, client)))

    def _key(self, who: tuple[object, ...]) -> str:
        return f"{self.name}:{'|'.join(map(str, who))}"


MINUTE, TEN_MINUTES, HOUR = timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1)
DAY = timedelta(days=1)
#: Where tries are counted by account and client, a /48 of IPv6 has twice as many as one of its
#: 65,536 networks: nobody but a guesser comes to one account from many of them.
TWICE = 2

#: Forms sent by one client address.
SIGN_IN = Limit("sign-in", 120, MINUTE)
PASSKEY = Limit("passkey", 120, MINUTE)
SIGN_UP = Limit("sign-up", 60, MINUTE)
CODES = Limit("codes", 120, MINUTE)
#: Changes of one's own account, per person.
MANAGE = Limit("manage-account", 10, MINUTE)
# --- Strangers: whoever is neither signed in nor on a device that the account has signed in with --

#: Wrong passwords: of an account by one client, and of an account by all strangers.
PASSWORD = Limit("password", 10, TEN_MINUTES, wider=TWICE)
PASSWORD_OF_ACCOUNT = Limit("password-of-account", 60, HOUR)
#: Wrong second factors of whoever has given the password: by one client, and by all strangers, an
#: app's codes and recovery codes apart. 30 an hour against three of 10^6 are one in 460 a day.
FACTOR = Limit("factor", 10, TEN_MINUTES, wider=TWICE)
FACTOR_OF_ACCOUNT = Limit("factor-of-account", 30, HOUR)
RECOVERY_OF_ACCOUNT = Limit("recovery-of-account", 30, HOUR)
#: Mails with codes to an address: asked for by one client, and by all strangers. Beyond the second
#: a network (/24, /48) still gets its first one of the hour: strangers on any number of other
#: networks close the codes to nobody (docs/adr/0110).
MAIL = Limit("mail", 5, TEN_MINUTES, wider=TWICE)
MAIL_OF_ACCOUNT = Limit("mail-of-account", 10, HOUR)
MAIL_OF_NETWORK = Limit("mail-of-network", 1, HOUR)

#: Codes on paper of an account number. Eleven random digits cannot be guessed in any number of
#: tries that a server answers, so the limit for an account alone is wide.
SHEET = Limit("paper-code", 10, TEN_MINUTES, wider=TWICE)
SHEET_OF_ACCOUNT = Limit("paper-code-of-account", 600, HOUR)

# --- A device that the account has signed in with: by the key of its cookie -----------------------

#: By the hour, and IN_A_DAY times as many by the day. A stolen cookie adds 30 passwords a day to
#: the 1,440 that strangers have anyhow, and 18 mails.
PASSWORD_OF_DEVICE = Limit("password-of-device", 10, HOUR)
FACTOR_OF_DEVICE = Limit("factor-of-device", 10, HOUR)
MAIL_OF_DEVICE = Limit("mail-of-device", 6, HOUR)
SHEET_OF_DEVICE = Limit("sheet-of-device", 10, HOUR)
IN_A_DAY = 3

# --- Somebody who is signed in and proves once more that it is them: in a session, and in all -----

PASSWORD_AGAIN = Limit("password-again", 10, TEN_MINUTES)
PASSWORD_AGAIN_OF_ACCOUNT = Limit("password-again-of-account", 30, HOUR)
FACTOR_AGAIN = Limit("factor-again", 10, TEN_MINUTES)
FACTOR_AGAIN_OF_ACCOUNT = Limit("factor-again-of-account", 30, HOUR)
#: Mails with codes to one's own address.
MAIL_OF_OWNER = Limit("mail-of-owner", 12, HOUR)


def per_client(limit: Limit) -> Callable[[View], View]:
    """Count the forms that one client address sends to a view; over the limit: 429."""
    return _count_tries(lambda request: limit.spend_client(client_groups(request)))


def per_person(limit: Limit) -> Callable[[View], View]:
    """Count the forms that one person sends to a view; over the limit: 429."""
    return _count_tries(
        lambda request: (
            limit.spend(request.user.pk)
            if request.user.is_authenticated
            else limit.spend_client(client_groups(request))
        )
    )


def _count_tries(spend: Callable[[Any], Verdict]) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST":
                require(spend(request))
            return view(request, *args, **kwargs)

        return wrapper

    return decorate
