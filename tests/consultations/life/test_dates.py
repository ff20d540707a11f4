"""Dates of what is published: corrected or extended with a reason, told and recorded."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from city.models import MartialLawPeriod
from consultations.events import DatesChanged
from consultations.life import actions as life_actions
from consultations.models import State
from consultations.remarks import actions
from core.domain import clock as database_clock
from core.domain.calendar import end_of_day
from tests import factories
from tests.editing import carried

pytestmark = pytest.mark.django_db


def change(consultation, by, *, more: int = 7, reason: str = "Багато звернень", **fields):
    values = {
        "opens_on": consultation.opens_on,
        "last_day": consultation.last_day + timedelta(days=more),
        "reason": reason,
    }
    return life_actions.change_dates(consultation, by=by, **(values | fields))


def test_extends_it_and_records_old_and_new(opened, ofi, emitted):
    old_last, old_due = opened.last_day, opened.report_due_on
    made = change(opened, ofi)
    opened.refresh_from_db()
    assert opened.last_day == old_last + timedelta(days=7)
    assert opened.closes_at == end_of_day(opened.last_day)
    assert (made.old_last_day, made.new_last_day) == (old_last, opened.last_day)
    assert (made.by, made.reason) == (ofi, "Багато звернень")
    assert opened.report_due_on != old_due
    assert emitted == [DatesChanged(opened.pk, ofi.pk, made.pk)]


def test_what_has_opened_stays_opened(opened, ofi):
    opens_at = opened.opens_at
    change(opened, ofi, opens_on=opened.opens_on + timedelta(days=20))
    opened.refresh_from_db()
    assert opened.opens_at == opens_at


def test_the_opening_of_an_announced_one_moves(department, ofi):
    announced = factories.consultation(department, State.ANNOUNCED)
    first = announced.opens_on + timedelta(days=3)
    change(announced, ofi, opens_on=first)
    announced.refresh_from_db()
    assert announced.opens_on == first


def test_remarks_are_accepted_until_the_new_last_day(opened, ofi, olena, clock):
    change(opened, ofi)
    clock.set(opened.closes_at + timedelta(days=2))
    assert actions.remark(opened, by=olena, text="Ще встигаю")


def test_needs_a_reason(opened, ofi, refused):
    with refused("consultation.reason_missing"):
        change(opened, ofi, reason="  ")


@pytest.mark.parametrize("state", [State.PREPARING, State.CLOSED, State.REPORTED, State.WITHDRAWN])
def test_dates_of_what_is_over_stay(department, ofi, refused, state):
    consultation = factories.consultation(department, state)
    with refused("consultation.dates_fixed"):
        change(consultation, ofi)


def test_is_for_the_department_alone(opened, olena, stranger, refused):
    for person in (olena, stranger):
        with refused("consultation.officers_only"):
            change(opened, person)


def test_the_last_day_cannot_have_passed(opened, ofi, refused):
    with refused("consultation.closes_in_the_past"):
        change(opened, ofi, more=-12, short_period_reason="Помилка в оголошенні")


def test_cannot_be_made_shorter_than_the_procedure_allows(opened, ofi, refused):
    MartialLawPeriod.objects.all().delete()
    with refused("consultation.period_too_short"):
        change(opened, ofi, more=-9, short_period_reason="Поспішаємо")


def test_a_reason_for_a_period_that_is_long_enough_again_is_dropped(opened, ofi):
    opened.short_period_reason = "Поспішали"
    opened.save()
    change(opened, ofi)
    opened.refresh_from_db()
    assert opened.short_period_reason == ""


def test_a_shorter_recommended_period_keeps_its_reason(department, ofi):
    announced = factories.consultation(department, State.ANNOUNCED)
    change(announced, ofi, more=-12, short_period_reason="Поспішаємо")
    announced.refresh_from_db()
    assert announced.short_period_reason == "Поспішаємо"


def test_on_the_page_a_wrong_day_is_explained_and_nothing_typed_is_lost(client, opened, ofi):
    client.force_login(ofi)
    address = reverse("desk:dates", args=[opened.pk])
    short = opened.opens_on + timedelta(days=1)
    response = client.post(address, {"last_day": short.isoformat(), "reason": "Помилилися"})
    assert response.status_code == 422
    assert "2939-VI" in response.text
    assert "Помилилися" in response.text
    response = client.post(address, {"last_day": "", "reason": "Помилилися"})
    assert response.status_code == 422


def test_on_the_page(client, opened, ofi):
    client.force_login(ofi)
    later = opened.last_day + timedelta(days=3)
    address = reverse("desk:dates", args=[opened.pk])
    sent = {"last_day": later.isoformat(), "reason": "Прохання мешканців"}
    response = client.post(address, sent | carried(client, address))
    assert response.status_code == 302
    opened.refresh_from_db()
    assert opened.last_day == later
    assert opened.state_at(database_clock.now()) == State.OPEN
