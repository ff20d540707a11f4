"""The manifest of published minutes: what their SHA-256 is taken of, and whether it verifies.

As that of a report (consultations.reports.manifest): names and questions stand in it as salted
hashes, so that a name which goes after an erasure leaves it the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC
from hashlib import sha256

from consultations.reports.manifest import canonical, salted_hash
from meetings.models import MinutesEdition, MinutesPart

#: Says how a manifest is made, so that later ones may be made otherwise.
FORMAT = "viche-minutes-1"


def lines_of(edition: MinutesEdition, parts: Iterable[MinutesPart]) -> Iterator[str]:
    """The manifest, line by line: the edition, then a line for each name or question."""
    yield canonical(
        {
            "format": FORMAT,
            "meeting": edition.meeting_id,
            "number": edition.number,
            "at": edition.at.astimezone(UTC).isoformat(),
            "reason": edition.reason,
            "title": edition.title,
            "content": sha256(canonical(edition.content).encode()).hexdigest(),
        }
    )
    for part in parts:
        yield canonical([part.place, part.question_id, part.hash])


def digest(edition: MinutesEdition, parts: Iterable[MinutesPart]) -> str:
    """The SHA-256 of the manifest."""
    made = sha256()
    for line in lines_of(edition, parts):
        made.update(f"{line}\n".encode())
    return made.hexdigest()


def verify(edition: MinutesEdition) -> list[str]:
    """Parts of an edition that differ from its publication; none if all hold. One query."""
    parts = list(edition.parts.order_by("place"))
    wrong = [] if digest(edition, parts) == edition.sha256 else ["manifest"]
    wrong += [
        f"part {part.place}"
        for part in parts
        if part.salt and salted_hash(part.salt, part.words) != part.hash
    ]
    return wrong
