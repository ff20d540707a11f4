"""``walk``: a tour of all pages of a town that has something for every one of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from playwright.sync_api import Browser, Error, Page, Request

from tests import factories
from tests.pages.looks import Look
from tests.pages.town import Town, build
from tests.plugins.city import City
from tests.servers import start_live, start_web


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
    settings.ROOT_URLCONF = "tests.pages.urls"
    names = ("olena", "bohdan", "firm", "charlie", "mo", "ofi", "admin")
    people = {name: request.getfixturevalue(name) for name in names}
    for name in ("firm", "mo"):
        people[name].set_password(factories.PASSWORD)
        people[name].save()
        people[name].emailaddress_set.create(email=people[name].email, verified=True, primary=True)
    town = build(people, department)
    env = {
        "DJANGO_SETTINGS_MODULE": "tests.pages.settings",
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "MAIL_KEPT_AT": str(settings.MAIL_KEPT_AT),
    }
    with ExitStack() as opened:
        live = opened.enter_context(start_live())
        web = opened.enter_context(start_web(live=live, workers=2, **env))
        yield Walk(City(browser, web, live, opened), town)
