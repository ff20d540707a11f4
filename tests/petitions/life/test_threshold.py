"""The threshold: crossed by a count of rows under the petition's lock, exactly once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
from django.db import close_old_connections, connections

from appeals import actions as appeals
from appeals.events import AppealFiled, AppealGivenBack
from appeals.models import Appeal, Entry
from appeals.models import State as AppealState
from core.domain import clock as database_clock
from core.domain.calendar import KYIV
from core.models import AuditEntry
from petitions.events import CollectionEnded, ThresholdLost, ThresholdReached
from petitions.life import thresholds as actions
from petitions.models import Petition, Removal, Signature, State
from tests.appeals import factories as appeal_factories
from tests.petitions import factories

pytestmark = pytest.mark.django_db
COUNTED, CHECKING = Signature.Status.COUNTED, Signature.Status.CHECKING


@pytest.fixture
def petition(olena):
    return factories.petition(olena, procedure=factories.procedure(threshold=5))


def state(petition: Petition) -> State:
    return Petition.objects.get(pk=petition.pk).state_at(database_clock.now())


def appeal_state(petition: Petition) -> AppealState:
    return Appeal.objects.get(pk=petition.appeal_id).state_at(database_clock.now())


def test_not_before_there_are_enough(petition, emitted):
    factories.signatures(petition, 4)
    factories.signatures(petition, 9, status=CHECKING, suspicion="network")
    assert not actions.settle_threshold(petition.pk)
    assert state(petition) == State.COLLECTING
    assert emitted == []


@pytest.mark.parametrize("number", [5, 6, 50])
def test_reached(petition, emitted, number):
    factories.signatures(petition, number)
    assert actions.settle_threshold(petition.pk)
    assert not actions.settle_threshold(petition.pk)
    petition.refresh_from_db()
    assert state(petition) == State.REACHED
    assert petition.notice_due_on
    assert petition.is_open_at(database_clock.now())  # signing goes on until the review
    assert emitted == [ThresholdReached(petition.pk, None)]


def test_the_term_runs_from_the_signature_that_made_it_enough(petition, clock):
    """Counted after midnight: the council has no day more for it."""
    noon = datetime(2026, 3, 10, 12, tzinfo=KYIV)  # a Tuesday
    Petition.objects.filter(pk=petition.pk).update(published_at=noon - timedelta(days=1))
    clock.set(datetime(2026, 3, 11, 0, 0, 4, tzinfo=KYIV))
    factories.signatures(petition, 4, at=noon)
    last = datetime(2026, 3, 10, 23, 59, 59, tzinfo=KYIV)
    factories.signatures(petition, 1, at=last)
    assert actions.settle_threshold(petition.pk)
    petition.refresh_from_db()
    assert petition.reached_at == last
    assert petition.notice_due_on == date(2026, 3, 13)  # three working days after Tuesday


def test_what_staff_let_count_makes_it_enough_when_they_do(petition):
    factories.signatures(petition, 5, at=database_clock.now() - timedelta(days=2))
    moved_at = database_clock.now()
    assert actions.settle_threshold(petition.pk, moved_at=moved_at)
    petition.refresh_from_db()
    assert petition.reached_at == moved_at


def test_an_appeal_that_had_enough_for_a_while_has_its_term_again(olena):
    petition = factories.petition(
        olena, State.NOT_REACHED, procedure=factories.procedure(threshold=5)
    )
    actions.tell_what_passed()
    petition.refresh_from_db()
    due_at = petition.appeal.due_at
    made = factories.signatures(petition, 5)
    actions.settle_threshold(petition.pk)
    assert appeal_state(petition) == AppealState.GIVEN_BACK
    Signature.objects.filter(pk=made[0].pk).update(status=CHECKING, suspicion="network")
    actions.settle_threshold(petition.pk)
    petition.refresh_from_db()
    assert state(petition) == State.NOT_REACHED
    assert appeal_state(petition) == AppealState.RECEIVED
    assert petition.appeal.due_at == due_at
    told = Entry.objects.filter(appeal=petition.appeal).order_by("pk")
    assert [each.kind for each in told][-2:] == ["given_back", "taken_again"]
    assert Appeal.objects.count() == 1


@pytest.mark.parametrize("ended", [AppealState.ANSWERED, AppealState.FORWARDED])
def test_what_was_dealt_with_as_an_appeal_reaches_nothing_more(olena, emitted, ended):
    petition = factories.as_appeal(olena, procedure=factories.procedure(threshold=5))
    appeal = petition.appeal
    if ended == AppealState.FORWARDED:
        appeals.forward(appeal, by=appeal_factories.registrar(), to="Районна рада")
    else:
        office = appeal_factories.office()
        appeals.accept(appeal, by=appeal_factories.registrar(), department=office)
        appeal_factories.answered(Appeal.objects.get())
    emitted.clear()
    factories.signatures(petition, 5)
    assert not actions.settle_threshold(petition.pk)
    assert state(petition) == State.NOT_REACHED
    assert appeal_state(petition) == ended
    assert emitted == []


def test_lost_and_reached_again_before_the_review(petition, emitted):
    made = factories.signatures(petition, 5)
    actions.settle_threshold(petition.pk)
    Signature.objects.filter(pk=made[0].pk).update(status=CHECKING, suspicion="network")
    assert actions.settle_threshold(petition.pk)
    petition.refresh_from_db()
    assert petition.reached_at is None
    assert petition.notice_due_on is None
    Signature.objects.filter(pk=made[0].pk).update(status=COUNTED, suspicion="")
    assert actions.settle_threshold(petition.pk)
    assert [type(event) for event in emitted] == [ThresholdReached, ThresholdLost, ThresholdReached]


@pytest.mark.parametrize(
    "late",
    [State.REVIEW, State.AGENDA, State.SUPPORTED, State.NOT_SUPPORTED, State.ANSWERED],
)
def test_not_lost_once_the_review_has_begun(olena, emitted, late):
    petition = factories.petition(olena, late)
    assert not actions.settle_threshold(petition.pk)
    assert state(petition) == late
    assert emitted == []


@pytest.mark.parametrize("closed", [State.DRAFT, State.MODERATION, State.REFUSED, State.WITHDRAWN])
def test_nothing_is_reached_by_what_collects_nothing(olena, emitted, closed):
    petition = factories.petition(olena, closed, procedure=factories.procedure(threshold=1))
    factories.signatures(petition, 1)
    assert not actions.settle_threshold(petition.pk)
    assert emitted == []


def test_of_nothing(db):
    assert not actions.settle_threshold(404)


def test_reached_after_closing_when_what_waited_was_in_order(olena, emitted):
    petition = factories.petition(
        olena, State.NOT_REACHED, procedure=factories.procedure(threshold=5)
    )
    factories.signatures(petition, 4)
    actions.tell_what_passed()
    petition.refresh_from_db()
    assert appeal_state(petition) == AppealState.RECEIVED
    factories.signatures(petition, 1)
    assert actions.settle_threshold(petition.pk)
    petition.refresh_from_db()
    assert state(petition) == State.REACHED
    assert not petition.is_open_at(database_clock.now())
    assert appeal_state(petition) == AppealState.GIVEN_BACK
    assert emitted == [
        AppealFiled(petition.appeal_id, None),
        CollectionEnded(petition.pk, None),
        AppealGivenBack(petition.appeal_id, None),
        ThresholdReached(petition.pk, None),
    ]
    assert actions.tell_what_passed() == 0


def test_what_closed_with_enough_is_no_appeal(olena, emitted):
    """Though nobody had counted yet when its last day was over."""
    petition = factories.petition(
        olena, State.NOT_REACHED, procedure=factories.procedure(threshold=5)
    )
    factories.signatures(petition, 5)
    assert actions.tell_what_passed() == 0
    assert state(petition) == State.REACHED
    assert emitted == [ThresholdReached(petition.pk, None)]


def test_closing_is_told_once_each(olena, emitted):
    closed = [factories.petition(olena, State.NOT_REACHED) for _number in range(3)]
    for running in (State.COLLECTING, State.REACHED, State.WITHDRAWN, State.ANSWERED):
        factories.petition(olena, running)
    assert actions.tell_what_passed() == 3
    assert actions.tell_what_passed() == 0
    assert [event for event in emitted if isinstance(event, CollectionEnded)] == [
        CollectionEnded(petition.pk, None) for petition in closed
    ]
    assert Appeal.objects.count() == 3


def test_closing_is_by_the_databases_clock(petition, clock, emitted):
    petition.refresh_from_db()
    clock.set(petition.closes_at)
    clock.advance(seconds=-1)
    assert state(petition) == State.COLLECTING
    assert actions.tell_what_passed() == 0
    clock.set(petition.closes_at)
    assert state(petition) == State.NOT_REACHED  # with or without the job
    assert actions.tell_what_passed() == 1


def test_budget(petition, django_assert_max_num_queries):
    factories.signatures(petition, 300)
    with django_assert_max_num_queries(24):  # 5 of them for its record; with what is told of it
        assert actions.settle_threshold(petition.pk)
    with django_assert_max_num_queries(6):
        assert not actions.settle_threshold(petition.pk)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_make_one_transition(petition):
    factories.signatures(petition, 5)

    def settle(_number: int) -> bool:
        close_old_connections()
        try:
            return actions.settle_threshold(petition.pk)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(16) as pool:
        changed = list(pool.map(settle, range(64)))
    assert sum(changed) == 1
    assert AuditEntry.objects.filter(event="ThresholdReached").count() == 1
    Signature.objects.filter(petition=petition).update(
        status=Signature.Status.REMOVED,
        removal=Removal.objects.create(
            petition=petition, rule="hour", reason="Сплеск", number=5, by=petition.author
        ),
    )
    with ThreadPoolExecutor(16) as pool:
        changed = list(pool.map(settle, range(64)))
    assert sum(changed) == 1
    assert AuditEntry.objects.filter(event="ThresholdLost").count() == 1
    assert state(petition) == State.COLLECTING
