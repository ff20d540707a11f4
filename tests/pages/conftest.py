"""The town of `walk`, its servers and its browser serve all files of this folder.

They outlive a test: the database is emptied after the last one of the folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.plugins.browser import open_browser
from tests.plugins.city import City
from tests.plugins.walk import Walk, filled_town
from tests.servers import start_live, start_web


@pytest.fixture
def _django_db_helper() -> None:
    """In place of pytest-django's, which would empty the database after each test."""


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One browser for the folder."""
    with open_browser() as opened:
        yield opened


@pytest.fixture(scope="package")
def walk(
    django_db_setup: None,
    django_db_blocker: Any,
    complete_sign_in: None,
    browser: Browser,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Walk]:
    """All servers, with pages for what goes wrong, and a town that has something for every page.

    One process draws the pages: nobody waits for another here.
    """
    place = tmp_path_factory.mktemp("walk")
    folders = {"MEDIA_ROOT": str(place / "media"), "MAIL_KEPT_AT": str(place / "mail")}
    env = {"DJANGO_SETTINGS_MODULE": "tests.pages.settings", **folders}
    with (
        filled_town(django_db_blocker, ROOT_URLCONF="tests.pages.urls", **folders) as town,
        start_live() as live,
        start_web(live=live, **env) as web,
        ExitStack() as opened,
    ):
        yield Walk(City(browser, web, live, opened), town)
