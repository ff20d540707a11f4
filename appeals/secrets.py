"""The secret by which a person without an account reads their appeal.

26 letters and digits, 130 random bits; only a keyed hash of it is stored, so a copy of the
database opens nothing. It is compared in constant time, for numbers that do not exist as well.
"""

from __future__ import annotations

import secrets
from datetime import date
from hmac import compare_digest

from django.utils.crypto import salted_hmac

from appeals.models import Appeal

#: Without what people take for one another (Crockford's base 32).
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 26
_GROUP = 5
_MEANT = str.maketrans("OILАВСЕНКМРТХОІ", "011ABCEHKMPTX01")
_NOBODYS = b"\0" * 32


def new_secret() -> str:
    """A new one, in groups as it is shown: «7K2QD-…»."""
    text = "".join(secrets.choice(_ALPHABET) for _place in range(_LENGTH))
    return "-".join(text[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def hash_of(secret: str) -> bytes:
    """What is stored of it. Spaces, hyphens, small letters and Cyrillic look-alikes are one."""
    text = "".join(letter for letter in secret.upper() if letter.isalnum()).translate(_MEANT)
    return salted_hmac("appeals.secret", text, algorithm="sha256").digest()


def find_by_secret(number: int, registered_on: date, secret: str) -> Appeal | None:
    """The appeal of this number and day, if the secret is its own; one query. Callers limit how
    often somebody may try."""
    found = Appeal.objects.filter(number=number, registered_on=registered_on).first()
    stored = bytes(found.secret_hash) if found and found.secret_hash else _NOBODYS
    return found if compare_digest(stored, hash_of(secret)) else None
