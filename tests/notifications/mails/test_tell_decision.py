"""Everybody who took part is told what the council decided, with the trail of their own words."""

from __future__ import annotations

import pytest
from django.core import mail
from django.urls import reverse

from consultations.decisions import actions
from consultations.remarks import actions as remark_actions
from core.domain import clock
from core.domain.calendar import local_date
from discussions import actions as discussion

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(consultation, olena, bohdan):
    """A remark of olena's and one of bohdan's; the report is published."""
    remarks = [
        remark_actions.remark(consultation, by=person, text="Так.") for person in (olena, bohdan)
    ]
    consultation.closes_at = consultation.reported_at = clock.now()
    consultation.save()
    return remarks


def enter(consultation, ofi, **others):
    act = {"outcome": "adopted", "decided_on": local_date(clock.now()), "number": "12"}
    return actions.enter(consultation, by=ofi, fields={**act, **others})


def test_each_gets_the_trail_of_what_they_said(said, consultation, ofi, mo, olena, do):
    discussion.hide(said[1].comment, by=mo, reason="spam", note="Порушує правила")
    do()
    mail.outbox.clear()
    enter(consultation, ofi)
    do()
    told = {message.to[0]: message.body for message in mail.outbox}
    assert set(told) == {"olena@viche.example", "bohdan@viche.example"}
    assert said[0].get_absolute_url() in told[olena.email]
    assert said[1].get_absolute_url() not in told["bohdan@viche.example"]  # it is hidden
    page = reverse("consultations:decision", args=[consultation.pk])
    assert all(page in body for body in told.values())


def test_another_outcome_is_told_a_corrected_number_is_not(said, consultation, ofi, do):
    day = local_date(clock.now())
    postponed = {"outcome": "postponed", "reason": "Комісія просить часу.", "number": ""}
    decision = enter(consultation, ofi, **postponed)
    do()
    assert "Комісія просить часу." in mail.outbox[0].body
    mail.outbox.clear()
    act = {"outcome": "adopted", "decided_on": day, "number": "12", "reason": ""}
    actions.change(decision, by=ofi, fields=act)
    do()
    assert len(mail.outbox) == 2
    mail.outbox.clear()
    actions.change(decision, by=ofi, fields={**act, "number": "13"}, reason="Описка")
    do()
    assert mail.outbox == []
