"""``walk``: real servers, a browser, and a town that has something for every page.

The town lasts as long as the tests of one file, in tests/pages of all files: it is committed, for
the servers are processes of their own, and the database is emptied after the last of these tests,
not after each (tests/pages/conftest.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import override_settings
from playwright.sync_api import Browser, Error, Page, Request

from tests import factories, people
from tests.pages.page_checks import PageCheck
from tests.pages.page_walk import PageWalk, build
from tests.plugins.city import City, Servers
from tests.plugins.database import put_back


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


@contextmanager
def filled_town(blocker: Any, **settings: str) -> Iterator[PageWalk]:
    """A town that has something for every page, for a fixture; with these settings."""
    with blocker.unblock(), override_settings(**settings):
        try:
            yield _build()
        finally:
            _empty_database()


@pytest.fixture(scope="module")
def walk(
    django_db_setup: None,
    django_db_blocker: Any,
    complete_sign_in: None,
    browser: Browser,
    servers: Servers,
) -> Iterator[Walk]:
    """The servers of this run, and a town that has something for every page."""
    folders = {name: str(path) for name, path in servers.folders.items()}
    with filled_town(django_db_blocker, **folders) as town, ExitStack() as opened:
        web, live = servers.get()
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
