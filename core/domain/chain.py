"""Hash chains of lines: the format that ledgers and the audit log share. Pure.

A line is canonical JSON (RFC 8785 of whole numbers and text: keys sorted, no spaces, UTF-8) and
names the SHA-256 of the line before it, so whoever changes one line has to change all that follow,
and the head that was published meanwhile says otherwise.
"""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256
from typing import Any

from core.domain.calendar import KYIV

#: What the first line names instead of a line before it.
BEGINNING = "0" * 64


def canonical(value: dict[str, Any]) -> str:
    """The one way to write it."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(line: str) -> str:
    """SHA-256 of a line without its end, in hexadecimal."""
    return sha256(line.encode()).hexdigest()


def moment(at: datetime) -> str:
    """A moment as lines say it: in Kyiv, to the second, with its offset."""
    return at.astimezone(KYIV).isoformat(timespec="seconds")
