"""Who was told of a consultation and when: apps above say it, for they send the mails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """A mail that went to a person."""

    at: datetime
    event: str
    user_id: int
    public_name: str


type Source = Callable[[int], Iterator[Notice]]
_sources: list[Source] = []


def evidence_source(source: Source) -> Source:
    """Register a function that tells the notices of a consultation, by its id (a decorator)."""
    if source not in _sources:
        _sources.append(source)
    return source


def notices_of(consultation_id: int) -> Iterator[Notice]:
    """All that were sent, as far as it is known."""
    for source in _sources:
        yield from source(consultation_id)
