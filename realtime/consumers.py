"""The Channels consumer of a page's socket: ``/live/<topic>/?lang=uk&seq=57&as=display``.

It accepts, refuses and closes connections. What is sent goes from the hub straight into the
server's ``send``; no channel layer (docs/adr/0007).
"""

from __future__ import annotations

import asyncio
import json
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.db import Error as DatabaseError

from core.web.client_ip import client_groups
from meetings.displays.models import MOST_DISPLAYS
from realtime.drawing import DbThread
from realtime.hub import the_hub
from realtime.limits import LONGEST_MESSAGE, Pace, Places
from realtime.parts import DISPLAY, PAGE, RESULTS, VOTING
from realtime.sockets import (
    MALFORMED,
    TOO_LARGE,
    TOO_MANY_FRAMES,
    TOO_MANY_SOCKETS,
    TRY_LATER,
    Socket,
)
from realtime.watch import ANYONE, Person, may_watch, person_of

#: Most remarks of which a page asks the totals.
MOST_SHOWN = 100
LANGUAGES = dict(settings.LANGUAGES)
#: The variants of a meeting's displays, by their numbers.
OF_PAIRED = frozenset(f"{DISPLAY}-{number}" for number in range(1, MOST_DISPLAYS + 1))

places = Places()
#: Asks who somebody is; apart from the hub's thread, so that a rush of readers delays no frame.
auth_pool = DbThread("door", threads=2)


class LiveConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]  # Channels has no types
    """One reader of one topic."""

    socket: Socket | None = None
    place: tuple[str | None, tuple[str, ...]] | None = None
    pace: Pace | None = None

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Channels looks after database connections here, in a thread, at every message; this
        consumer uses none but those of ``auth_pool``, which looks after its own."""
        await getattr(self, message["type"].replace(".", "_"))(message)

    async def connect(self) -> None:
        topic = self.scope["url_route"]["kwargs"]["topic"]
        query = _query(self.scope)
        if query is None:
            await self.close()  # before it is accepted: 403
            return
        session_key = _session_key(self.scope)
        try:
            person, allowed = await self._who(session_key, topic)
        except DatabaseError:
            await self._refuse(TRY_LATER)
            return
        if not allowed:
            await self.close()  # before it is accepted: 403
            return
        place = (person.session if person else None, client_groups(self.scope))
        if not places.take(*place):
            await self._refuse(TOO_MANY_SOCKETS)
            return
        self.place = place
        await self.accept()
        try:
            self.socket = await the_hub().join(
                self.base_send,
                topic,
                language=_language(query),
                variant=_variant(query, topic),
                person=person,
                seq=_seq(query),
            )
        except DatabaseError:
            await self.close(TRY_LATER)

    async def _who(self, session_key: str, topic: str) -> tuple[Person | None, bool]:
        """The person behind the session, and whether they may watch the topic."""
        if not session_key and the_hub().is_public(topic):
            return None, True
        return await auth_pool.ask(_admit, session_key, topic)

    async def _refuse(self, code: int) -> None:
        """Close with a code that the page can read: a refused handshake tells it nothing."""
        await self.accept()
        await self.close(code)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """A page says which remarks it shows: ``{"show": ["88", "87"]}``. Nothing else is known."""
        if self.socket is None:
            return
        self.pace = self.pace or Pace()
        if not self.pace.allows(asyncio.get_running_loop().time()):
            self.socket.close(TOO_MANY_FRAMES)
        elif len(bytes_data or b"") > LONGEST_MESSAGE or (
            text_data is not None and _bytes(text_data) > LONGEST_MESSAGE
        ):
            self.socket.close(TOO_LARGE)
        else:
            shown = _read_shown(text_data)
            if shown is None:
                self.socket.close(MALFORMED)
            else:
                the_hub().shown(self.socket, shown)

    async def websocket_disconnect(self, message: dict[str, Any]) -> None:
        if self.socket is not None:
            the_hub().leave(self.socket)
        if self.place is not None:
            places.give_back(*self.place)
        raise StopConsumer


def _admit(session_key: str, topic: str) -> tuple[Person | None, bool]:
    user, person = person_of(session_key) if session_key else (ANYONE, None)
    return person, may_watch(user, topic)


def _session_key(scope: dict[str, Any]) -> str:
    for name, value in scope["headers"]:
        if name == b"cookie":
            try:
                cookies = SimpleCookie(value.decode("latin-1"))
            except CookieError:
                continue
            if settings.SESSION_COOKIE_NAME in cookies:
                return cookies[settings.SESSION_COOKIE_NAME].value
    return ""


def _query(scope: dict[str, Any]) -> dict[str, list[str]] | None:
    """The parameters of the address; None: far more than a page of ours gives."""
    try:
        return parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=10)
    except ValueError:
        return None


def _language(query: dict[str, list[str]]) -> str:
    wanted = query.get("lang", [""])[0]
    return wanted if wanted in LANGUAGES else settings.LANGUAGE_CODE


def _variant(query: dict[str, list[str]], topic: str) -> str:
    wanted = query.get("as", [""])[0]
    if wanted in OF_PAIRED:
        return wanted if topic.startswith("meeting:") else DISPLAY
    return wanted if wanted in (DISPLAY, RESULTS, VOTING) else PAGE


def _seq(query: dict[str, list[str]]) -> int:
    wanted = query.get("seq", [""])[0]
    return int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 19 else 0


def _bytes(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode())


def _read_shown(text: str | None) -> list[str] | None:
    """The remarks that a page shows, or None when the message is none of ours."""
    try:
        message = json.loads(text or "")
    except (ValueError, RecursionError):
        return None
    if not isinstance(message, dict) or set(message) != {"show"}:
        return None
    shown = message["show"]
    if not isinstance(shown, list) or len(shown) > MOST_SHOWN:
        return None
    return shown if all(map(_is_key, shown)) else None


def _is_key(key: object) -> bool:
    """Whether it is the number of a remark, in the digits that we write."""
    return isinstance(key, str) and key.isascii() and key.isdecimal() and len(key) < 20
