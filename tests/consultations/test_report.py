"""The report: after the close, with what was decided, once."""

from __future__ import annotations

import pytest
from django.urls import reverse

from consultations.actions import life as actions
from consultations.events import ReportPublished
from consultations.models import State
from core.domain import clock as database_clock
from tests import factories

pytestmark = pytest.mark.django_db


def test_publishes_what_was_decided(closed, ofi, emitted):
    made = actions.report(closed, by=ofi, outcome=" Враховано три зауваження. ")
    assert made.state_at(database_clock.now()) == State.REPORTED
    assert made.outcome == "Враховано три зауваження."
    assert emitted == [ReportPublished(made.pk, ofi.pk)]


@pytest.mark.parametrize(
    "state",
    [State.PREPARING, State.ANNOUNCED, State.OPEN, State.REPORTED, State.WITHDRAWN],
)
def test_only_after_the_close_and_once(department, ofi, refused, state):
    consultation = factories.consultation(department, state)
    with refused("consultation.not_closed"):
        actions.report(consultation, by=ofi, outcome="Враховано.")


def test_the_clock_closes_it(opened, ofi, clock, refused):
    clock.set(opened.closes_at)
    assert actions.report(opened, by=ofi, outcome="Враховано.")


def test_needs_words(closed, ofi, refused):
    with refused("consultation.outcome_missing"):
        actions.report(closed, by=ofi, outcome=" ")


def test_is_for_the_department_alone(closed, olena, mo, stranger, refused):
    for person in (olena, mo, stranger):
        with refused("consultation.officers_only"):
            actions.report(closed, by=person, outcome="Враховано.")


def test_the_page_lists_what_the_procedure_asks_for(client, closed, ofi):
    client.force_login(ofi)
    page = client.get(reverse("desk:report", args=[closed.pk])).text
    for item in closed.procedure.report_must_hold:
        assert item in page


def test_on_the_page(client, closed, ofi):
    client.force_login(ofi)
    address = reverse("desk:report", args=[closed.pk])
    assert client.post(address, {"outcome": ""}).status_code == 422
    response = client.post(address, {"outcome": "Враховано."})
    assert response.status_code == 302
    assert "data-kept-done" in client.get(response["Location"]).text
    closed.refresh_from_db()
    assert closed.reported_at
