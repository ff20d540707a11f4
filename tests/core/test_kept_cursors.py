"""Cursors that stay with their connection answer as Django's do."""

from __future__ import annotations

import pytest
from django.db import DataError, IntegrityError, OperationalError, connection, transaction
from django.db.transaction import TransactionManagementError

from core.db import kept_cursors
from core.db.kept_cursors import cursor_of, fetch

_ADDED = "SELECT %s::int + 1, %s::text"

pytestmark = pytest.mark.django_db


def test_other_values_each_time():
    assert fetch(_ADDED, [1, "a"]) == [(2, "a")]
    assert fetch(_ADDED, [2**30, None]) == [(2**30 + 1, None)]
    assert fetch(_ADDED, ["7", "їжак"]) == [(8, "їжак")]
    assert fetch("SELECT %s::int WHERE false", [1]) == []


@pytest.mark.django_db(transaction=True)
def test_it_stays_with_its_connection():
    kept = cursor_of(connection, _ADDED)
    assert kept is not None
    assert cursor_of(connection, "".join(_ADDED)) is kept
    connection.close()
    assert fetch(_ADDED, [1, "a"]) == [(2, "a")]


def test_a_column_that_came_since_is_read():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE kept (a int) ON COMMIT DROP")
        cursor.execute("INSERT INTO kept VALUES (1)")
        assert fetch("SELECT * FROM kept WHERE a = %s", [1]) == [(1,)]
        cursor.execute("ALTER TABLE kept ADD b text DEFAULT 'x'")
    assert fetch("SELECT * FROM kept WHERE a = %s", [1]) == [(1, "x")]


def test_it_keeps_no_values_and_no_rows():
    kept = cursor_of(connection, _ADDED)
    fetch(_ADDED, [1, "a name"])
    cursor = kept.cursor
    assert cursor._query is None
    assert cursor._results == []
    assert (cursor.pgresult, cursor._tx.pgresult) == (None, None)
    known = cursor._tx
    fetch(_ADDED, [2, "another"])
    assert cursor._tx is known  # what is worth keeping


def test_errors_are_django_s_and_it_goes_on():
    with pytest.raises(DataError), transaction.atomic():
        fetch("SELECT 1 / %s::int", [0])
    assert fetch("SELECT 1 / %s::int", [1]) == [(1,)]
    with pytest.raises(IntegrityError), transaction.atomic():
        fetch("INSERT INTO core_topic (name, seq) VALUES (%s, NULL) RETURNING name", ["a"])


@pytest.mark.django_db(transaction=True)
def test_a_dead_connection_is_an_error_of_django_s():
    fetch(_ADDED, [1, "a"])
    connection.connection.close()
    for sql, values in ((_ADDED, [1, "a"]), ("SELECT %s::int + 6", [1])):
        with pytest.raises(OperationalError):
            fetch(sql, values)
    connection.close()
    assert fetch("SELECT %s::int + 6", [1]) == [(7,)]


def test_not_in_a_broken_transaction():
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            fetch(_ADDED, [1, "a"])
        transaction.set_rollback(False)


def test_logged_queries_are_those_of_django(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert fetch(_ADDED, [1, "a"]) == [(2, "a")]


def test_no_more_than_a_connection_keeps(monkeypatch):
    monkeypatch.setattr(kept_cursors, "MOST", 0)
    assert cursor_of(connection, "SELECT %s::int + 5") is None
    assert fetch("SELECT %s::int + 5", [1]) == [(6,)]
