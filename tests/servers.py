"""Real servers of Viche on the test's database, as processes of their own.

For tests with ``@pytest.mark.django_db(transaction=True)``: what a test has committed, they see.

    with start_live() as live, start_web(live=live) as web:
        page.goto(web.url + "/consultations/")

``start_web``: granian, WSGI, pages (as in production). ``start_live``: uvicorn, sockets.
``start_daphne``: both in one process (as in the demo). A server that is given the port of one that
was killed takes its place: ``start_live(port=live.port)``.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psutil
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
#: Seconds until a server must listen.
START_LIMIT = 90


@dataclass
class Server:
    """A running server. ``url`` has no trailing slash; ``live_url`` ends with ``/live/``."""

    name: str
    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def live_url(self) -> str:
        return f"ws://{HOST}:{self.port}/live/"

    @property
    def pid(self) -> int:
        return self.process.pid

    def memory(self) -> int:
        """Resident bytes of the process (its children not counted)."""
        return int(psutil.Process(self.pid).memory_info().rss)

    def output(self) -> str:
        """What it has said so far: to look for tracebacks."""
        return self.log.read_text(errors="replace")

    def kill(self) -> None:
        """As ``kill -9`` does, its children too; a second time does nothing."""
        self._signal(signal.SIGKILL)
        self.process.wait()

    def stop(self, grace: float = 10) -> None:
        """Ask it to end, and kill it when it has not after ``grace`` seconds."""
        self._signal(signal.SIGTERM)
        until = time.monotonic() + grace
        while self.process.returncode is None and not self._has_ended():
            if time.monotonic() > until:
                break
            time.sleep(0.02)
        self.kill()

    def _has_ended(self) -> bool:
        """Whether it has ended; its number stays taken, so that its children can be ended by it."""
        look = os.WEXITED | os.WNOHANG | os.WNOWAIT
        return os.waitid(os.P_PID, self.pid, look) is not None

    def _signal(self, number: signal.Signals) -> None:
        # Once it was waited for, its number may be another process's: a connection of PostgreSQL's.
        if self.process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def database_url() -> str:
    """The address of the database that this test uses."""
    settings = connection.settings_dict
    password = f":{quote(settings['PASSWORD'])}" if settings["PASSWORD"] else ""
    user = f"{quote(settings['USER'])}{password}@" if settings["USER"] else ""
    port = f":{settings['PORT']}" if settings["PORT"] else ""
    host = quote(settings["HOST"] or "", safe="")
    return f"postgres://{user}{host}{port}/{quote(settings['NAME'])}"


@contextmanager
def start_web(
    *, live: Server | None = None, port: int | None = None, workers: int = 1, **env: str
) -> Iterator[Server]:
    """Pages by granian. ``live``: the server whose sockets its pages name."""
    if live is not None:
        env = {"LIVE_URL": live.live_url, **env}
    port = port or free_port()
    command = [
        *("granian", "config.wsgi:application", "--interface", "wsgi", "--host", HOST),
        *("--port", str(port), "--http", "1", "--no-ws", "--log-level", "warning"),
        *("--workers", str(workers), "--blocking-threads", "4"),
    ]
    with _started("web", command, port, env) as server:
        yield server


@contextmanager
def start_live(*, port: int | None = None, **env: str) -> Iterator[Server]:
    """Sockets by uvicorn, with the options of production."""
    port = port or free_port()
    command = [
        *("uvicorn", "config.asgi:application", "--host", HOST, "--port", str(port)),
        *("--ws-per-message-deflate", "false", "--ws-max-size", "65536"),
        *("--no-proxy-headers", "--no-server-header", "--no-access-log"),
        *("--log-level", "warning", "--timeout-graceful-shutdown", "2"),
    ]
    with _started("live", command, port, {"LIVE_ONLY": "1", **env}) as server:
        yield server


@contextmanager
def start_daphne(*, port: int | None = None, **env: str) -> Iterator[Server]:
    """Pages and sockets by one Daphne process."""
    port = port or free_port()
    command = [
        *("daphne", "--bind", HOST, "--port", str(port), "--no-server-name"),
        *("--application-close-timeout", "2", "config.asgi:application"),
    ]
    with _started("daphne", command, port, env) as server:
        yield server


@contextmanager
def start_idgov(*, port: int | None = None) -> Iterator[Server]:
    """The stand-in for id.gov.ua, where tests are invented people."""
    port = port or free_port()
    with _started("idgov", ["accounts.identity.idgov.fake", str(port)], port, {}) as server:
        yield server


@contextmanager
def start_idp(callback: str) -> Iterator[Server]:
    """A city's own OpenID Connect provider (tests/idp), which sends people back to ``callback``."""
    port = free_port()
    with _started("idp", ["tests.idp.program", str(port), callback], port, {}) as server:
        yield server


@contextmanager
def _started(name: str, command: list[str], port: int, env: dict[str, str]) -> Iterator[Server]:
    with tempfile.NamedTemporaryFile(prefix=f"viche-{name}-", suffix=".log") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "tests.settings",
                "DATABASE_URL": database_url(),
                "DATABASE_POOL": "4",
                "SITE_URL": f"http://{HOST}:{port}",
                **env,
            },
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        server = Server(name, port, process, Path(log.name))
        try:
            _await_listening(server)
            yield server
        finally:
            server.stop(3)


def _await_listening(server: Server) -> None:
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            break
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex((HOST, server.port)) == 0:
                return
        time.sleep(0.02)
    raise RuntimeError(f"{server.name} does not listen on {server.port}:\n{server.output()}")
