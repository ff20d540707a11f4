"""The installation's keys for web push, and whom it says it is (VAPID, RFC 8292)."""

from __future__ import annotations

import time
from functools import cache
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from py_vapid import Vapid02
from py_vapid.utils import b64urlencode

from core.domain.council import council

#: For how long a signed claim counts, in seconds; services refuse more than a day.
_CLAIM_SECONDS = 12 * 3600


def is_on() -> bool:
    """Whether the installation has a key: without one nothing of web push is shown or sent."""
    return bool(settings.VAPID_PRIVATE_KEY)


def public_key() -> str:
    """Public key for browsers to subscribe (``applicationServerKey``), base64url."""
    return public_part(settings.VAPID_PRIVATE_KEY)


def make_pair() -> tuple[str, str]:
    """A new private key as VAPID_PRIVATE_KEY takes it, and its public part."""
    key = ec.generate_private_key(ec.SECP256R1())
    private: str = b64urlencode(key.private_numbers().private_value.to_bytes(32, "big"))
    return private, public_part(private)


def public_part(private: str) -> str:
    """The public key of a private one, base64url."""
    point = _vapid(private).public_key.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    encoded: str = b64urlencode(point)
    return encoded


def authorization(endpoint: str) -> dict[str, str]:
    """The header that tells the push service of ``endpoint`` who pushes, and whom to write to."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(time.time()) + _CLAIM_SECONDS,
        "sub": f"mailto:{council().email}",
    }
    signed: dict[str, str] = _vapid(settings.VAPID_PRIVATE_KEY).sign(claims)
    return signed


@cache
def _vapid(private: str) -> Vapid02:
    return Vapid02.from_raw(private.encode())
