"""Rules of push subscriptions. Pure."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode
from collections.abc import Iterable
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from django.utils.translation import gettext_lazy as _

from core.domain.rules import ALLOWED, Verdict, refuse

#: Browsers that one person may have told.
MOST = 10
#: The column's length.
_LONGEST = 1000


def subscribe(
    endpoint: str, p256dh: str, auth: str, *, services: Iterable[str], has: int
) -> Verdict:
    """Whether a browser may be told: by a listed push service over https, with keys that encrypt.

    ``services``: hosts, or ``*.host`` for all below one; ``has``: how many other browsers of the
    person are told.
    """
    if not is_of_service(endpoint, services):
        return refuse("push.unknown_service", _("We do not know this browser's push service."))
    if not _is_point(p256dh) or len(_decode(auth)) != 16:
        return refuse("push.bad_keys", _("The browser gave keys that cannot be used."))
    if has >= MOST:
        return refuse(
            "push.too_many", _("Ten browsers get notifications already. Remove one of them first.")
        )
    return ALLOWED


def is_of_service(endpoint: str, services: Iterable[str]) -> bool:
    """Whether an endpoint is an https address of one of the services, on the usual port."""
    if len(endpoint) > _LONGEST or not endpoint.isascii() or not endpoint.isprintable():
        return False
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return False
    if parts.scheme != "https" or port not in (None, 443) or parts.username is not None:
        return False
    return any(_is_host(parts.hostname or "", service) for service in services)


def _is_host(host: str, service: str) -> bool:
    if service.startswith("*."):
        return host.endswith(service[1:])
    return host == service


def _is_point(text: str) -> bool:
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _decode(text))
    except ValueError:
        return False
    return True


def _decode(text: str) -> bytes:
    """base64url without its padding; b"" for what is none."""
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return b""
