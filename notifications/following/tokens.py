"""Tokens of followers without an account: in the link that confirms an address, and in the links
of mails.

The first is the only place where an address is before it is confirmed: it is encrypted, so that no
log of URLs holds it. The others are made of the row and the site's secret, and stored nowhere.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.urls import reverse

from core.domain import clock
from core.domain.link_tokens import is_token, make_token
from notifications.models import Follower, Following

#: For so long the link that confirms an address works.
LINK_LIVES = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request made by an address. ``kind`` and ``pk``: what to follow; "" and 0 to have mails
    again after the address bounced.
    """

    email: str
    language: str
    kind: str = ""
    pk: int = 0


def confirmation_token(asked: Asked) -> str:
    """The token of the link that is mailed to the address."""
    words = json.dumps([asked.email, asked.language, asked.kind, asked.pk]).encode()
    return _box().encrypt_at_time(words, _seconds()).decode().rstrip("=")


def read_confirmation(token: str) -> Asked | None:
    """Read a token's request; None when the token is older than LINK_LIVES, or not ours."""
    padded = token + "=" * (-len(token) % 4)
    try:
        words = _box().decrypt_at_time(padded, int(LINK_LIVES.total_seconds()), _seconds())
    except (InvalidToken, ValueError):
        return None
    return Asked(*json.loads(words))


def settings_token(follower: Follower) -> str:
    """The token of the page on which a follower without an account manages what they follow."""
    return make_token(*_settings_of(follower))


def is_settings_token(given: str, follower: Follower) -> bool:
    """Whether a token is that of a follower's settings."""
    return is_token(given, *_settings_of(follower))


def settings_path(follower: Follower) -> str:
    """The path of a follower's settings, in the active language: of an account its page, of an
    address a page that the link alone opens."""
    if follower.user_id is not None:
        return reverse("notifications:settings")
    return reverse("notifications:settings_by_link", args=[follower.pk, settings_token(follower)])


def stop_token(follower: Follower, topic: str = "") -> str:
    """The token by which mails of one topic, or all ("") are stopped: good for that alone."""
    return make_token(*_stopping(follower, topic))


def is_stop_token(given: str, follower: Follower, topic: str = "") -> bool:
    """Whether a token is the one by which a follower's mails of a topic, or all, are stopped."""
    return is_token(given, *_stopping(follower, topic))


def _settings_of(follower: Follower) -> tuple[str, str]:
    return "notifications.follower", f"{follower.pk}:{follower.created_at.timestamp()}"


def _stopping(follower: Follower, topic: str) -> tuple[str, str]:
    return "notifications.stop", f"{follower.pk}:{follower.created_at.timestamp()}:{topic}"


def _seconds() -> int:
    return int(clock.now().timestamp())


def _box() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_derive_key(key)) for key in keys])


@cache
def _derive_key(key: str) -> bytes:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"viche following by e-mail")
    return urlsafe_b64encode(derivation.derive(key.encode()))


def stop_path(follower: Follower, following: Following | None = None) -> str:
    """The path that stops mails of ``following``, or of everything that they follow.

    Who has the link stops these mails and can do nothing else. It goes on working when the thing is
    followed no more, and lets it be followed again.
    """
    if following is None:
        return reverse("notifications:stop_all", args=[follower.pk, stop_token(follower)])
    token = stop_token(follower, following.topic)
    args = [follower.pk, following.kind, following.thing_id, token]
    return reverse("notifications:stop", args=args)
