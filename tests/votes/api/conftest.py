"""What the tests of the API of polls share."""

from __future__ import annotations

import pytest

from core.web.pages import forget_pages
from tests import factories as house
from tests.tokens.conftest import program
from tokens import actions


@pytest.fixture(autouse=True)
def nothing_kept():
    forget_pages()


@pytest.fixture
def department():
    return house.department()


@pytest.fixture
def officer(department):
    return house.user("officer", role="officer", department=department)


@pytest.fixture
def program_of():
    """A client with a token of the person's."""

    def make(user, *scopes: str):
        return program(actions.create(user, name="a", scopes=scopes, days=30)[1])

    return make
