"""The city behind the doors, and everybody who knocks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from accounts.identity import configuration
from accounts.models import User
from core.pages import forget_pages
from tests import factories
from tests.access.city import City, build
from tests.access.doors import Knocker, knocker, program
from tokens import actions
from tokens.models import Scope

#: The columns of the table: who knocks.
COLUMNS = {
    "anon": "nobody is signed in",
    "resident": "signed in, has nothing to do with what is behind the door",
    "author": "a resident who wrote the remarks behind the door",
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


@pytest.fixture
def town(department: Any, settings: Any, tmp_path: Any, request: Any) -> Iterator[City]:
    """Something of everything, and no page kept of another test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_ROOT = tmp_path / "private"
    settings.MAIL_KEPT_AT = tmp_path / "mail"
    state = {"url": "https://id.example", "client_id": "a", "secret": "b", "auth_types": ""}
    settings.IDENTITY_PROVIDERS = configuration.providers(openid="", idgov=state)
    names = ("olena", "bohdan", "firm", "charlie", "mo", "ofi", "stranger", "admin")
    people = {name: request.getfixturevalue(name) for name in names}
    forget_pages()
    yield build(people, department)
    forget_pages()


def _token(user: User, *scopes: str) -> str:
    return actions.create(user, name="Програма", scopes=scopes, days=30)[1]


@pytest.fixture
def knockers(town: City, department: Any) -> dict[str, Knocker]:
    """Everybody of COLUMNS, in that order."""
    people = {
        **town.people,
        "sec": factories.user("sec", role="secretary", department=department),
        "suspended": factories.user("suspended"),
    }
    for person in people.values():
        person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    named = {"resident": "charlie", "author": "olena", "head": "bohdan"}
    found = {
        **{name: knocker(people[name]) for name in COLUMNS if name in people},
        **{name: knocker(people[person]) for name, person in named.items()},
        "anon": knocker(),
        "bare": knocker(people["admin"], second_factor=False),
        "program": program(_token(people["admin"], *Scope.values)),
        "narrow": program(_token(people["charlie"], Scope.ME_READ)),
    }
    User.objects.filter(pk=people["suspended"].pk).update(is_active=False)
    return {name: found[name] for name in COLUMNS}
