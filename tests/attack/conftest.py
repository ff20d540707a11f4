"""The city of tests.access, and everybody who comes to it with something in mind."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.test import Client

from core.web.pages import forget_pages
from tests import factories
from tests.access.city import City
from tests.access.lasting import lasting_city


@pytest.fixture(autouse=True)
def nothing_kept():
    """No page that another test left in the process."""
    forget_pages()


@pytest.fixture(scope="module")
def _city(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: Any,
    complete_sign_in: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[City]:
    place = tmp_path_factory.mktemp("city")
    names = ("olena", "bohdan", "firm", "mo", "ofi", "stranger", "admin", "charlie")
    with lasting_city(request, django_db_blocker, place, *names) as city:
        yield city


@pytest.fixture
def city(_city: City, db: None) -> City:
    """The city as it was built, whatever another test of the file did to it."""
    return deepcopy(_city)


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
