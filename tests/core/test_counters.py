"""What a whole crowd writes is written last, in one order, or not at all."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from consultations.models import Remark
from consultations.remarks.counts import count, counts_of
from core.db import counters
from core.db.counters import write_last
from core.domain.actions import action
from core.domain.topics import raise_topic, seq_of
from core.models import Topic
from tests import factories

pytestmark = pytest.mark.django_db

_ADD = """
INSERT INTO core_topic AS t (name, seq) VALUES (%s, 1)
ON CONFLICT (name) DO UPDATE SET seq = t.seq + 1
"""


def add(name: str) -> None:
    write_last(name, _ADD, [name])


def test_it_is_written_when_the_outermost_action_ends():
    with action():
        with action():
            add("one")
        assert seq_of("one") == 0
    assert seq_of("one") == 1


def test_sorted_and_before_the_topics(django_assert_max_num_queries):
    with django_assert_max_num_queries(5) as asked, action():  # two are the savepoint's
        raise_topic("topic:1")
        add("topic:3")
        add("topic:2")
    written = [query["sql"] for query in asked if "core_topic" in query["sql"]]
    assert len(written) == 3
    assert "topic:2" in written[0]
    assert "topic:3" in written[1]
    assert "pg_notify" in written[2]


def test_not_at_all_when_the_action_fails():
    with pytest.raises(ZeroDivisionError), action():
        add("one")
        raise ZeroDivisionError
    assert seq_of("one") == 0
    with action():
        pass
    assert seq_of("one") == 0  # nor by the next action


@pytest.mark.django_db(transaction=True)
def test_an_error_of_one_fails_the_whole_action():
    with pytest.raises(DatabaseError, match="division by zero"), action():
        Topic.objects.create(name="changed", seq=1)
        add("before")
        write_last("between", "SELECT 1 / %s::int", [0])
        write_last("later", _ADD, ["later"])
    assert not Topic.objects.filter(name__in=["changed", "before", "later"]).exists()
    with action():  # the connection is as good as before
        add("before")
    assert seq_of("before") == 1


def test_whoever_asks_gets_the_answer():
    told = []
    with action():
        add("one")
        write_last("two", f"{_ADD} RETURNING name, seq", ["two"], told.append)
        write_last("one", f"{_ADD} RETURNING name, seq", ["one"], told.append)
        assert told == []
    assert told == [("one", 2), ("two", 1)]


@pytest.mark.django_db(transaction=True)
def test_it_commits_with_the_last_statements():
    """Nothing of ours stands between the lock of a row and the COMMIT."""

    def add_by_another() -> int:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '1ms'")
                cursor.execute(_ADD, ["one"])
            return seq_of("one")
        finally:
            connection.close()

    real, seen = counters.run, []

    def run(*args: Any, **kwargs: Any) -> None:
        real(*args, **kwargs)
        with ThreadPoolExecutor(1) as thread:
            seen.append(thread.submit(add_by_another).result())

    with pytest.MonkeyPatch.context() as patch, action():
        patch.setattr(counters, "run", run)
        add("one")
        transaction.on_commit(lambda: seen.append(0))
    assert seen == [2, 0]
    with pytest.raises(IntegrityError), action():  # refused at COMMIT: a key that leads nowhere
        add("one")
        Remark.objects.create(comment_id=10**9, consultation_id=10**9)
    assert seq_of("one") == 2
    with action():  # the connection is as good as before
        add("one")
    assert seq_of("one") == 3


@pytest.mark.django_db(transaction=True)
def test_within_a_transaction_of_another_it_does_not_commit():
    before = seq_of("one")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        with action():
            add("one")
        raise ZeroDivisionError
    assert seq_of("one") == before


def test_never_outside_of_an_action():
    with pytest.raises(RuntimeError):
        add("one")


@pytest.mark.django_db(transaction=True)
def test_opposite_orders_wait_for_each_other_in_no_circle():
    names = ["first", "second", "third"]

    def write(turn: int) -> None:
        try:
            for _ in range(20):
                with action():
                    for name in names if turn % 2 else reversed(names):
                        add(name)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(write, range(4)))
    assert [seq_of(name) for name in names] == [80, 80, 80]


def test_a_count_of_remarks_never_falls_below_none(department):
    opened = factories.consultation(department)
    with action():
        count(opened.pk, None, +1)
    assert counts_of(opened.pk) == (1, {})
    with pytest.raises(DatabaseError), action():
        count(opened.pk, None, -2)
