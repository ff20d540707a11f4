"""What the desk shows of an entry of the audit log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.data import words
from accounts.models import User
from core.models import AuditEntry
from portal.audit.forms import OBJECTS

#: What the columns of a line say already.
_SAID = ("by_id", "user_id")


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in words: when, who, what, about whom and which numbers."""

    number: int
    at: datetime
    event: str
    title: Any
    #: Who did it; None: a job, the command line, or somebody whose account is no more.
    by: User | None
    by_number: int | None
    about: User | None
    #: What it was about, and its number or hash.
    ids: tuple[tuple[Any, Any], ...]


def show_lines(entries: Iterable[AuditEntry], people: Mapping[int, User]) -> list[Line]:
    """The entries as lines, with the people that they name."""
    return [_line(entry, people) for entry in entries]


def _line(entry: AuditEntry, people: Mapping[int, User]) -> Line:
    about = entry.ids.get("user_id")
    rest = [(key, value) for key, value in entry.ids.items() if key not in _SAID]
    return Line(
        number=entry.pk,
        at=entry.at,
        event=entry.event,
        title=words.event(entry.event),
        by=people.get(entry.actor) if entry.actor is not None else None,
        by_number=entry.actor,
        about=people.get(about) if isinstance(about, int) else None,
        ids=tuple(
            (OBJECTS.get(key, key), _shorten(value)) for key, value in rest if value is not None
        ),
    )


def _shorten(value: Any) -> Any:
    """A hash by its beginning."""
    return f"{value[:12]}…" if isinstance(value, str) and len(value) == 64 else value
