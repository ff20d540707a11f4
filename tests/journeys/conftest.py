"""A real browser before real servers on the test's database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Error, Page, Request

from accounts.models import User
from consultations.models import Consultation
from tests import factories
from tests.journeys.looks import Look
from tests.journeys.town import Town, build
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
    client.force_login(user, lasts=1800)  # a walk through all pages is long
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


class Walk:
    """A tour of the town's pages: a window a person, each page opened in it in turn."""

    def __init__(self, city: City, town: Town) -> None:
        self.city = city
        self.town = town
        self._windows: dict[str, Page] = {}
        self._strangers: set[str] = set()

    def open(self, look: Look, language: str = "uk") -> tuple[Page, str]:
        """The page in that state, and what hindered it from coming to be ("": nothing)."""
        page = self._window(look.who)
        page.set_viewport_size({"width": look.width, "height": look.height})
        address = ("/en" if language == "en" else "") + look.path
        if look.who == "anon":
            page.context.clear_cookies()
        try:
            answer = page.goto(self.city.web.url + address)
            if answer is None or answer.status != look.status:
                return page, f"answered {answer and answer.status}"
            if urlsplit(page.url).path != urlsplit(address).path:
                return page, f"led to {page.url}"
            if look.then:
                look.then(page)
        except (AssertionError, Error) as error:
            return page, f"did not come about: {str(error)[:600]}"
        spoken = page.locator("html").get_attribute("lang")
        # Without a working database nobody knows the language: those pages speak both.
        if spoken != language and look.status < 500:
            return page, f"speaks {spoken}"
        return page, ""

    def complaints(self) -> list[str]:
        """Other hosts that pages asked for something; what scripts and the policy said."""
        return sorted(self._strangers) + self.city.complaints

    def _window(self, who: str) -> Page:
        if who not in self._windows:
            user = None if who == "anon" else self.town.people[who]
            page = self.city.window(user)
            page.on("request", self._asked)
            self._windows[who] = page
        return self._windows[who]

    def _asked(self, request: Request) -> None:
        host = urlsplit(request.url)
        if host.scheme not in ("data", "blob") and host.hostname != "127.0.0.1":
            self._strangers.add(f"asked {host.hostname}: {request.url}")


@pytest.fixture
def walk(
    transactional_db: None,
    browser: Browser,
    settings: Any,
    tmp_path: Path,
    department: Any,
    request: pytest.FixtureRequest,
) -> Iterator[Walk]:
    """All servers, with pages for what goes wrong, and a town that has something for every page."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE core_limit")  # Django empties the tables of its own models alone
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MAIL_KEPT_AT = tmp_path / "mail"
    settings.ROOT_URLCONF = "tests.journeys.urls"
    names = ("olena", "bohdan", "firm", "charlie", "mo", "ofi", "admin")
    people = {name: request.getfixturevalue(name) for name in names}
    for name in ("firm", "mo"):
        people[name].set_password(factories.PASSWORD)
        people[name].save()
        people[name].emailaddress_set.create(email=people[name].email, verified=True, primary=True)
    town = build(people, department)
    env = {
        "DJANGO_SETTINGS_MODULE": "tests.journeys.settings",
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "MAIL_KEPT_AT": str(settings.MAIL_KEPT_AT),
    }
    with ExitStack() as opened:
        live = opened.enter_context(start_live())
        web = opened.enter_context(start_web(live=live, workers=2, **env))
        yield Walk(City(browser, web, live, opened), town)
