"""Withdrawing: with a reason, before the report; the page stays, speaking ends."""

from __future__ import annotations

import pytest
from django.urls import reverse

from consultations.events import ConsultationWithdrawn
from consultations.life import actions as life_actions
from consultations.models import Consultation, State
from consultations.remarks import actions
from core.domain import clock as database_clock
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", [State.ANNOUNCED, State.OPEN, State.CLOSED])
def test_withdraws(department, ofi, emitted, state):
    consultation = factories.consultation(department, state)
    emitted.clear()
    made = life_actions.withdraw(consultation, by=ofi, reason=" Проєкт переробляють ")
    assert made.state_at(database_clock.now()) == State.WITHDRAWN
    assert made.withdrawn_reason == "Проєкт переробляють"
    assert emitted == [ConsultationWithdrawn(made.pk, ofi.pk)]
    assert made in Consultation.objects.published()


@pytest.mark.parametrize("state", [State.PREPARING, State.REPORTED, State.WITHDRAWN])
def test_what_is_not_public_or_over_is_not_withdrawn(department, ofi, refused, state):
    consultation = factories.consultation(department, state)
    with refused("consultation.cannot_be_withdrawn"):
        life_actions.withdraw(consultation, by=ofi, reason="Проєкт переробляють")


def test_needs_a_reason(opened, ofi, refused):
    with refused("consultation.reason_missing"):
        life_actions.withdraw(opened, by=ofi, reason=" ")


def test_is_for_the_department_alone(opened, olena, mo, stranger, refused):
    for person in (olena, mo, stranger):
        with refused("consultation.officers_only"):
            life_actions.withdraw(opened, by=person, reason="Проєкт переробляють")


def test_nothing_more_is_accepted(opened, ofi, olena, refused):
    remark = actions.remark(opened, by=olena, text="Слово")
    life_actions.withdraw(opened, by=ofi, reason="Проєкт переробляють")
    with refused("consultation.withdrawn"):
        actions.remark(opened, by=olena, text="Ще слово")
    with refused("consultation.withdrawn"):
        actions.reply(remark, by=ofi, text="Відповідь")


def test_on_the_page(client, opened, ofi):
    client.force_login(ofi)
    address = reverse("desk:withdraw", args=[opened.pk])
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Проєкт переробляють"}).status_code == 302
    assert "Проєкт переробляють" in client.get(reverse("desk:detail", args=[opened.pk])).text


def test_budget(opened, ofi, django_assert_max_num_queries):
    with django_assert_max_num_queries(32):  # 8 of them for the register of documents
        life_actions.withdraw(opened, by=ofi, reason="Проєкт переробляють")
