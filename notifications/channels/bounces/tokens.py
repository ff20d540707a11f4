"""The envelope sender of a mail, which says to whom it went without naming them (VERP).

    bounces+<token>@rada.example    token = day, address, signature

The address is a keyed hash of 60 bits, so neither the mail's way nor a log tells it; the signature
of 60 bits keeps strangers from writing a token of their own, and the day lets an old one lapse.
Mail servers may change the case: a token is in small letters and digits.
"""

from __future__ import annotations

import hmac
import re
from base64 import b32encode
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256

from django.conf import settings

from core.domain import clock
from core.domain.calendar import local_date
from core.domain.email_addresses import to_comparable

#: Days for which a bounce counts: servers give a mail up after about a week.
DAYS = timedelta(days=30)
_FIRST_DAY = date(2026, 1, 1)
_TOKEN = re.compile(r"^([0-9a-f]{4})([a-z2-7]{12})([a-z2-7]{12})$")


@dataclass(frozen=True, slots=True)
class Token:
    """A token whose signature holds: when the mail was sent, and the hash of its receiver by
    ``key``, which is SECRET_KEY or a former one."""

    day: date
    address: str
    key: str = field(repr=False)

    def is_of(self, email: str) -> bool:
        """Whether the mail went to this address."""
        return hmac.compare_digest(self.address, hash_address(email, self.key))


def hash_address(email: str, key: str) -> str:
    """Hash of an address in a token made by this key."""
    return _hash("address", to_comparable(email), key)


def envelope_sender(email: str) -> str:
    """The envelope sender of a mail to an address, today; "" where bounces are not read."""
    if not settings.BOUNCE_ADDRESS:
        return ""
    day = (local_date(clock.now()) - _FIRST_DAY).days
    key = settings.SECRET_KEY
    signed = f"{day:04x}{hash_address(email, key)}"
    local, _at, domain = settings.BOUNCE_ADDRESS.rpartition("@")
    return f"{local}+{signed}{_hash('signature', signed, key)}@{domain}"


def find_token(recipients: str) -> Token | None:
    """The token in the headers that say to whom a bounce came; None for none that counts now."""
    local, _at, domain = settings.BOUNCE_ADDRESS.rpartition("@")
    pattern = rf"{re.escape(local)}\+([0-9a-z]{{28}})@{re.escape(domain)}"
    for text in re.findall(pattern, recipients.lower()):
        parts = _TOKEN.match(text)
        if parts is None:
            continue
        day, address, signature = parts.groups()
        key = _find_key(signature, day + address)
        if key is None:
            continue
        token = Token(_FIRST_DAY + timedelta(days=int(day, 16)), address, key)
        if local_date(clock.now()) - token.day <= DAYS:
            return token
    return None


def _find_key(signature: str, signed: str) -> str | None:
    """The key by which it was signed: that of now, or a former one."""
    keys: tuple[str, ...] = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    for key in keys:
        if hmac.compare_digest(signature, _hash("signature", signed, key)):
            return key
    return None


def _hash(purpose: str, text: str, key: str) -> str:
    """60 bits of a keyed hash as twelve letters and digits."""
    made = hmac.digest(f"bounces:{purpose}:{key}".encode(), text.encode(), sha256)
    return b32encode(made)[:12].decode().lower()
