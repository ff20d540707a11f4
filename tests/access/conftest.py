"""The city behind the routes, and everybody who asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

import pytest
from django.test import override_settings

from accounts.models import User
from config import identity_providers
from core.web.pages import forget_pages
from tests import factories, people
from tests.access.city import City
from tests.access.clients import RoleClient, program, role_client
from tests.access.lasting import lasting_city
from tokens import actions
from tokens.models import Scope

#: The columns of the table: who asks.
COLUMNS = {
    "anon": "nobody is signed in",
    "resident": "signed in, has nothing to do with what is behind the route",
    "author": "a resident who wrote the remarks behind the route",
    "firm": "a resident with a mandate for everything of the confirmed organisation",
    "head": "a resident who runs the organisations",
    "mo": "moderator",
    "ofi": "officer of the department that the consultations belong to",
    "stranger": "officer of another department",
    "sec": "secretary of the department",
    "admin": "administrator",
    "bare": "an administrator whose session has shown no second factor",
    "suspended": "somebody who was suspended, with the session still there",
    "program": "a program with every scope of the administrator, and no cookie",
    "narrow": "a program that may only see who the resident is",
}


#: The people of the city.
NAMES = ("olena", "bohdan", "firm", "charlie", "mo", "ofi", "stranger", "admin")


@contextmanager
def ready_for_city() -> Iterator[None]:
    """Providers of identity, and no page kept of another test."""
    state = {"url": "https://id.example", "client_id": "a", "secret": "b", "auth_types": ""}
    providers = identity_providers.providers(openid="", idgov=state)
    forget_pages()
    with override_settings(IDENTITY_PROVIDERS=providers):
        yield
    forget_pages()


@pytest.fixture(scope="module")
def _town(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: Any,
    complete_sign_in: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[City]:
    """Something of everything."""
    place = tmp_path_factory.mktemp("town")
    with ready_for_city(), lasting_city(request, django_db_blocker, place, *NAMES) as city:
        yield city


@pytest.fixture
def town(_town: City, db: None) -> City:
    """The city as it was built, whatever another test of the file did to it."""
    return deepcopy(_town)


def _token(user: User, *scopes: str) -> str:
    return actions.create(user, name="Програма", scopes=scopes, days=30)[1]


@pytest.fixture(scope="module")
def clients(_town: City) -> dict[str, RoleClient]:
    """Everybody of COLUMNS, in that order."""
    return role_clients(_town)


def role_clients(city: City) -> dict[str, RoleClient]:
    """Sign everybody of COLUMNS in, in that order."""
    everybody = {
        **city.people,
        "sec": factories.user("sec", role="secretary", department=people.load_department()),
        "suspended": factories.user("suspended"),
    }
    for person in everybody.values():
        person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    named = {"resident": "charlie", "author": "olena", "head": "bohdan"}
    found = {
        **{name: role_client(everybody[name]) for name in COLUMNS if name in everybody},
        **{name: role_client(everybody[person]) for name, person in named.items()},
        "anon": role_client(),
        "bare": role_client(everybody["admin"], second_factor=False),
        "program": program(_token(everybody["admin"], *Scope.values)),
        "narrow": program(_token(everybody["charlie"], Scope.ME_READ)),
    }
    User.objects.filter(pk=everybody["suspended"].pk).update(is_active=False)
    return {name: found[name] for name in COLUMNS}
