"""A browser in plain words, and whether this account has been used in it before.

Known browsers are remembered by the browser itself: a signed cookie holds the numbers of the
accounts that signed in with it. Nothing about devices is kept on the server.
"""

from __future__ import annotations

import re

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

COOKIE = "__Host-device" if settings.SECURE else "device"
_SALT = "accounts.devices"
_YEAR = 365 * 24 * 3600
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


def is_known(request: HttpRequest, user_id: int) -> bool:
    """Whether the account has signed in with this browser before."""
    return user_id in _remembered(request)


def remember(request: HttpRequest, response: HttpResponse, user_id: int) -> None:
    """Let the browser keep, for a year, that the account is used in it."""
    ids = [user_id, *(other for other in _remembered(request) if other != user_id)][:_MOST]
    response.set_cookie(
        COOKIE,
        signing.dumps(ids, salt=_SALT),
        max_age=_YEAR,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )


def _remembered(request: HttpRequest) -> list[int]:
    try:
        ids = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_YEAR)
    except signing.BadSignature:
        return []
    return [one for one in ids if isinstance(one, int)]
