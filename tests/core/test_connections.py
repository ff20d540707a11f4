"""A kept connection is looked at when it was idle, and only then."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection as django_connection
from psycopg import OperationalError

from config.connections import FRESH, check


@pytest.fixture
def kept(db):
    """A connection beside Django's own, looked at a moment ago."""
    parameters = django_connection.get_connection_params()
    parameters.pop("cursor_factory", None)
    parameters.pop("context", None)
    with psycopg.connect(**parameters, autocommit=True) as connection:
        check(connection)
        yield connection


def cut(connection: psycopg.Connection) -> None:
    with django_connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [connection.info.backend_pid])
        assert cursor.fetchone() == (True,)


def test_dead_connection_that_was_idle_is_found(kept):
    cut(kept)
    vars(kept)["taken_at"] -= 2 * FRESH
    with pytest.raises(OperationalError):
        check(kept)


def test_live_connection_that_was_idle_is_fresh_again(kept):
    vars(kept)["taken_at"] -= 2 * FRESH
    check(kept)
    cut(kept)
    check(kept)  # asks nothing: it was alive a moment ago


def test_connection_just_used_costs_no_round_trip(kept):
    cut(kept)
    check(kept)
    with pytest.raises(OperationalError):
        kept.execute("SELECT 1")
