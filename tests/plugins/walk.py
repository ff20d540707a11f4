"""``walk``: real servers, a browser, and a town that has something for every page.

They last as long as the tests of one file: the town is committed, for the servers are processes of
their own, and the database is emptied after the last of these tests, not after each
(tests/pages/conftest.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import override_settings
from playwright.sync_api import Browser, Error, Page, Request

from tests import factories, people
from tests.pages.page_checks import PageCheck
from tests.pages.page_walk import PageWalk, build
from tests.plugins.city import City
from tests.plugins.database import put_back
from tests.servers import start_live, start_web


class Walk:
    """A tour of the town's pages: a window a person, each page opened in it in turn."""

    def __init__(self, city: City, town: PageWalk) -> None:
        self.city = city
        self.town = town
        self._windows: dict[str, Page] = {}
        self._strangers: set[str] = set()

    def open(self, look: PageCheck, language: str = "uk") -> tuple[Page, str]:
        """The page in that state, and what hindered it from coming to be ("": nothing)."""
        page = self.window(look.who)
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
        """Since the last call: other hosts that pages asked for something; what scripts and the
        policy said."""
        said = sorted(self._strangers) + self.city.complaints
        self._strangers.clear()
        self.city.complaints.clear()
        return said

    def window(self, who: str) -> Page:
        """The window of a person, or of a stranger ("anon")."""
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


@pytest.fixture(scope="module")
def walk(
    django_db_setup: None,
    django_db_blocker: Any,
    complete_sign_in: None,
    browser: Browser,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Walk]:
    """All servers, with pages for what goes wrong, and a town that has something for every page."""
    place = tmp_path_factory.mktemp("walk")
    folders = {"MEDIA_ROOT": str(place / "media"), "MAIL_KEPT_AT": str(place / "mail")}
    env = {"DJANGO_SETTINGS_MODULE": "tests.pages.settings", **folders}
    with ExitStack() as opened:
        opened.enter_context(django_db_blocker.unblock())
        opened.enter_context(override_settings(ROOT_URLCONF="tests.pages.urls", **folders))
        opened.callback(_empty_database)
        town = _build()
        live = opened.enter_context(start_live())
        web = opened.enter_context(start_web(live=live, workers=2, **env))
        yield Walk(City(browser, web, live, opened), town)


def _build() -> PageWalk:
    department = people.load_department()
    names = ("olena", "bohdan", "firm", "charlie", "mo", "ofi", "admin")
    found = {name: people.load(name) for name in names}
    for name in ("firm", "mo"):
        found[name].set_password(factories.PASSWORD)
        found[name].save()
        found[name].emailaddress_set.create(email=found[name].email, verified=True, primary=True)
    return build(found, department)


def _empty_database() -> None:
    put_back()
    connection.close()
    connection.close_pool()
