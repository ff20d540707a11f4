"""Short keys of clauses: the first eight digits of a key, by which pages and addresses name one.

A page names each clause several times, and the 36 characters of a UUID hardly compress: those of a
law of 328 clauses were a third of its page. Within a version no two keys begin alike (a constraint
of Clause), so their beginning says which clause it is. Whole keys, by which addresses named clauses
before and the API still does, are understood too.
"""

from __future__ import annotations

import re
from uuid import UUID

LENGTH = 8
_DIGITS = 32
_SHORT = re.compile(rf"[0-9a-f]{{{LENGTH}}}")


def short_key_of(key: UUID) -> str:
    """Return the short key of a clause."""
    return key.hex[:LENGTH]


def anchor_of(key: UUID) -> str:
    """Return the id of a clause on the page of its text: "c-1a2b3c4d"."""
    return f"c-{short_key_of(key)}"


def range_of(asked: str) -> tuple[UUID, UUID] | None:
    """Return the least and the greatest key that an address can mean; None where it names none."""
    if _SHORT.fullmatch(asked):
        rest = _DIGITS - LENGTH
        return UUID(asked + "0" * rest), UUID(asked + "f" * rest)
    try:
        return UUID(asked), UUID(asked)
    except ValueError:
        return None
