"""One open socket, and the little that is known of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from realtime.channels import Group
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

    def encode(self, encoding: str = "utf-8", errors: str = "strict") -> bytes:
        try:
            return self._bytes
        except AttributeError:
            self._bytes = super().encode()
            return self._bytes


class Socket:
    """A reader. At most one send is in flight; who reads too slowly misses frames.

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
