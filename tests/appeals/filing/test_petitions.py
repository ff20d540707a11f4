"""A petition without enough signatures arrives as an appeal, with its number and its history."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from appeals import actions
from appeals.models import Appeal, Entry, State
from core.domain import clock as database_clock
from core.domain.calendar import KYIV, end_of_day, last_date
from core.models import AuditEntry
from tests.appeals import factories

pytestmark = pytest.mark.django_db


def state(appeal: Appeal) -> State:
    return Appeal.objects.get(pk=appeal.pk).state_at(database_clock.now())


def test_it_is_registered_with_what_happened_before(olena):
    appeal = factories.petition(olena)
    assert (appeal.via, appeal.kind, appeal.author) == ("petition", "proposal", olena)
    assert (appeal.is_collective, appeal.people) == (True, 98)
    assert appeal.number == 1
    assert (appeal.origin, appeal.origin_path) == ("петиція № 45", "/petitions/45/")
    assert appeal.secret_hash is None
    told = Entry.objects.filter(appeal=appeal).order_by("at", "pk")
    assert [(each.kind, each.words) for each in told] == [
        ("petition", "Оприлюднено."),
        ("filed", "петиція № 45"),
    ]
    (audited,) = AuditEntry.objects.filter(ids__appeal_id=appeal.pk)
    assert (audited.event, audited.actor) == ("AppealFiled", None)


@pytest.mark.parametrize(("people", "expected"), [(0, (False, 1)), (1, (False, 1)), (2, (True, 2))])
def test_it_is_collective_when_more_than_one_signed(olena, people, expected):
    appeal = factories.petition(olena, people=people)
    assert (appeal.is_collective, appeal.people) == expected


def test_its_term_runs_from_the_last_day_and_its_number_is_of_the_next_working_day(olena):
    ended = date(2026, 11, 27)  # a Friday
    appeal = factories.petition(
        olena,
        received_at=datetime(2026, 11, 27, 23, 59, 59, tzinfo=KYIV),
        registered_at=end_of_day(ended),
    )
    assert appeal.registered_on == date(2026, 11, 30)
    assert last_date(appeal.due_at) == date(2026, 12, 28)  # the 27th is a Sunday
    assert appeal.term == "month"


def test_one_without_an_address_or_a_telephone_is_taken_as_it_is(olena):
    appeal = factories.petition(olena, residence="", phone="")
    assert (appeal.residence, appeal.phone, appeal.email) == ("", "", "")


def test_its_applicant_and_the_desk_see_where_it_came_from(client, olena):
    appeal = factories.petition(olena)
    client.force_login(olena)
    page = client.get(appeal.get_absolute_url()).text
    for shown in ('href="/petitions/45/"', "петиція №\u00a045", "Оприлюднено.", appeal.label):
        assert shown in page
    assert appeal.label in client.get("/appeals/mine/").text
    client.force_login(factories.registrar())
    desk = client.get(f"/desk/appeals/{appeal.pk}/").text
    for shown in ('href="/petitions/45/"', "98 людей"):
        assert shown in desk
    assert "петиція №\u00a045" in client.get("/desk/appeals/").text


def test_it_is_given_back_and_goes_on(olena, emitted):
    appeal = factories.petition(olena)
    assert not actions.take_again(appeal)
    assert actions.give_back(appeal)
    assert state(appeal) == State.GIVEN_BACK
    assert not actions.give_back(appeal)
    assert actions.take_again(appeal)
    after = Appeal.objects.get(pk=appeal.pk)
    assert (after.closed_at, after.due_at) == (None, appeal.due_at)
    assert state(appeal) == State.RECEIVED
    names = [event.name for event in emitted]
    assert names == ["AppealFiled", "AppealGivenBack", "AppealTakenAgain"]


def test_what_was_given_back_is_worked_on_by_nobody(olena, department):
    appeal = factories.appeal(olena, State.GIVEN_BACK)
    with factories.refused("appeal.not_now"):
        actions.accept(appeal, by=factories.registrar(), department=department)
