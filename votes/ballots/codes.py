"""The published codes of a secret poll: a voter finds theirs among those that count.

The file has one code a line, sorted, each as 32 hexadecimal digits, and a line's end after each;
its SHA-256 is published with the result. It holds no choices: the code proves that a ballot is in
the counted set, not what it says, so that nobody can sell it.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from votes.models import Poll, ReceiptCode


def lines(poll: Poll) -> Iterator[bytes]:
    """The file, line by line."""
    found = ReceiptCode.objects.filter(poll=poll).order_by("place")
    for code in found.values_list("code", flat=True).iterator(5000):
        yield f"{code.hex}\n".encode()


def hash_of(poll: Poll) -> str:
    """SHA-256 of the file, in hexadecimal."""
    digest = sha256()
    for line in lines(poll):
        digest.update(line)
    return digest.hexdigest()
