"""The city of tests.access, and everybody who comes to it with something in mind."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from core.pages import forget_pages
from tests import factories
from tests.access.city import City, build


@pytest.fixture(autouse=True)
def nothing_kept():
    """No page that another test left in the process."""
    forget_pages()


@pytest.fixture
def city(department, stranger, admin, settings, tmp_path, request) -> City:
    settings.MEDIA_ROOT = tmp_path
    settings.PRIVATE_ROOT = tmp_path / "private"
    settings.MAIL_KEPT_AT = tmp_path / "mail"
    names = ("olena", "bohdan", "firm", "mo", "ofi", "admin")
    return build({name: request.getfixturevalue(name) for name in names}, department)


@pytest.fixture
def enter(request):
    """``enter("mo")``: a client of that person, which tells of an error instead of raising it."""

    def client_of(who: str, **how: Any) -> Client:
        client = Client(raise_request_exception=False, **how)
        if who != "anon":
            client.force_login(request.getfixturevalue(who))
        return client

    return client_of


@pytest.fixture
def consulted(department):
    return factories.consultation(department)
