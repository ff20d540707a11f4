"""Boxes: bytes sealed to the public keys of several keepers, each of whom opens them alone.

A box is HPKE (RFC 9180), sealed once for each keeper in one call of ``cryptography``; the parts
stand one after the other, in the order of the keepers. Nothing of it is ours but what is sealed:
the bytes behind their length, filled up to one length, so that no box tells how much is in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

#: RFC 9180, ids 0x0020, 0x0001, 0x0002; static/js/hpke.js opens the same.
SUITE = "DHKEM-X25519 HKDF-SHA256 AES-256-GCM"
HPKE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
STEP = 256
#: What HPKE adds to what is sealed: an encapsulated key and a tag.
_ADDED = 32 + 16
_LENGTH = 4


def length_of(said: bytes) -> int:
    """The length to which so many bytes are filled up: a multiple of STEP."""
    return -(-(_LENGTH + len(said)) // STEP) * STEP


def seal(said: bytes, length: int, keys: Sequence[bytes], info: Callable[[bytes], bytes]) -> bytes:
    """A box that each of the private keys opens. ``info``: what the part for a public key is bound
    to, which has to be the same when it is opened. Raises ValueError where there is no key, or more
    is said than ``length`` holds."""
    if not keys or len(said) + _LENGTH > length:
        raise ValueError("this cannot be sealed")
    plain = (len(said).to_bytes(_LENGTH) + said).ljust(length, b"\0")
    return b"".join(
        HPKE.encrypt(plain, X25519PublicKey.from_public_bytes(key), info(key)) for key in keys
    )


def unseal(box: bytes, length: int, key: X25519PrivateKey, place: int, info: bytes) -> bytes | None:
    """The sealed bytes, by the key of the keeper at ``place``; None where the box does not open."""
    size = size_of(length, 1)
    part = box[size * place : size * (place + 1)]
    try:
        plain = HPKE.decrypt(part, key, info)
    except (InvalidTag, ValueError):
        return None
    end = _LENGTH + int.from_bytes(plain[:_LENGTH])
    return None if plain[end:].strip(b"\0") else plain[_LENGTH:end]


def size_of(length: int, keepers: int) -> int:
    """The length of a box for so many keepers."""
    return (length + _ADDED) * keepers


def public_half(key: X25519PrivateKey) -> bytes:
    """The raw bytes of a key's public half."""
    return key.public_key().public_bytes_raw()


def fingerprint_of(public_key: bytes) -> str:
    """SHA-256 of a public key, in groups of four hexadecimal digits, by which people compare it."""
    digits = sha256(public_key).hexdigest()
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))
