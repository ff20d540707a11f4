"""Places where polls are shown.

A poll knows nothing of what it is about: upper apps hold the key to it, and say here, from
``AppConfig.ready()``, what they hold it for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A page on which a poll stands. ``topic``: what its readers watch; "" where events of their
    own tell them."""

    kind: str
    title: str
    url: str
    topic: str


Find = Callable[[int], Iterable[Place]]
_finders: list[Find] = []


def register(find: Find) -> Find:
    """Make known a kind of places: ``find(poll_id)`` tells the public ones, in one query."""
    if find not in _finders:
        _finders.append(find)
    return find


def of(poll_id: int) -> list[Place]:
    """The public pages on which the poll stands; a query for each kind of them."""
    return [place for find in _finders for place in find(poll_id)]
