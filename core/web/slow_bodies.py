"""Wrappers of the two applications: slow request bodies, and header names with an underscore.

A proxy that reads bodies whole before it passes them on, within a time, and drops header names with
an underscore (nginx does both, deploy/nginx.conf) leaves nothing to do here. What another proxy, or
none, lets through is bounded by these:

* ``AsgiFront``: headers whose names hold an underscore are dropped, so that none stands for another
  (``X_Forwarded_For`` for ``X-Forwarded-For``), and a body has SECONDS in all.
* ``WsgiFront``: of a process' threads at most so many wait for bodies that are still on their way;
  the next are refused with 503, and pages are read meanwhile. WSGI knows neither raw names of
  headers nor a read that ends after a time: for both the proxy stays a precondition.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from threading import Semaphore
from typing import Any

#: As long as the proxy waits for a file from a phone (deploy/nginx.conf).
SECONDS = 120.0
#: Threads of a process that bodies on their way leave free.
LEFT = 2

type _Message = dict[str, Any]
type _Receive = Callable[[], Awaitable[_Message]]
type _Send = Callable[[_Message], Awaitable[None]]
type _Asgi = Callable[[dict[str, Any], _Receive, _Send], Awaitable[None]]

_LATE = b"The body of the request took too long.\n"
_BUSY = "Сервер приймає забагато повільних запитів. Спробуйте ще раз.\nToo many slow requests.\n"


class AsgiFront:
    """An ASGI application behind both rules; ``seconds``: for a body in all."""

    def __init__(self, application: _Asgi, *, seconds: float = SECONDS) -> None:
        self._application, self._seconds = application, seconds

    async def __call__(self, scope: dict[str, Any], receive: _Receive, send: _Send) -> None:
        if "headers" in scope:
            kept = [pair for pair in scope["headers"] if b"_" not in pair[0]]
            scope = {**scope, "headers": kept}
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        body = _Body(receive, send, self._seconds)
        await self._application(scope, body.receive, body.send)
        if body.is_late and not body.is_answered:
            headers = [(b"content-type", b"text/plain"), (b"connection", b"close")]
            await send({"type": "http.response.start", "status": 408, "headers": headers})
            await send({"type": "http.response.body", "body": _LATE})


class _Body:
    """The messages of one request: beyond its time the application hears that nobody is there."""

    def __init__(self, receive: _Receive, send: _Send, seconds: float) -> None:
        self._receive, self._send = receive, send
        self._until = asyncio.get_running_loop().time() + seconds
        self._is_whole = self.is_late = self.is_answered = False

    async def receive(self) -> _Message:
        if self._is_whole:
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._until):
                message = await self._receive()
        except TimeoutError:
            self.is_late = True
            return {"type": "http.disconnect"}
        self._is_whole = not message.get("more_body", False)
        return message

    async def send(self, message: _Message) -> None:
        self.is_answered = True
        await self._send(message)


class WsgiFront:
    """A WSGI application in a process with so many threads."""

    def __init__(self, application: Callable[..., Iterable[bytes]], *, threads: int) -> None:
        self._application = application
        self._places = Semaphore(max(1, threads - LEFT))

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or "0"
        if length == "0" and "HTTP_TRANSFER_ENCODING" not in environ:
            return self._application(environ, start_response)
        if not self._places.acquire(blocking=False):
            words = _BUSY.encode()
            headers = [("Content-Type", "text/plain; charset=utf-8"), ("Retry-After", "5")]
            start_response("503 Service Unavailable", [*headers, ("Cache-Control", "no-store")])
            return [words]
        place = _Place(self._places)
        most = int(length) if length.isdecimal() else 0
        environ["wsgi.input"] = _Input(environ["wsgi.input"], most, place.leave)
        try:
            return self._application(environ, start_response)
        finally:
            place.leave()


class _Place:
    """One of the places, which is left once."""

    def __init__(self, places: Semaphore) -> None:
        self._places: Semaphore | None = places

    def leave(self) -> None:
        places, self._places = self._places, None
        if places is not None:
            places.release()


class _Input:
    """``wsgi.input`` that calls ``done`` when all of a body of ``length`` has been read; 0: of a
    length that nobody said."""

    def __init__(self, stream: Any, length: int, done: Callable[[], None]) -> None:
        self._stream, self._left, self._length, self._done = stream, length, length, done

    def read(self, *size: int) -> bytes:
        return self._count(self._stream.read(*size))

    def readline(self, *size: int) -> bytes:
        return self._count(self._stream.readline(*size))

    def readlines(self, *hint: int) -> list[bytes]:
        lines = list(self._stream.readlines(*hint))
        self._count(b"".join(lines))
        return lines

    def __iter__(self) -> _Input:
        return self

    def __next__(self) -> bytes:
        return self._count(next(self._stream))

    def _count(self, read: bytes) -> bytes:
        self._left -= len(read)
        if not read or (self._length and self._left <= 0):
            self._done()
        return read
