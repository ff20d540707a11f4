"""Rules of push subscriptions. Pure."""

from __future__ import annotations

import binascii
import re
from base64 import urlsafe_b64decode
from collections.abc import Iterable
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from django.utils.translation import gettext_lazy as _

from core.domain.rules import ALLOWED, Verdict, refuse

#: Browsers that one person may have told.
MOST = 10
#: Labels of a host name, as RFC 1123 has them.
_LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_BELOW = re.compile(rf"{_LABEL}(\.{_LABEL})*")
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
    host = parts.netloc.lower().removesuffix(f":{port}")
    return any(_is_host(host, service) for service in services)


def _is_host(host: str, service: str) -> bool:
    """Whether it is the host of a service, or a host name below it: nothing that a resolver or
    another parser could read otherwise (no percent sign, backslash, underscore or empty label)."""
    if not service.startswith("*."):
        return host == service
    below = host.removesuffix(service[1:])
    return below != host and _BELOW.fullmatch(below) is not None


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
