"""Lines of the list of broadcasts: parts of pages, and the events that change them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from core.domain.events import Event

#: The variants of a topic: pages that people read, the screens of halls, pages of results, and
#: pages on which a vote must be cast in time. The last have no parts: they fetch their region.
PAGE, DISPLAY, RESULTS, VOTING = "page", "display", "results", "voting"


def face_of(variant: str) -> str:
    """Which of the four a variant is: ``display-3``, a meeting's third display, is a display."""
    return variant.partition("-")[0]


#: What was read for the frame under way.
_read: ContextVar[dict[Hashable, Any] | None] = ContextVar("read_for_a_frame", default=None)


@contextmanager
def one_frame() -> Iterator[None]:
    """Parts and languages that are drawn within share what they read ``once``."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def once[T](key: Hashable, read: Callable[[], T]) -> T:
    """The result of ``read``, read once in a frame. It holds no words in any language."""
    kept = _read.get()
    if kept is None:
        return read()
    if key not in kept:
        kept[key] = read()
    found: T = kept[key]
    return found


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a page that can be drawn anew by itself.

    ``contexts(ids)`` yields an id and the context of each thing that still has a place on the
    page; what it leaves out is taken away. ``target`` makes the element's id of the thing's.
    ``of_topic``: there is one on a page, so its ids are those of the topics themselves.
    ``within``: the part that holds it, and with which it is not drawn once more.
    """

    template: str
    target: str
    contexts: Callable[[list[int]], Iterable[tuple[int, dict[str, Any]]]]
    of_topic: bool = False
    within: Part | None = None
    #: Of a thing that has several displays, each with a picture of its own: by its number, the part
    #: that is drawn for it instead.
    numbered: Mapping[int, Part] = field(default_factory=dict, compare=False)

    def of(self, variant: str) -> Part:
        """Content drawn for this variant."""
        number = variant.partition("-")[2]
        return self.numbered.get(int(number), self) if number else self


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One line of the list. ``thing`` names the event's field that ``page``'s contexts take;
    ``joins`` the list on whose top a page puts the part when it has none yet. ``also``: what else
    of a page changes with it, each a part of the topic."""

    events: tuple[type[Event], ...]
    topics: Callable[[Any], list[str]]
    thing: str
    page: Part | None = None
    display: Part | None = None
    results: Part | None = None
    joins: str = ""
    also: tuple[Part, ...] = ()

    def part(self, variant: str) -> Part | None:
        faces = {PAGE: self.page, DISPLAY: self.display, RESULTS: self.results}
        part = faces.get(face_of(variant))
        return part.of(variant) if part else None
