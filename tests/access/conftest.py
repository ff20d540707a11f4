"""The city behind the doors, and everybody who knocks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from accounts.models import User
from core.pages import forget_pages
from tests import factories
from tests.access.city import City, build
from tests.access.doors import Knocker, knocker
from tokens import actions
from tokens.models import Scope

#: The columns of the table: who knocks.
COLUMNS = {
    "anon": "nobody is signed in",
    "resident": "signed in, has nothing to do with what is behind the door",
    "author": "a resident who wrote the remarks behind the door",
    "firm": "a resident with a mandate for everything of one organisation",
    "mo": "moderator",
    "ofi": "officer of the department that the consultations belong to",
    "stranger": "officer of another department",
    "admin": "administrator",
    "suspended": "somebody who was suspended, with the session still there",
    "program": "a program with every scope of the administrator, and no cookie",
    "narrow": "a program that may only see who the resident is",
}


@pytest.fixture
def town(department: Any, settings: Any, tmp_path: Any, request: Any) -> Iterator[City]:
    """Something of everything, and no page kept of another test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MAIL_KEPT_AT = tmp_path / "mail"
    names = ("olena", "bohdan", "firm", "charlie", "mo", "ofi", "stranger", "admin")
    people = {name: request.getfixturevalue(name) for name in names}
    for person in people.values():
        person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    forget_pages()
    yield build(people, department)
    forget_pages()


def _token(user: User, *scopes: str) -> str:
    return actions.create(user, name="Програма", scopes=scopes, days=30)[1]


@pytest.fixture
def knockers(town: City) -> dict[str, Knocker]:
    """Everybody of COLUMNS, in that order."""
    people = town.people
    suspended = knocker(factories.user("suspended"))
    User.objects.filter(pk=suspended.user.pk).update(is_active=False)
    suspended.user.refresh_from_db()
    found = {
        "anon": knocker(),
        "resident": knocker(people["charlie"]),
        "author": knocker(people["olena"]),
        "suspended": suspended,
        "program": knocker(people["admin"], token=_token(people["admin"], *Scope.values)),
        "narrow": knocker(people["charlie"], token=_token(people["charlie"], Scope.ME_READ)),
        **{name: knocker(people[name]) for name in ("firm", "mo", "ofi", "stranger", "admin")},
    }
    return {name: found[name] for name in COLUMNS}
