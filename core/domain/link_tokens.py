"""Tokens in links of mails: made of a row and the site's secret, stored nowhere.

A reader of the database alone, without the secret, can make none. A link goes on working while the
key by which it was made is among SECRET_KEY_FALLBACKS.
"""

from __future__ import annotations

from hmac import compare_digest

from django.conf import settings
from django.utils.crypto import salted_hmac


def make_token(purpose: str, value: str) -> str:
    """The token of ``value`` for a purpose: 40 hexadecimal digits, so many that no log shows it
    (core/web/logs.py)."""
    return _mix(purpose, value, settings.SECRET_KEY)


def is_token(given: str, purpose: str, value: str) -> bool:
    """Whether ``given`` is the token, by the key of now or a former one, compared in
    constant time."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    right = [compare_digest(_mix(purpose, value, key).encode(), given.encode()) for key in keys]
    return any(right)


def _mix(purpose: str, value: str, key: str) -> str:
    return salted_hmac(purpose, value, secret=key, algorithm="sha256").hexdigest()[:40]
