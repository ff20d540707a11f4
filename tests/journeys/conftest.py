"""A real browser before real servers on the test's database."""

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
from consultations.models import Consultation
from tests import factories
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

    def _hear(self, said: str) -> None:
        if "Content Security Policy" in said:
            self.complaints.append(said)


def session_of(user: User) -> str:
    """The key of a new session of the person."""
    client = Client()
    client.force_login(user)
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


@pytest.fixture
def consultation(transactional_db: None, department: Any) -> Consultation:
    return factories.consultation(department)
