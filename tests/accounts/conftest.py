"""What the tests of accounts share: the sign-up form as people fill it, and their mail."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from accounts.models import User
from core.domain import events
from notifications.models import Letter
from notifications.sending.mail import send_letter
from tests.factories import PASSWORD

SIGN_UP = {"email": "daryna@viche.example", "agreed": "on"}


@pytest.fixture
def transactional_db(transactional_db: None) -> None:
    """With no tries counted yet: Django empties the tables of its own models alone."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE core_limit")


@pytest.fixture
def post() -> Callable[[], list[mail.EmailMessage]]:
    """Do what the worker does: send the letters that wait. Returns all that was sent so far."""

    def deliver() -> list[mail.EmailMessage]:
        for letter_id in Letter.objects.order_by("pk").values_list("pk", flat=True):
            send_letter(letter_id)
        return mail.outbox

    return deliver


@pytest.fixture
def code(post) -> Callable[[], str]:
    """The code of the latest mail."""

    def read() -> str:
        found = re.search(r"^\d{4}-\d{4}$", post()[-1].body, re.MULTILINE)
        assert found, mail.outbox[-1].body
        return found[0]

    return read


@pytest.fixture
def resident(db) -> User:
    """Somebody with a confirmed address and a password."""
    return User.objects.create_user(
        "resident@viche.example", PASSWORD, given_name="Ганна", family_name="Ткач"
    )


@pytest.fixture
def hear() -> Iterator[Callable[..., list[Any]]]:
    """``heard = hear(UserSuspended)``: the events of these types that actions emit from now on."""
    listening: list[tuple[type[events.Event], Any]] = []

    def listen(*types: type[events.Event]) -> list[Any]:
        heard: list[Any] = []
        handler = heard.append
        events.within(*types)(handler)
        listening.extend((event_type, handler) for event_type in types)
        return heard

    yield listen
    for event_type, handler in listening:
        events._handlers[event_type].remove(handler)
