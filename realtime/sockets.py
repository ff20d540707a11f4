"""Sockets, the groups of them that see the same of a topic, and the topics that they watch.

A :class:`Channel` is a topic that somebody watches here; its groups hold the sockets of one
language and variant, which get the same bytes.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Any

from realtime import samples
from realtime.drawing import Change, View
from realtime.watch import Person

Message = dict[str, Any]
Send = Callable[[Message], Coroutine[Any, Any, None]]

#: Why the server closes a socket; docs/live.md explains each.
TRY_LATER = 1013
MALFORMED = 4400
SIGNED_OUT = 4401
NOT_ALLOWED = 4403
TOO_LARGE = 4413
TOO_MANY_FRAMES = 4429
TOO_MANY_SOCKETS = 4430


class Text(str):
    """A text that is turned into bytes once, however many sockets it is written to.

    ASGI has a message's text as ``str``, and each socket's server encodes it for itself: of 4 kB in
    Cyrillic that is a quarter of all that a delivery costs.
    """

    __slots__ = ("_bytes",)

    _bytes: bytes

    def encode(self, encoding: str = "utf-8", errors: str = "strict") -> bytes:
        try:
            return self._bytes
        except AttributeError:
            self._bytes = super().encode()
            return self._bytes


class Socket:
    """An open socket. At most one send is in flight; who reads too slowly misses frames.

    A frame that comes while the last one still waits is not kept: the reader is marked, and gets
    one ``resync`` when it wakes. So its memory never grows.
    """

    __slots__ = ("behind", "blocked_since", "group", "person", "send", "task")

    def __init__(self, send: Send, group: Group, person: Person | None) -> None:
        self.send = send
        self.group = group
        self.person = person
        self.task: asyncio.Task[None] | None = None
        self.behind = False
        self.blocked_since = 0.0

    def offer(self, message: Message) -> None:
        """Send ``message`` now, or mark the reader when it has not taken the last one yet."""
        if self.task is not None:
            self.behind = True
            return
        # Started at once and mostly done at once: a server that needs not wait writes in here.
        task: asyncio.Task[None] = asyncio.Task(
            self.send(message),
            loop=asyncio.get_running_loop(),
            eager_start=True,
        )
        if task.done():
            task.exception()  # a socket that has gone says so by its disconnect
            return
        self.task = task
        self.blocked_since = asyncio.get_running_loop().time()
        task.add_done_callback(self._woke)

    def _woke(self, task: asyncio.Task[None]) -> None:
        self.task = None
        if not task.cancelled() and task.exception() is None and self.behind:
            self.behind = False
            self.offer(self.group.resync())

    def close(self, code: int) -> None:
        """Close with ``code``; a reader that takes nothing is cut off."""
        if self.task is not None:
            self.drop()
        else:
            self.offer({"type": "websocket.close", "code": code})

    def drop(self) -> None:
        """Cut the connection.

        ASGI has no word for it: its close waits until the peer has taken what was sent before,
        and this one takes nothing. So the server's own connection is asked for.
        """
        if self.task is not None:
            self.task.cancel()
        server = getattr(self.send, "__self__", None)
        transport = getattr(server, "transport", None)
        if transport is not None:
            transport.abort()


class Group:
    """The sockets of one topic that see the same: one language, one variant."""

    __slots__ = ("channel", "language", "sockets", "spoke", "told", "variant")

    def __init__(self, channel: Channel, language: str, variant: str) -> None:
        self.channel, self.language, self.variant = channel, language, variant
        #: The counter up to which these have been told: displays are told before pages.
        self.told = channel.told
        self.sockets: set[Socket] = set()
        self.spoke = asyncio.get_running_loop().time()

    def heartbeat(self) -> Message:
        return message_of({**self._head(), "now": now()})

    def resync(self, seq: int | None = None) -> Message:
        """Fetch the region again, each at a moment of its own within ``spread`` seconds."""
        totals = self.channel.totals
        frame = self._head()
        frame["resync"] = frame.pop("seq") if seq is None else seq
        frame["spread"] = round(min(3.0, 0.1 + len(self.sockets) / 1000), 1)
        if totals is not None:
            frame["counts"] = totals.of(())
        return message_of({**frame, "now": now()})

    def council(self, seq: int) -> Message:
        """Message to fetch the page again: the parts around the regions have changed."""
        spread = round(min(3.0, 0.1 + len(self.sockets) / 1000), 1)
        frame = {"t": self.channel.topic, "council": seq, "spread": spread}
        return message_of({**frame, "now": now()})

    def _head(self) -> dict[str, Any]:
        return {"t": self.channel.topic, "seq": self.told}


class Channel:
    """A topic that sockets of this process watch."""

    __slots__ = (
        "changes", "coming", "early", "flushing", "groups", "lost", "opening", "public", "seq",
        "told", "topic", "totals",
    )  # fmt: skip

    def __init__(self, topic: str) -> None:
        self.topic = topic
        #: Reading where it stands; readers who wait for that, and signals that came meanwhile.
        self.opening: asyncio.Future[None] | None = None
        self.coming = 0
        self.early: list[str] = []
        #: The newest counter heard of, and the newest of which sockets have been told.
        self.seq = 0
        self.told = 0
        #: What changed since, in order and once each; ``lost``: something unknown did.
        self.changes: dict[Change, None] = {}
        self.lost = False
        self.flushing: asyncio.Task[None] | None = None
        self.groups: dict[View, Group] = {}
        #: Anybody may watch it, as of the last pulse.
        self.public = False
        self.totals: samples.Totals | None = None

    def sockets(self) -> list[Socket]:
        return [socket for group in self.groups.values() for socket in group.sockets]


def message_of(frame: dict[str, Any]) -> Message:
    """One message for any number of sockets: its text is encoded once."""
    text = json.dumps(frame, ensure_ascii=False, separators=(",", ":"))
    return {"type": "websocket.send", "text": Text(text)}


def now() -> str:
    """The time that a frame tells."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
