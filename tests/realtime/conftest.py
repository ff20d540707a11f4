"""Sockets as pages open them, and a consultation that real processes can see."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from accounts.models import User
from consultations.models import Consultation, Remark
from consultations.remarks import actions
from core.domain.clock import now
from tests import factories
from tests.clock import Clock
from tests.servers import Server, start_daphne, start_live

#: What a test waits for at most, in seconds; every promise is shorter and says its own.
PATIENCE = 10


@pytest.fixture
def stopped_clock(clock: Clock) -> None:
    """A display shows its next screen after seconds, and would between page and drawing."""
    clock.stop(now())


@pytest.fixture
def consultation(transactional_db: None, department: Any) -> Consultation:
    return factories.consultation(department)


@pytest.fixture(scope="session")
def live(django_db_setup: None) -> Iterator[Server]:
    """One process of sockets, the same for all tests that do it no harm."""
    with start_live() as server:
        yield server


@pytest.fixture(scope="session")
def daphne(django_db_setup: None) -> Iterator[Server]:
    """One process of pages and sockets, the same for all tests that do it no harm."""
    with start_daphne() as server:
        yield server


@pytest.fixture(params=["live", "daphne"])
def either(request: pytest.FixtureRequest) -> Server:
    """A server of sockets: uvicorn, then Daphne."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def open_socket() -> Iterator[Callable[..., Reader]]:
    """``open_socket(server, topic, seq=…, user=…)``: a Reader, closed at the test's end."""
    with ExitStack() as opened:

        def opening(server: Server, topic: str, **wishes: Any) -> Reader:
            reader = Reader(server, topic, **wishes)
            opened.callback(reader.close)
            return reader

        yield opening


class Reader:
    """A page's socket. ``seq`` follows what it has been told, by the rules of js/live.js."""

    def __init__(
        self,
        server: Server,
        topic: str,
        *,
        seq: int = 0,
        lang: str = "uk",
        variant: str = "",
        user: User | None = None,
        origin: str | None = "own",
        session: str = "",
        forwarded: str = "",
        more: str = "",
        **options: Any,
    ) -> None:
        self.server = server
        self.session = session or (session_of(user) if user else "")
        headers = (
            {"Cookie": f"{settings.SESSION_COOKIE_NAME}={self.session}"} if self.session else {}
        )
        if forwarded:
            headers["X-Forwarded-For"] = forwarded
        options.setdefault("compression", None)
        options.setdefault("open_timeout", PATIENCE)
        self._opened = ExitStack()
        link = options.pop("sock", None) or socket.create_connection(
            ("127.0.0.1", server.port), timeout=PATIENCE
        )
        # Asked before the handshake: the server may close the socket right after it.
        self.port: int = link.getsockname()[1]
        opening = connect(
            f"{server.live_url}{topic}/?lang={lang}&seq={seq}{more}"
            + (f"&as={variant}" if variant else ""),
            origin=server.url if origin == "own" else origin,
            additional_headers=headers,
            sock=link,
            **options,
        )
        self.link: ClientConnection = self._opened.enter_context(opening)

    def next(self, timeout: float = PATIENCE) -> dict[str, Any]:
        """The next frame. TimeoutError when none comes."""
        return json.loads(self.link.recv(timeout))

    def until(
        self, wanted: Callable[[dict[str, Any]], Any], timeout: float = PATIENCE
    ) -> dict[str, Any]:
        """The first frame that is wanted; others are passed over."""
        deadline = time.monotonic() + timeout
        while True:
            frame = self.next(max(0.001, deadline - time.monotonic()))
            if wanted(frame):
                return frame

    def drawn(self, timeout: float = PATIENCE) -> dict[str, Any]:
        """The next frame that draws something; a sample of the second may come before it."""
        return self.until(lambda frame: "html" in frame, timeout)

    def drawn_and_counted(self, timeout: float = PATIENCE) -> dict[str, Any]:
        """The same with the numbers that a sample has told before it."""
        counts: dict[str, Any] = {}

        def draws(frame: dict[str, Any]) -> bool:
            counts.update(frame.get("counts", {}))
            return "html" in frame

        return {**self.until(draws, timeout), "counts": counts}

    def frames_for(self, seconds: float) -> list[dict[str, Any]]:
        """Everything that comes within so many seconds."""
        frames, deadline = [], time.monotonic() + seconds
        while True:
            try:
                frames.append(self.next(max(0.001, deadline - time.monotonic())))
            except TimeoutError:
                return frames

    def closed_with(self, timeout: float = PATIENCE) -> int:
        """The code with which the server closes it."""
        deadline = time.monotonic() + timeout
        try:
            while True:
                self.link.recv(max(0.001, deadline - time.monotonic()))
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 1006

    def close(self) -> None:
        self._opened.close()


def session_of(user: User) -> str:
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def say(
    consultation: Consultation, by: User, text: str = "Прошу врахувати.", **more: Any
) -> Remark:
    return actions.remark(consultation, by=by, text=text, **more)


def targets(frame: dict[str, Any]) -> list[str]:
    return [operation["target"] for operation in frame.get("html", [])]
