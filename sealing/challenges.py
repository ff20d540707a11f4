"""Challenges for keepers of keys: something sealed that only the saved file opens.

A random word is sealed by HPKE to the keeper's public key; the page opens it with the file and
sends the word. The server keeps nothing: beside what is sealed stands a keyed hash of the word,
signed for an hour and for this keeper.
"""

from __future__ import annotations

import secrets

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from sealing.boxes import HPKE

#: js/keeper.js says the same.
INFO = b"viche challenge"
_SIGNER = signing.TimestampSigner(salt="sealing.challenges")
_SECONDS = 3600


def challenge(public_key: X25519PublicKey, word: str = "") -> bytes:
    """A word sealed to a key. Raises ValueError for a key with which nothing can be sealed."""
    return HPKE.encrypt(word.encode(), public_key, INFO)


def answer_to(sealed: bytes, key: X25519PrivateKey) -> str:
    """The word that was sealed. Raises InvalidTag or ValueError where the key does not open it."""
    return HPKE.decrypt(sealed, key, INFO).decode()


def new_challenge(keeper_id: int, public_key: bytes) -> tuple[str, str]:
    """The sealed challenge, in hexadecimal digits, and what is sent back with the answer."""
    word = secrets.token_hex(16)
    sealed = challenge(X25519PublicKey.from_public_bytes(public_key), word)
    return sealed.hex(), _SIGNER.sign_object([keeper_id, _hash(word)])


def is_answer(keeper_id: int, signed: str, word: str) -> bool:
    """Whether this word was sealed to this keeper within the last hour."""
    try:
        of, digest = _SIGNER.unsign_object(signed, max_age=_SECONDS)
    except (signing.BadSignature, ValueError):
        return False
    return of == keeper_id and constant_time_compare(digest, _hash(word))


def _hash(word: str) -> str:
    return salted_hmac("sealing.challenges", word, algorithm="sha256").hexdigest()
