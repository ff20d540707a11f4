"""A department with an officer who runs polls, and a crowd that votes in them."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.db import connection

from tests import factories as house

#: Numbers of questions and options that are nothing else.
_QUESTION, _OPTION = 7310000000000000, 8520000000000000


@pytest.fixture
def department():
    return house.department()


@pytest.fixture
def officer(department):
    return house.user("officer", role="officer", department=department)


@pytest.fixture
def keys():
    """Those of two keepers."""
    return [X25519PrivateKey.generate(), X25519PrivateKey.generate()]


@pytest.fixture
def recognisable():
    """Questions and options that are made get numbers which are nothing else."""
    with connection.cursor() as cursor:
        for table, number in (("votes_question", _QUESTION), ("votes_option", _OPTION)):
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, number])
        yield
        for table in ("votes_question", "votes_option"):
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), 1000)", [table])
