"""Receipts: what proves to its author that their words are in the ledger of speech. Pure.

Both the receipt and the digest of the words come from a random salt of the comment alone. The audit
log holds the digest and the receipt's hash; the salt goes when the author's account is erased, and
then neither says anything to anybody.
"""

from __future__ import annotations

import hmac
from hashlib import sha256

from core.domain.chain import canonical, fingerprint

#: Digits: no keyboard has to be switched to Latin.
DIGITS = 24
_GROUP = 4
SALT_BYTES = 32


def receipt_of(salt: bytes, comment_id: int) -> str:
    """24 random digits in groups, the same each time."""
    key = hmac.new(bytes(salt), f"receipt {comment_id}".encode(), sha256).digest()
    digits = str(int.from_bytes(key) % 10**DIGITS).zfill(DIGITS)
    return " ".join(digits[at : at + _GROUP] for at in range(0, DIGITS, _GROUP))


def digits_of(typed: str) -> str:
    """The digits of a receipt however it was typed; "" for what is none."""
    digits = "".join(sign for sign in typed if sign.isdecimal() and sign.isascii())
    rest = "".join(sign for sign in typed if not (sign.isdecimal() and sign.isascii()))
    return digits if len(digits) == DIGITS and not rest.strip(" -–\t\r\n\u00a0") else ""


def hash_of(receipt: str) -> str:
    """Hash of a receipt in the audit log."""
    return fingerprint(digits_of(receipt))


def words_key(salt: bytes) -> bytes:
    """The key of the words' digest: shown with the words, it proves them and gives no receipt."""
    return hmac.new(bytes(salt), b"words", sha256).digest()


def digest_of(salt: bytes, text: str, proposal: str) -> str:
    """Digest of the words in the audit log."""
    words = canonical({"proposal": proposal, "text": text})
    return hmac.new(words_key(salt), words.encode(), sha256).hexdigest()
