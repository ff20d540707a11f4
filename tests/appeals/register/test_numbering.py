"""Numbers of a day have no gaps, whoever registers at once; PostgreSQL holds them to it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from appeals import actions
from appeals.models import Appeal, RegisterDay
from appeals.register.numbering import number_at_commit
from core.domain import clock as database_clock
from core.domain.actions import action
from tests.appeals import factories
from tests.appeals.factories import NOBODY

THREADS = 8
EACH = 5


@pytest.mark.cpu(6)
@pytest.mark.django_db(transaction=True)
def test_eight_threads_leave_no_gap():
    """One in five fails after it was written, and takes no number with it."""

    def register(thread: int) -> None:
        try:
            for turn in range(EACH):
                try:
                    with action():
                        made = actions.file(by=NOBODY, **factories.WORDS).appeal
                        assert made.number is None  # not before the end of the transaction
                        if turn == thread % EACH:
                            raise ZeroDivisionError
                except ZeroDivisionError:
                    pass
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(register, range(THREADS)))
    registered = THREADS * (EACH - 1)
    days = dict(RegisterDay.objects.values_list("day", "last"))
    assert sum(days.values()) == registered
    for day, last in days.items():
        numbers = Appeal.objects.filter(registered_on=day).values_list("number", flat=True)
        assert sorted(numbers) == list(range(1, last + 1))


@pytest.mark.django_db
def test_each_day_begins_with_one(clock):
    made = []
    for moment in (
        datetime(2027, 3, 15, 9, tzinfo=UTC),
        datetime(2027, 3, 15, 16, tzinfo=UTC),  # 18 in Kyiv: the next day's
        datetime(2027, 3, 16, 9, tzinfo=UTC),
    ):
        clock.set(moment)
        made.append(factories.filed().appeal)
    assert [appeal.label for appeal in made] == ["1-15.03.2027", "1-16.03.2027", "2-16.03.2027"]
    assert dict(RegisterDay.objects.values_list("day", "last")) == {
        date(2027, 3, 15): 1,
        date(2027, 3, 16): 2,
    }


@pytest.mark.django_db
def test_the_appeal_is_written_with_its_number_when_the_action_ends():
    with action():
        made = actions.file(by=NOBODY, **factories.WORDS).appeal
        assert not Appeal.objects.filter(pk=made.pk).exists()
    stored = Appeal.objects.get(pk=made.pk)
    assert (stored.number, stored.precedence) == (made.number, made.precedence) == (1, 2)
    assert [entry.kind for entry in stored.entries.all()] == ["filed"]


@pytest.mark.django_db
def test_one_that_was_written_before_gets_its_number_too():
    now = database_clock.now()
    with action():
        made = Appeal.objects.create(
            **factories.WORDS,
            via="letter",
            registered_on=now.date(),
            term="month",
            due_at=now.replace(year=now.year + 1),
            received_at=now,
            digest=b"",
        )
        number_at_commit(made)
    made.refresh_from_db()
    assert made.number == 1


@pytest.mark.django_db
def test_a_number_never_changes():
    appeal = factories.filed().appeal
    for change in ({"number": 7}, {"number": None}, {"registered_on": date(2020, 1, 1)}):
        with pytest.raises(IntegrityError, match="has its number already"), transaction.atomic():
            Appeal.objects.filter(pk=appeal.pk).update(**change)
    Appeal.objects.filter(pk=appeal.pk).update(subject="Інше")


@pytest.mark.django_db
def test_nothing_is_registered_without_a_number():
    now = database_clock.now()
    with (
        pytest.raises(IntegrityError, match="was registered without a number"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        Appeal.objects.create(
            **factories.WORDS,
            via="page",
            registered_on=now.date(),
            term="month",
            due_at=now.replace(year=now.year + 1),
            received_at=now,
            digest=b"",
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as COMMIT does
