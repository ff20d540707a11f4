"""``city``: a real browser before real servers on the test's database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from accounts.models import User
from tests.servers import Server, start_live, start_web

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
SCREEN = {"width": 1920, "height": 1080}


@dataclass
class City:
    """The running city: its servers, and browsers of people in front of it."""

    browser: Browser
    web: Server
    live: Server
    opened: ExitStack
    complaints: list[str] = field(default_factory=list)

    def window(self, user: User | None = None, path: str = "/", **options: Any) -> Page:
        """A page of a browser of its own, signed in as ``user``; ``path`` is opened.

        Errors of scripts and refusals of the content policy are kept in ``complaints``. The service
        worker is blocked: what it keeps would cost each test a dozen requests, and its own journey
        allows it (``service_workers="allow"``).
        """
        options = {"viewport": DESKTOP, "locale": "uk-UA", "service_workers": "block"} | options
        context: BrowserContext = self.browser.new_context(**options)
        self.opened.callback(context.close)
        if user is not None:
            context.add_cookies(
                [
                    {
                        "name": settings.SESSION_COOKIE_NAME,
                        "value": session_of(user),
                        "url": self.web.url,
                        "httpOnly": True,
                    }
                ]
            )
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "console",
            lambda said: (
                self.complaints.append(said.text)
                if "Content Security Policy" in said.text
                else None
            ),
        )
        page.goto(self.web.url + path)
        return page


def second_of(page: Page, seconds: int = 1) -> float:
    """So many seconds in milliseconds, as long as this machine makes them now.

    What is promised within a second is promised on a machine that has nothing else to do; where
    others work too, twenty bare requests of the same browser to the same servers are added, at most
    four seconds. On an idle one they take about a tenth of a second.
    """
    slowest = page.evaluate("""async () => {
      let slowest = 0;
      for (let time = 0; time < 5; time += 1) {
        const began = performance.now();
        await fetch("/healthz", { cache: "no-store" });
        slowest = Math.max(slowest, performance.now() - began);
      }
      return slowest;
    }""")
    return seconds * 1000 + min(20 * float(slowest), 4000)


def session_of(user: User) -> str:
    """The key of a new session of the person."""
    client = Client()
    client.force_login(user, lasts=7200)  # a walk through all pages is long
    return client.cookies[settings.SESSION_COOKIE_NAME].value


class Servers:
    """Pages by granian and sockets by uvicorn, as in production; the same for all tests of a run.

    They keep their settings: ``folders`` are those of their files. A test may kill them: the next
    one gets new ones. Pages that they keep are out of date after a test, for the counters of lists
    go on (tests/plugins/database.py).
    """

    def __init__(self, folders: dict[str, Path]) -> None:
        self.folders = folders
        self._opened = ExitStack()
        self._running: tuple[Server, Server] | None = None

    def get(self) -> tuple[Server, Server]:
        """The server of pages and the one of sockets, both alive."""
        if self._running and any(server.process.poll() is not None for server in self._running):
            self.stop()
        if self._running is None:
            env = {name: str(path) for name, path in self.folders.items()}
            live = self._opened.enter_context(start_live(**env))
            web = self._opened.enter_context(start_web(live=live, workers=2, **env))
            self._running = web, live
        return self._running

    def stop(self) -> None:
        self._running = None
        self._opened.close()


@pytest.fixture(scope="session")
def servers(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    place = tmp_path_factory.mktemp("servers")
    names = {"MEDIA_ROOT": "media", "PRIVATE_ROOT": "private", "MAIL_KEPT_AT": "mail"}
    started = Servers({setting: place / name for setting, name in names.items()})
    yield started
    started.stop()


@pytest.fixture
def city(
    transactional_db: None, browser: Browser, servers: Servers, settings: Any
) -> Iterator[City]:
    """A browser before the servers of this run, whose files this process sees."""
    for name, path in servers.folders.items():
        setattr(settings, name, path)
    web, live = servers.get()
    with ExitStack() as opened:
        made = City(browser, web, live, opened)
        yield made
        opened.pop_all().close()
    assert made.complaints == []
