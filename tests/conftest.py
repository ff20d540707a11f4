"""The fixtures of every test: a real PostgreSQL, a clock that can be shifted, and the people.

People are fixtures: olena (resident, author), bohdan (resident), firm (acts for a company),
mo (moderator), ofi (officer), charlie (outsider), admin, anon.

Levels (--all, --long, --nightly): ``tests.plugins.levels.level(config)`` says what was asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from accounts.identity import actions as identity
from accounts.models import Level, User, Verification
from tests import people
from tests.clock import Clock

pytest_plugins = [
    "tests.plugins.levels",  # others import it
    "tests.plugins.access",
    "tests.plugins.browser",
    "tests.plugins.city",
    "tests.plugins.cost",
    "tests.plugins.council",
    "tests.plugins.database",
    "tests.plugins.actions",
    "tests.plugins.proxy",
    "tests.plugins.reading",
    "tests.plugins.reports",
    "tests.plugins.signing_in",
    "tests.plugins.stopping",
    "tests.plugins.walk",
    "tests.plugins.workers",
]


@pytest.fixture
def clock(db):
    """The database's clock, at the time of the run; put back afterwards."""
    moving = Clock()
    moving.reset()
    yield moving
    moving.reset()


@pytest.fixture
def olena(db):
    return people.load("olena")


@pytest.fixture
def bohdan(db):
    return people.load("bohdan")


@pytest.fixture
def firm(db):
    return people.load("firm")


@pytest.fixture
def charlie(db):
    return people.load("charlie")


@pytest.fixture
def mo(db):
    return people.load("mo")


@pytest.fixture
def department(db):
    return people.load_department()


@pytest.fixture
def ofi(db, department):
    return people.load("ofi")


@pytest.fixture
def stranger(db):
    """An officer of another department."""
    return people.load("stranger")


@pytest.fixture
def admin(db):
    return people.load("admin")


@pytest.fixture
def verified() -> Callable[..., Verification]:
    """``verified(charlie, person_code=…)``: a provider has checked who she is."""

    def check(user: User, **facts: Any) -> Verification:
        defaults = {
            "level": Level.SUBSTANTIAL,
            "how": Verification.How.PROVIDER,
            "source": "id.gov.ua",
        }
        return identity.verify(user, **{**defaults, **facts})

    return check
