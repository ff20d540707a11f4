"""Programs with tokens of people."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from tokens import actions
from tokens.models import Scope
from tokens.rules import OF_STAFF


def program(plain: str) -> Client:
    """A program that sends this token and no cookie; CSRF is checked as in production."""
    return Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {plain}"})


@pytest.fixture
def program_of() -> Callable[..., Client]:
    """``program_of(olena, "me:read")``: a program with a token of these scopes; none named: all."""

    def make(user: User, *scopes: str) -> Client:
        chosen = scopes or [each for each in Scope.values if each not in OF_STAFF]
        return program(actions.create(user, name="Тест", scopes=chosen, days=30)[1])

    return make
