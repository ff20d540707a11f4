"""Totals are counted from rows, all of one moment, and settle the threshold."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from procrastinate.contrib.django import app

from core.domain import clock as time
from core.domain.calendar import kyiv, local_date
from petitions import jobs
from petitions.events import ThresholdLost, ThresholdReached
from petitions.models import DayTotal, Petition, Signature, State, Total
from petitions.signing import counting
from tests.petitions import factories

pytestmark = pytest.mark.django_db

Status = Signature.Status


@pytest.fixture
def petition(olena):
    return factories.petition(olena)


def numbers(petition) -> tuple[int, ...]:
    total = Total.objects.get(pk=petition.pk)
    return (total.counted, total.checking, total.removed, total.withdrawn)


def days(petition) -> dict:
    return dict(DayTotal.objects.filter(petition=petition).values_list("day", "counted"))


def withdrawn(petition, number):
    factories.signatures(petition, number, status=Status.WITHDRAWN, mailbox=None, email="", name="")


def test_each_kind_is_counted(petition, mo):
    factories.signatures(petition, 5)
    factories.signatures(petition, 3, status=Status.CHECKING, suspicion="network")
    withdrawn(petition, 2)
    factories.removed(factories.signatures(petition, 4), by=mo)
    assert counting.recount([petition.pk]) == {petition.pk}
    assert numbers(petition) == (5, 3, 4, 2)
    assert counting.recount([petition.pk]) == set()


def test_another_petition_has_its_own(petition, olena):
    other = factories.petition(olena)
    factories.signatures(petition, 2)
    factories.signatures(other, 1)
    counting.recount([petition.pk, other.pk])
    assert (numbers(petition)[0], numbers(other)[0]) == (2, 1)


def test_days_are_those_of_kyiv(petition):
    today = local_date(time.now())
    midnight = kyiv(today)
    factories.signatures(petition, 2, at=midnight - timedelta(seconds=1))
    factories.signatures(petition, 3, at=midnight)
    counting.recount([petition.pk])
    assert days(petition) == {today - timedelta(days=1): 2, today: 3}
    Signature.objects.filter(at__lt=midnight).delete()
    counting.recount([petition.pk])
    assert days(petition) == {today: 3}


def test_what_a_wrong_clock_wrote_is_counted_too(petition):
    factories.signatures(petition, 1, at=petition.published_at - timedelta(days=3))
    factories.signatures(petition, 1, at=petition.closes_at + timedelta(days=3))
    counting.recount([petition.pk])
    assert numbers(petition)[0] == 2 == sum(days(petition).values())


def test_a_week_passes_without_signatures(petition, clock):
    factories.signatures(petition, 4, at=time.now() - timedelta(days=1))
    counting.recount([petition.pk])
    assert Total.objects.get(pk=petition.pk).week == 4
    assert counting.to_be_counted() == []
    clock.advance(days=8)
    assert counting.to_be_counted() == [petition.pk]
    counting.recount([petition.pk])
    assert Total.objects.get(pk=petition.pk).week == 0
    assert counting.to_be_counted() == []


def test_which_are_to_be_counted(petition, olena):
    idle = factories.petition(olena)
    long_ago = time.now() - timedelta(days=2)
    closed = factories.petition(olena, State.NOT_REACHED, closes_at=long_ago)
    counting.recount([petition.pk, idle.pk, closed.pk])
    factories.signatures(petition, 1)
    factories.signatures(closed, 1)
    assert counting.to_be_counted() == [petition.pk]


def test_the_last_ones_are_counted_though_workers_stood_still_then(petition, clock):
    petition.refresh_from_db()
    clock.set(petition.closes_at - timedelta(minutes=1))
    counting.recount([petition.pk])
    factories.signatures(petition, 1, at=time.now())
    clock.advance(hours=3)
    assert counting.to_be_counted() == [petition.pk]
    counting.recount([petition.pk])
    assert counting.to_be_counted() == []


def test_the_job_counts_what_was_signed_since(petition):
    factories.signatures(petition, 2)
    jobs.recount_petitions(0)
    assert numbers(petition)[0] == 2
    task = app.periodic_registry.periodic_tasks["petitions.jobs.recount_petitions", ""]
    ticks = task.croniter.get_next(start_time=0), task.croniter.get_next()
    assert ticks == (5, 10)  # seconds, not minutes


def test_one_without_a_total_is_counted_and_a_draft_is_not(petition, olena):
    draft = factories.petition(olena, State.DRAFT)
    Total.objects.all().delete()
    assert counting.to_be_counted() == [petition.pk]
    counting.recount([petition.pk, draft.pk])
    assert list(Total.objects.values_list("pk", flat=True)) == [petition.pk]


def test_enough_is_settled_once_and_too_few_again(olena, emitted, mo):
    petition = factories.petition(olena, procedure=factories.procedure(threshold=3))
    rows = factories.signatures(petition, 3)
    counting.recount([petition.pk])
    counting.recount([petition.pk])
    assert emitted == [ThresholdReached(petition.pk, None)]
    assert Petition.objects.get().reached_at
    factories.removed(rows[:1], by=mo)
    counting.recount([petition.pk])
    assert emitted[1:] == [ThresholdLost(petition.pk, None)]
    assert Petition.objects.get().reached_at is None


def test_one_that_waits_for_a_check_does_not_reach_it(olena, emitted):
    petition = factories.petition(olena, procedure=factories.procedure(threshold=2))
    factories.signatures(petition, 1)
    factories.signatures(petition, 1, status=Status.CHECKING, suspicion="network")
    counting.recount([petition.pk])
    assert emitted == []


def test_what_moved_is_in_the_ledger(petition):
    factories.signatures(petition, 3)
    counting.recount([petition.pk])
    counting.recount([petition.pk])
    assert [entry.number for entry in petition.ledger.all()] == [1]


def test_what_it_costs(petition, django_assert_num_queries):
    factories.signatures(petition, 3)
    counting.recount([petition.pk])
    # Which, the lock, what it was, the count, what it is, which to settle; two of a savepoint.
    with django_assert_num_queries(8):
        counting.recount([petition.pk])


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(st.sampled_from([1, 2, 4]), st.integers(-40 * 24, 40 * 24)), max_size=30
    )
)
def test_days_sum_to_what_is_counted(olena, rows):
    petition = factories.petition(olena)
    now = time.now()
    for status, hours in rows:
        more = {"mailbox": None, "email": "", "name": ""} if status == Status.WITHDRAWN else {}
        more |= {"suspicion": "network"} if status == Status.CHECKING else {}
        factories.signatures(petition, 1, status=status, at=now + timedelta(hours=hours), **more)
    counting.recount([petition.pk])
    assert sum(days(petition).values()) == numbers(petition)[0]
    for place, status in enumerate([1, 2, 3, 4]):
        assert numbers(petition)[place] == sum(1 for kind, _hours in rows if kind == status)
