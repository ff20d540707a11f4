"""The manifest of an edition: what its SHA-256 is taken of, and whether it still verifies.

Names and words stand in it as salted hashes. Emptying them, which an erasure does to a name, takes
the salt too: nobody can try out names against the hash, and the manifest stays the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC
from hashlib import sha256
from secrets import token_hex
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from consultations.models import Edition, EditionRow

#: Says how a manifest is made, so that later ones may be made otherwise.
FORMAT = "viche-report-1"


def new_salt() -> str:
    return token_hex(16)


def salted_hash(salt: str, text: str) -> str:
    """The hash that stands for a text."""
    return sha256(f"{salt}\n{text}".encode()).hexdigest()


def canonical(value: Any) -> str:
    """One spelling of a JSON value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def lines_of(edition: Edition, rows: Iterable[EditionRow]) -> Iterator[str]:
    """The manifest, line by line: the edition, then a line for each row in its order."""
    head = {
        "format": FORMAT,
        "consultation": edition.consultation_id,
        "number": edition.number,
        "at": edition.at.astimezone(UTC).isoformat(),
        "reason": edition.reason,
        "full_names": edition.has_full_names,
        "rows": edition.rows_total,
        "content": sha256(canonical(edition.content).encode()).hexdigest(),
    }
    yield canonical(head)
    for row in rows:
        facts = sha256(canonical(row.facts).encode()).hexdigest()
        yield canonical(
            [row.place, row.remark_id, row.number, row.name_hash, row.words_hash, facts]
        )


def digest(edition: Edition, rows: Iterable[EditionRow]) -> str:
    """The SHA-256 of the manifest."""
    made = sha256()
    for line in lines_of(edition, rows):
        made.update(f"{line}\n".encode())
    return made.hexdigest()


def verify(edition: Edition) -> list[str]:
    """Parts of an edition that differ from its publication; none if all hold. One query."""
    wrong = []
    rows = list(edition.rows.order_by("place"))
    if digest(edition, rows) != edition.sha256:
        wrong.append("manifest")
    for row in rows:
        if row.name_salt and salted_hash(row.name_salt, row.name) != row.name_hash:
            wrong.append(f"name {row.place}")
        if row.words_salt and salted_hash(row.words_salt, row.words) != row.words_hash:
            wrong.append(f"words {row.place}")
    return wrong
