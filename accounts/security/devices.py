"""Known devices: browsers in which an account has been used before, and their names in words.

Known browsers are remembered by the browser itself: a signed cookie holds, for each account that
signed in with it, the account's number, a random key of this sign-in, the account's
``device_epoch`` and the time. Nothing about single devices is kept on the server.

* It cannot be forged (signed with SECRET_KEY), and is of use for the accounts that it names alone.
* It counts for TERM after the last sign-in of that account; every sign-in gives a new key, so a
  copy that somebody took has the narrow limits of the old key, for the old key's term.
* Whatever ends the sessions of other devices (a new password, "sign out everywhere else", lost
  factors taken away, suspension) raises ``User.device_epoch``: all cookies from before are void.

What a known device is good for: accounts/security/tries.py.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import astuple, dataclass
from functools import wraps
from secrets import token_urlsafe
from typing import Any

from django.conf import settings
from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from accounts.models import User

COOKIE = "__Host-device" if settings.SECURE else "device"
_SALT = "accounts.devices"
#: Seconds for which a browser is known after an account has signed in with it: half a year.
TERM = 180 * 24 * 3600
#: Accounts that one browser is remembered for.
_MOST = 8

# The first that is found says it: the makers write each other's names beside their own.
_BROWSERS = (
    ("Edge", r"Edg"),
    ("Opera", r"OPR|Opera"),
    ("Samsung Internet", r"SamsungBrowser"),
    ("Firefox", r"Firefox|FxiOS"),
    ("Chrome", r"Chrome|Chromium|CriOS"),
    ("Safari", r"Safari"),
)
_SYSTEMS = (
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("Mac", r"Macintosh|Mac OS X"),
    ("Linux", r"Linux|X11"),
)


def words(user_agent: str) -> str:
    """«Chrome, Windows»; what cannot be told is said so."""
    found = [_first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent)]
    return ", ".join(filter(None, found)) or _("an unknown program")


def _first(names: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for name, pattern in names if re.search(pattern, user_agent)), "")


@dataclass(frozen=True, slots=True)
class Device:
    """A browser's record of one account that has signed in with it."""

    user_id: int
    #: Names this sign-in of this account, and nothing else: copies of the cookie share it.
    key: str
    epoch: int
    #: When the account signed in, in epoch seconds.
    at: int


def find(request: HttpRequest, accounts: QuerySet[User]) -> Device | None:
    """The device of the first of ``accounts``, if the request comes from one.

    One query if the browser is known to any account, whichever is asked for; none otherwise.
    """
    held = {device.user_id: device for device in _read_devices(request)}
    if not held:
        return None
    account = accounts.values_list("pk", "device_epoch").first()
    if account is None:
        return None
    pk, epoch = account
    device = held.get(pk)
    return device if device and device.epoch == epoch else None


def is_known(request: HttpRequest, user_id: int) -> bool:
    """Whether the account has signed in with this browser before."""
    return find(request, User.objects.filter(pk=user_id)) is not None


def remember(request: HttpRequest, response: HttpResponseBase, user_id: int) -> None:
    """Let the browser keep that the account has signed in with it just now."""
    epoch = User.objects.values_list("device_epoch", flat=True).get(pk=user_id)
    new = Device(user_id, token_urlsafe(16), epoch, int(time.time()))
    _keep(response, [new, *_others(request, user_id)])


def forget(request: HttpRequest, response: HttpResponseBase, user_id: int) -> None:
    """Let the browser forget that the account was used in it. Copies of its cookie stay good until
    ``User.device_epoch`` is raised."""
    _keep(response, _others(request, user_id))


def remember_known(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """For views that may end the sessions of other devices: this one stays known, if it was."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = request.user if request.method == "POST" else None
        pk = user.pk if user is not None and user.is_authenticated else None
        is_mine = pk is not None and is_known(request, pk)
        response = view(request, *args, **kwargs)
        if is_mine and pk is not None and request.user.is_authenticated:
            remember(request, response, pk)
        return response

    return wrapper


def _others(request: HttpRequest, user_id: int) -> list[Device]:
    return [device for device in _read_devices(request) if device.user_id != user_id][: _MOST - 1]


def _keep(response: HttpResponseBase, devices: list[Device]) -> None:
    options: dict[str, Any] = {"secure": settings.SECURE, "httponly": True, "samesite": "Lax"}
    value = signing.dumps([astuple(device) for device in devices], salt=_SALT)
    response.set_cookie(COOKIE, value, max_age=TERM if devices else 0, **options)


def _read_devices(request: HttpRequest) -> list[Device]:
    """Unexpired devices in the cookie: each account has a term of its own."""
    try:
        rows = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=TERM)
        found = [Device(*row) for row in rows]
    except (signing.BadSignature, TypeError):  # TypeError: as former releases wrote it
        return []
    return [device for device in found if device.at > time.time() - TERM]
