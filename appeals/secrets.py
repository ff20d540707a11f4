"""The secret by which a person without an account reads their appeal.

26 letters and digits, 130 random bits; only a keyed hash of it is stored, so a copy of the
database opens nothing. It is compared in constant time, for numbers that do not exist as well.

A new one that was mailed takes the place of the former when it is first used: until then both
open the appeal, so that a mail which does not arrive, or which somebody else asked for, takes
nothing from the applicant.
"""

from __future__ import annotations

import secrets
from datetime import date
from hashlib import sha256
from hmac import compare_digest

from django.utils.crypto import salted_hmac

from appeals.models import Appeal

#: Without what people take for one another (Crockford's base 32).
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 26
_BITS = 130
_GROUP = 5
_MEANT = str.maketrans("OILАВСЕНКМРТХОІ", "011ABCEHKMPTX01")
_NOBODYS = b"\0" * 32


def new_secret(source: str = "") -> str:
    """A new one, in groups as it is shown: «7K2QD-…».

    ``source``: random words (core.domain.idempotency_keys.secret) from which the same is made each
    time.
    """
    digest = sha256(source.encode()).digest()
    number = int.from_bytes(digest) if source else secrets.randbits(_BITS)
    text = "".join(_ALPHABET[number >> 5 * place & 31] for place in range(_LENGTH))
    return "-".join(text[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def hash_of(secret: str) -> bytes:
    """The stored hash of a secret. Spaces, hyphens, small letters and Cyrillic
    look-alikes are one.
    """
    text = "".join(letter for letter in secret.upper() if letter.isalnum()).translate(_MEANT)
    return salted_hmac("appeals.secret", text, algorithm="sha256").digest()


def find_by_secret(number: int, registered_on: date, secret: str) -> Appeal | None:
    """The appeal of this number and day with its hashes alone, if the secret is its own. Callers
    limit how often somebody may try.

    One query and two comparisons, whatever is wrong; nothing of the text is read, whose length
    would tell whether there is such a number.
    """
    rows = Appeal.objects.only("secret_hash", "next_secret_hash")
    found = rows.filter(number=number, registered_on=registered_on).first()
    given = hash_of(secret)
    is_present = _is_same(found.secret_hash if found else None, given)
    is_next = _is_same(found.next_secret_hash if found else None, given)
    return found if is_present or is_next else None


def is_secret_of(appeal: Appeal, secret: str) -> bool:
    """Whether it is the present one."""
    return _is_same(appeal.secret_hash, hash_of(secret))


def is_next(appeal: Appeal, secret: str) -> bool:
    """Whether it is the one that waits to take the other's place."""
    return _is_same(appeal.next_secret_hash, hash_of(secret))


def _is_same(stored: bytes | memoryview | None, given: bytes) -> bool:
    return compare_digest(bytes(stored) if stored else _NOBODYS, given)
