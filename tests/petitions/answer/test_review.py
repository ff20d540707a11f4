"""From the notice of the review to the announced decision, at the desk."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.domain import clock as database_clock
from core.domain.calendar import local_date
from petitions.models import Petition, State
from tests.petitions import factories
from tests.petitions.editing import sent

pytestmark = pytest.mark.django_db


def state_of(petition):
    return Petition.objects.get(pk=petition.pk).state_at(database_clock.now())


def today():
    return local_date(database_clock.now())


@pytest.mark.parametrize("who", ["mo", "ofi", "sec", "admin"])
def test_publishes_the_notice(client, olena, department, to, who, request):
    petition = factories.petition(olena, State.REACHED, department=department)
    client.force_login(request.getfixturevalue(who))
    there = client.post(to("review", petition), sent("review", petition, department=department.pk))
    assert there["Location"] == to("detail", petition)
    assert state_of(petition) == State.REVIEW


def test_a_notice_too_early_says_why(client, olena, department, ofi, to):
    petition = factories.petition(olena, department=department)
    client.force_login(ofi)
    response = client.post(
        to("review", petition), sent("review", petition, department=department.pk)
    )
    assert response.status_code == 422
    assert response.context["review_form"].non_field_errors()
    assert state_of(petition) == State.COLLECTING


def test_puts_it_on_the_agenda_and_on_another(client, olena, department, sec, to):
    petition = factories.petition(olena, State.REVIEW, department=department)
    client.force_login(sec)
    for days in (3, 5):
        day = today() + timedelta(days=days)
        data = sent("agenda", petition, session_on=day)
        assert client.post(to("agenda", petition), data).status_code == 302
        petition.refresh_from_db()
        assert petition.session_on == day


@pytest.mark.parametrize("day", ["", "32.13.2026", "2020-01-01"])
def test_a_day_that_cannot_be_is_refused_and_kept(client, olena, department, sec, to, day):
    petition = factories.petition(olena, State.REVIEW, department=department)
    client.force_login(sec)
    response = client.post(to("agenda", petition), sent("agenda", petition, session_on=day))
    assert response.status_code == 422
    assert day in response.text
    assert state_of(petition) == State.REVIEW


def test_a_decision_waits_for_the_session(client, olena, department, ofi, to, clock):
    petition = factories.petition(olena, State.AGENDA, department=department)
    client.force_login(ofi)
    page = client.get(to("detail", petition))
    assert "decision_form" not in page.context
    assert str(page.context["undecidable"]) in page.text
    assert "sort_form" in page.context
    response = client.post(to("decide", petition), {"decision": "supported"})
    assert response.status_code == 422
    clock.advance(days=6)
    client.force_login(ofi)  # the session has ended meanwhile
    assert "decision_form" in client.get(to("detail", petition)).context
    client.post(to("decide", petition), {"decision": "supported"})
    assert state_of(petition) == State.SUPPORTED


def test_a_decision_is_one_of_two(client, olena, department, ofi, to):
    rules = factories.procedure(plenary=False)
    petition = factories.petition(olena, State.REVIEW, department=department, procedure=rules)
    client.force_login(ofi)
    for decision in ("", "maybe"):
        response = client.post(to("decide", petition), {"decision": decision})
        assert response.status_code == 422
    client.post(to("decide", petition), {"decision": "not_supported"})
    assert state_of(petition) == State.NOT_SUPPORTED


def test_is_for_the_department_alone(client, olena, bohdan, mo, stranger, department, to):
    petition = factories.petition(olena, State.REVIEW, department=department)
    for person in (olena, bohdan, mo, stranger):
        client.force_login(person)
        for name in ("agenda", "decide", "answer", "promise"):
            assert client.post(to(name, petition), {}).status_code == 403, (person.email, name)
    assert state_of(petition) == State.REVIEW


def test_gives_it_to_another_department(client, olena, mo, department, to):
    petition = factories.petition(olena)
    client.force_login(mo)
    data = sent("sort", petition, department=department.pk)
    assert client.post(to("sort", petition), data).status_code == 302
    petition.refresh_from_db()
    assert petition.department == department
