"""Rows of record: what was published or decided, beside the entry of the audit log that tells it.

A *thing* is what a procedure consists of: an announcement, a version, a remark, a disposition. Its
line holds facts as they are; of words, names and contacts it holds digests alone, whose keys stand
in the application's tables, so an erasure stays possible. The digests of an entry's rows stand in
the entry itself (``ids["record"]``), so the chain of the audit log covers them (ADR 93).

    @records(DatesChanged)
    def dates_changed(events): yield event, Thing("consultation:12", "dates", 5, {"at": …})
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from core.domain.chain import canonical, fingerprint
from core.domain.events import Event

#: Of words, names or contacts, by the group: what the digest is taken of.
type Value = Mapping[str, str | int | None]


@dataclass(frozen=True, slots=True)
class Text:
    """A group of words of a thing, with the key of their digest.

    ``is_public``: everybody may read the words now; else a public bundle holds the digest alone.
    """

    key: bytes
    value: Value
    is_public: bool = True

    @property
    def digest(self) -> str:
        """HMAC-SHA256 of the canonical value, in hexadecimal."""
        return hmac.new(self.key, canonical(dict(self.value)).encode(), sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing as it stands in the application's tables.

    ``of``: the procedure, as «consultation:12»; ``number``: its id among those of its kind.
    ``facts``: JSON of numbers, enumerations, hashes and dates (``fact``), never words. ``files``:
    the names of facts that are the SHA-256 of a file, each with what reads it.
    """

    of: str
    kind: str
    number: int
    facts: Mapping[str, Any]
    texts: Mapping[str, Text] = field(default_factory=dict)
    files: Mapping[str, Callable[[], Iterator[bytes]]] = field(default_factory=dict)

    @property
    def line(self) -> str:
        """Its line in a row of record."""
        texts = {name: text.digest for name, text in self.texts.items()}
        return canonical({**_recorded_fields(self), "facts": dict(self.facts), "texts": texts})


@dataclass(frozen=True, slots=True)
class Gone:
    """A thing that is no more. ``why``: taken_back, removed or not_public.

    ``by_term``: it went when its term was over, and no row says so.
    """

    of: str
    kind: str
    number: int
    why: str
    by_term: bool = False

    @property
    def line(self) -> str:
        return canonical({**_recorded_fields(self), "gone": self.why})


type Recorded = Thing | Gone
type Recorder = Callable[[list[Any]], Iterable[tuple[Event, Recorded]]]

_recorders: dict[type[Event], Recorder] = {}


def records(*types: type[Event]) -> Callable[[Recorder], Recorder]:
    """Register what tells the rows of record of events (a decorator): it gets all of a type that an
    action emitted, once the action has changed what it changes."""

    def register(recorder: Recorder) -> Recorder:
        for event_type in types:
            if _recorders.setdefault(event_type, recorder) is not recorder:
                raise RuntimeError(f"{event_type.__name__} has a recorder already")
        return recorder

    return register


def recorded_by(events: Sequence[Event]) -> dict[int, list[Recorded]]:
    """The rows of record of events, by the place of their event."""
    found: dict[int, list[Recorded]] = {}
    by_type: dict[type[Event], dict[int, Event]] = {}
    for place, event in enumerate(events):
        if type(event) in _recorders:
            by_type.setdefault(type(event), {})[place] = event
    for event_type, them in by_type.items():
        places = {id(event): place for place, event in them.items()}
        for event, recorded in _recorders[event_type](list(them.values())):
            found.setdefault(places[id(event)], []).append(recorded)
    return found


def fact(value: Any) -> Any:
    """A value as facts hold it: moments in UTC to the microsecond, days and ids as text."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return value


def facts(**values: Any) -> dict[str, Any]:
    """Facts, each as ``fact`` writes it."""
    return {name: fact(value) for name, value in values.items()}


def derived_key(salt: bytes, *path: object) -> bytes:
    """The key of a digest, derived from a salt: shown with the words, it proves these alone."""
    return hmac.new(bytes(salt), " ".join(map(str, path)).encode(), sha256).digest()


def thing(
    of: str,
    kind: str,
    number: int,
    said: Mapping[str, Any],
    *,
    salt: bytes,
    files: Mapping[str, Callable[[], Iterator[bytes]]] | None = None,
    is_public: bool = True,
    public: Collection[str] | None = None,
    values: Mapping[str, Value],
) -> Thing:
    """A thing whose texts have keys derived from its procedure's ``salt``; ``values``: what the
    texts say, by the group. ``public``: the groups that everybody may read, where it is not all or,
    unless ``is_public``, none."""
    texts = {
        group: Text(
            derived_key(salt, kind, number, group),
            value,
            is_public if public is None else group in public,
        )
        for group, value in values.items()
    }
    return Thing(of, kind, number, said, texts, files or {})


def row_of(recorded: Recorded) -> tuple[str, str, int, str, str]:
    """The columns of its row: of, kind, number, line, SHA-256."""
    line = recorded.line
    return recorded.of, recorded.kind, recorded.number, line, fingerprint(line)


def _recorded_fields(recorded: Recorded) -> dict[str, Any]:
    return {"of": recorded.of, "kind": recorded.kind, "number": recorded.number}
