"""Count a try to get into an account, by who tries: its owner, a known device, or a stranger.

Each of the three has limits of its own, and none is counted against another: so whatever strangers
spend, the owner's device and session go on. What is narrow is narrow for the reason that
accounts/limits.py gives. Known and unknown accounts make the same queries.

Passkeys pass by all of this: nothing can be guessed there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from accounts import limits
from accounts.limits import Limit
from accounts.models import User
from accounts.security import devices
from accounts.security.devices import Device
from accounts.security.entered import Entered
from core.domain.email_addresses import to_comparable
from core.domain.rules import ALLOWED, Verdict, require
from core.web.client_ip import client_groups, client_ip, network_of

View = Callable[..., HttpResponseBase]


def spend_password(request: HttpRequest, email: str) -> Verdict:
    """Count a password that is tried for an account."""
    mailbox = to_comparable(email)
    if _is_owner(request, mailbox):
        return _again(request, limits.PASSWORD_AGAIN, limits.PASSWORD_AGAIN_OF_ACCOUNT)
    if device := devices.find(request, User.objects.by_email(email)):
        return spend_device(device, limits.PASSWORD_OF_DEVICE)
    verdict = limits.PASSWORD.spend_client(client_groups(request), mailbox)
    return of_account(verdict and limits.PASSWORD_OF_ACCOUNT.spend(mailbox))


def forget_password(request: HttpRequest, email: str) -> None:
    """The password was right: a stranger's wrong ones from here count no more."""
    limits.PASSWORD.forget_client(client_groups(request), to_comparable(email))


def spend_factor(request: HttpRequest, user_id: int, wide: Limit) -> Verdict:
    """Count a second factor that is tried by whoever has given the password; ``wide``: the limit of
    all strangers for this kind of code."""
    if device := devices.find(request, User.objects.filter(pk=user_id)):
        return spend_device(device, limits.FACTOR_OF_DEVICE)
    verdict = limits.FACTOR.spend_client(client_groups(request), user_id)
    return of_account(verdict and wide.spend(user_id))


def forget_factor(request: HttpRequest, user_id: int) -> None:
    """The factor was right: a stranger's wrong ones from here count no more."""
    limits.FACTOR.forget_client(client_groups(request), user_id)


def spend_factor_again(request: HttpRequest) -> Verdict:
    """Count a second factor of somebody who is signed in."""
    return _again(request, limits.FACTOR_AGAIN, limits.FACTOR_AGAIN_OF_ACCOUNT)


def forget_factor_again(request: HttpRequest) -> None:
    """The factor was right: the wrong ones of this session count no more."""
    limits.FACTOR_AGAIN.forget(request.user.pk, request.session.session_key)


def spend_mail(request: HttpRequest, email: str) -> Verdict:
    """Count a mail with a code to an address."""
    mailbox = to_comparable(email)
    if _is_owner(request, mailbox):
        return limits.MAIL_OF_OWNER.spend(request.user.pk)
    if device := devices.find(request, User.objects.by_email(email)):
        return spend_device(device, limits.MAIL_OF_DEVICE)
    verdict = limits.MAIL.spend_client(client_groups(request), mailbox)
    if not verdict:
        return of_account(verdict)
    of_all = limits.MAIL_OF_ACCOUNT.spend(mailbox)
    is_first = limits.MAIL_OF_NETWORK.spend(mailbox, network_of(client_ip(request)))
    return of_account(is_first or of_all)


def spend_sheet(request: HttpRequest, number: str) -> Verdict:
    """Count a code on paper that is tried for an account number (its digits)."""
    if device := devices.find(request, User.objects.filter(paper_account__number=number)):
        return spend_device(device, limits.SHEET_OF_DEVICE)
    verdict = limits.SHEET.spend_client(client_groups(request), number)
    return of_account(verdict and limits.SHEET_OF_ACCOUNT.spend(number))


def per_stranger(limit: Limit, entered: Entered) -> Callable[[View], View]:
    """Count the forms that one client address sends on the way in; over the limit: 429.

    Devices of the account that the form enters (``entered``) have as many by themselves: whoever
    shares their address cannot use up their forms. It is one allowance for all devices of an
    account, so that signing in anew gives no more; what is over it counts for the client address,
    so that nobody with a copied cookie can use up the owner's forms alone.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST":
                accounts = entered(request)
                device = None if accounts is None else devices.find(request, accounts)
                if device is None or not limit.spend("devices of", device.user_id):
                    require(limit.spend_client(client_groups(request)))
            return view(request, *args, **kwargs)

        return wrapper

    return decorate


def spend_device(device: Device, limit: Limit) -> Verdict:
    """Count a try of a known device: by the hour, and ``limits.IN_A_DAY`` times as many by the day,
    so that a stolen cookie guesses little in all its term."""
    by_day = replace(limit, name=f"{limit.name}-day", most=limit.most * limits.IN_A_DAY)
    verdict = limit.spend(device.key)
    return of_account(verdict and replace(by_day, per=limits.DAY).spend(device.key))


def _again(request: HttpRequest, in_session: Limit, in_all: Limit) -> Verdict:
    verdict = in_session.spend(request.user.pk, request.session.session_key)
    return verdict and in_all.spend(request.user.pk)


def _is_owner(request: HttpRequest, mailbox: str) -> bool:
    """Whether it is one's own account, and one is signed in to it."""
    user = request.user
    return user.is_authenticated and to_comparable(user.email or "") == mailbox


def of_account(verdict: Verdict) -> Verdict:
    """A refusal that closes one way into an account: the page tells which ways remain."""
    if verdict:
        return ALLOWED
    return replace(verdict, params={**verdict.params, "ways_in": True})
