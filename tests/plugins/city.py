"""``city``: a real browser before real servers on the test's database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
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

        Errors of scripts and refusals of the content policy are kept in ``complaints``.
        """
        options = {"viewport": DESKTOP, "locale": "uk-UA"} | options
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
    others work too, twenty bare requests of the same browser to the same servers are added. On an
    idle one they take about a tenth of a second.
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
    return seconds * 1000 + 20 * float(slowest)


def session_of(user: User) -> str:
    """The key of a new session of the person."""
    client = Client()
    client.force_login(user, lasts=7200)  # a walk through all pages is long
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def city(transactional_db: None, browser: Browser) -> Iterator[City]:
    """Pages by granian and sockets by uvicorn, as in production."""
    with ExitStack() as opened:
        live = opened.enter_context(start_live())
        web = opened.enter_context(start_web(live=live, workers=2))
        made = City(browser, web, live, opened)
        yield made
        opened.pop_all().close()
    assert made.complaints == []
