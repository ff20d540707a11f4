"""Personal parts: the few regions of a shared page that differ from reader to reader.

A personal part is an inclusion tag whose function gets the request of the reader:

    @personal_part(register, "petitions/own_signature.html")
    def own_signature(request: HttpRequest, petition_id: int) -> dict[str, Any] | None:
        signature = reading.own_signature(petition_id, request.user)
        return {"signature": signature} if signature else None

On a page that is drawn for one person ``{% own_signature 12 %}`` is drawn where it stands. While
core.web.pages draws a page for everybody, it is drawn as for a stranger, and its place is noted
with the tag's arguments; each reader who is signed in gets the kept page with these places drawn
anew.

The template gets what the function returns and the usual context of a request; None draws nothing,
and so costs nothing. The arguments are kept with the page, so they are what everybody may know, and
small: plain values only.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import template
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

#: Stands around each place while a page is drawn: random, so that nobody's words can hold it.
_MARK = f"\0{secrets.token_hex(16)}\0"
_PLACE = re.compile(f"{_MARK}([0-9]+) (.*?){_MARK}".encode(), re.DOTALL)
_PLAIN = (str, int, float, date, UUID, type(None))

#: A part with its arguments; it lacks the reader's request.
type Draw = Callable[[HttpRequest], str]
#: What a part's function returns.
type Drawn = dict[str, Any] | SafeString | None


@dataclass(frozen=True, slots=True)
class Place:
    """Place of a personal part in the body that was drawn for a stranger."""

    start: int
    end: int
    draw: Draw


class PlacesOfPage:
    """Gathers the personal parts of one page while it is drawn for everybody."""

    def __init__(self, stranger: HttpRequest) -> None:
        self._stranger = stranger
        self._parts: list[Draw] = []

    def note(self, draw: Draw) -> SafeString:
        """The part as a stranger sees it, marked."""
        self._parts.append(draw)
        shown = draw(self._stranger)
        return mark_safe(f"{_MARK}{len(self._parts) - 1} {shown}{_MARK}")

    def take_from(self, body: bytes) -> tuple[bytes, tuple[Place, ...]]:
        """The page for strangers without the marks, and the places of its parts, in their order."""
        pieces: list[bytes] = []
        places: list[Place] = []
        length = read = 0
        for found in _PLACE.finditer(body):
            before = body[read : found.start()]
            start = length + len(before)
            length = start + len(found[2])
            places.append(Place(start, length, self._parts[int(found[1])]))
            pieces += (before, found[2])
            read = found.end()
        pieces.append(body[read:])
        return b"".join(pieces), tuple(places)


def personal_part(
    register: template.Library, name: str = ""
) -> Callable[[Callable[..., Drawn]], Callable[..., Drawn]]:
    """Make a function a personal part: a tag of the function's name, with template ``name``.

    A function without a template returns what it has drawn itself.
    """

    def decorate(function: Callable[..., Drawn]) -> Callable[..., Drawn]:
        def draw(request: HttpRequest, *args: Any, **kwargs: Any) -> str:
            drawn = function(request, *args, **kwargs)
            if isinstance(drawn, dict):
                return render_to_string(name, drawn, request)
            return drawn or SafeString()

        @register.simple_tag(takes_context=True, name=function.__name__)
        def tag(context: template.Context, *args: Any, **kwargs: Any) -> str:
            request = getattr(context, "request", None)
            if request is None:
                raise template.TemplateSyntaxError(
                    f"{function.__name__} is a personal part: a live fragment has no reader"
                )
            places: PlacesOfPage | None = getattr(request, "places", None)
            if places is None:
                return draw(request, *args, **kwargs)
            _require_plain(function.__name__, (*args, *kwargs.values()))
            return places.note(lambda reader: draw(reader, *args, **kwargs))

        return function

    return decorate


def fill(body: bytes, places: Iterable[Place], request: HttpRequest) -> bytes:
    """The page for the reader of ``request``: their own parts in the stranger's places."""
    view = memoryview(body)
    pieces: list[bytes | memoryview] = []
    read = 0
    for place in places:
        pieces += (view[read : place.start], place.draw(request).encode())
        read = place.end
    pieces.append(view[read:])
    return b"".join(pieces)


def _require_plain(part: str, values: Iterable[Any]) -> None:
    """A page keeps its arguments: no row of the database, and nothing that can change."""
    for value in values:
        params = getattr(value, "__dataclass_params__", None)
        frozen = params is not None and params.frozen
        if not frozen and not isinstance(value, _PLAIN):
            raise TypeError(f"{part} would keep a {type(value).__name__}")
