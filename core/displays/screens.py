"""Screens of a hall's display: what stands on it at a time, and whose turn it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from core.displays import layout
from core.displays.cards import Card, stack
from core.displays.layout import GAP, HEIGHT, TURN, Text

#: A heading above a text is not higher; a longer one has a screen of its own.
_ABOVE_TEXT = 13.0


@dataclass(slots=True)
class Screen:
    """One screen of a display; sizes are classes of css/display.css.

    ``heading`` is "" where an earlier screen has shown it, and where it stands in ``paragraphs``.
    """

    heading: str = ""
    heading_size: int = layout.SIZES[-1]
    paragraphs: tuple[str, ...] = ()
    size: int = layout.SIZES[-1]
    cells: Sequence[Any] = ()
    items: Sequence[Any] = ()
    cards: Sequence[Card] = ()
    columns: int = 1
    #: A picture of an app's own.
    seats: Any = None
    #: Words above what it shows: what these cards are.
    note: str = ""
    is_now: bool = False


class HasRotation(Protocol):
    is_now: bool


def mark_rotation(
    screens: Sequence[HasRotation], now: datetime, since: datetime | None = None
) -> int:
    """Marks the screen whose turn it is at ``now``, and answers from which second the turns are
    counted: ``since`` the first one is shown, else by the clock alone (js/display.js)."""
    begun = int(since.timestamp()) if since else 0
    if screens:
        screens[int((now.timestamp() - begun) // TURN) % len(screens)].is_now = True
    return begun


def spread(
    heading: Text,
    contents: Callable[[float, int], Iterable[Screen]],
    height: float = HEIGHT,
    highest: float = _ABOVE_TEXT,
) -> list[Screen]:
    """The heading above each screen of the contents; one that is too high on a screen of its own
    before them. ``contents`` is told how high a screen may be, and in which size its letters are at
    most."""
    (size,) = layout.fit((heading,), highest)
    taken = heading.height(size)
    if taken > highest:
        return [*alone(heading, height), *contents(height, heading.sizes[0])]
    screens = list(contents(height - taken - GAP, size)) or [Screen()]
    for screen in screens:
        screen.heading, screen.heading_size = heading.words, size
    return screens


def alone(heading: Text, height: float) -> list[Screen]:
    """A long heading on a screen of its own, or as a text on several."""
    larger = replace(heading, sizes=(*layout.HUGE, *heading.sizes))
    (size,) = layout.fit((larger,), height)
    if heading.height(size) <= height:
        return [Screen(heading.words, size)]
    size, pages = layout.read_in(heading.words, height, height)
    return [Screen(paragraphs=page, size=size) for page in pages]


def slices(parts: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Start and end of each part."""
    first = 0
    for many in parts:
        yield first, first + many
        first += many


def with_cards(
    cards: Sequence[Card], height: float, note: str = "", *, fills: bool = False
) -> list[Screen]:
    """Cards one below the other, on few screens (core.displays.cards.stack)."""
    made = stack(tuple(cards), height, fills=fills)
    return [Screen(cards=some, size=made.size, note=note) for some in made.screens]
