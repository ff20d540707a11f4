"""Slow bodies leave threads to whoever reads pages, and an underscore names no header."""

from __future__ import annotations

import asyncio
import io
import threading
from typing import Any

import pytest

from core.web.slow_bodies import LEFT, AsgiFront, WsgiFront

THREADS = 5


class Slow(io.BytesIO):
    """A body of which half is there until ``rest`` is set."""

    def __init__(self) -> None:
        super().__init__(b"x" * 10)
        self.rest, self.asked = threading.Event(), threading.Event()

    def read(self, *size: int) -> bytes:
        self.asked.set()
        assert self.rest.wait(30)
        return super().read(*size)


def echo(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    body = environ["wsgi.input"].read() if environ["REQUEST_METHOD"] == "POST" else b"page"
    start_response("200 OK", [])
    return [body]


def ask(front: WsgiFront, body: io.BytesIO | None = None) -> tuple[str, bytes]:
    said: list[str] = []
    environ: dict[str, Any] = {"REQUEST_METHOD": "GET" if body is None else "POST"}
    if body is not None:
        environ |= {"CONTENT_LENGTH": "10", "wsgi.input": body}
    answer = b"".join(front(environ, lambda status, _headers: said.append(status)))
    return said[0], answer


def test_forty_half_sent_bodies_leave_threads_to_readers():
    """All pages stood still while they were open."""
    front, slow, answers = WsgiFront(echo, threads=THREADS), [Slow() for _ in range(40)], []
    waiting = [
        threading.Thread(target=lambda body=body: answers.append(ask(front, body)))
        for body in slow[: THREADS - LEFT]
    ]
    for thread, body in zip(waiting, slow, strict=False):
        thread.start()
        assert body.asked.wait(30)
    refused = [ask(front, body) for body in slow[THREADS - LEFT :]]
    assert {status for status, _words in refused} == {"503 Service Unavailable"}
    assert ask(front) == ("200 OK", b"page")
    for body in slow:
        body.rest.set()
    for thread in waiting:
        thread.join()
    assert answers == [("200 OK", b"x" * 10)] * (THREADS - LEFT)
    assert ask(front, io.BytesIO(b"y" * 10)) == ("200 OK", b"y" * 10)


def test_a_body_that_is_whole_or_left_unread_holds_no_place():
    def work(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        if environ["wsgi.input"].read(10):  # whole: others may come while this one works
            assert ask(inner)[0] == "200 OK"
        start_response("200 OK", [])
        return []

    inner = WsgiFront(lambda _environ, start: start("200 OK", []) or [b""], threads=1)
    front = WsgiFront(work, threads=1)
    for _ in range(3):
        assert ask(front, io.BytesIO(b"y" * 10))[0] == "200 OK"
    unread = WsgiFront(lambda _environ, start: start("200 OK", []) or [b""], threads=1)
    for _ in range(3):
        assert ask(unread, io.BytesIO(b"y" * 10))[0] == "200 OK"


def test_a_fault_holds_no_place():
    def fail(_environ: dict[str, Any], _start: Any) -> list[bytes]:
        raise ZeroDivisionError

    front = WsgiFront(fail, threads=1)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            ask(front, io.BytesIO(b"y" * 10))


# --- ASGI -----------------------------------------------------------------------------------------


async def read_whole(scope: dict[str, Any], receive: Any, send: Any) -> None:
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        body, more = body + message["body"], message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": scope["headers"]})
    await send({"type": "http.response.body", "body": body})


def drive(parts: list[bytes], *, ends: bool, headers: Any = (), seconds: float = 0.0) -> list[Any]:
    """What is sent to a client that sends these parts, and then waits unless it ``ends``."""
    sent: list[Any] = []

    async def run() -> None:
        left = list(parts)

        async def receive() -> dict[str, Any]:
            if not left:
                await asyncio.Event().wait()
            part = left.pop(0)
            return {"type": "http.request", "body": part, "more_body": bool(left) or not ends}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        scope = {"type": "http", "headers": list(headers)}
        await AsgiFront(read_whole, seconds=seconds)(scope, receive, send)

    asyncio.run(run())
    return sent


def test_a_body_that_does_not_end_in_time_is_answered_with_408():
    assert drive([b"half"], ends=False)[0]["status"] == 408


def test_a_body_in_time_is_read_whole():
    sent = drive([b"one", b"two"], ends=True, seconds=60)
    assert (sent[0]["status"], sent[1]["body"]) == (200, b"onetwo")


@pytest.mark.parametrize(
    "name", [b"x_forwarded_for", b"X_Forwarded_For", b"x-forwarded_for", b"x_forwarded_proto"]
)
def test_a_header_with_an_underscore_is_dropped(name):
    pairs = [(b"x-forwarded-for", b"203.0.113.7"), (name, b"10.0.0.1"), (b"host", b"viche")]
    sent = drive([b""], ends=True, headers=pairs, seconds=60)
    assert sent[0]["headers"] == [pairs[0], pairs[2]]
