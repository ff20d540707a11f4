"""Surveys of trust by another method: entered with source and method, a series of their own."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.domain import clock
from core.domain.calendar import local_date
from insights.models import TrustSurvey
from insights.surveys import actions
from insights.surveys.events import SurveyChanged, SurveyEntered, SurveyRemoved

FIELDS = {
    "held_on": date(2018, 11, 30),
    "source": "Соціологічна лабораторія університету, звіт за 2018 рік",
    "url": "",
    "question": "Чи довіряєте ви міській владі?",
    "method": "Опитування на вулицях; довірою вважали «так» і «скоріше так».",
    "answered": 800,
    "trusting": Decimal("31.5"),
}
FORM = {**FIELDS, "held_on": "30.11.2018", "trusting": "31,5"}


def test_it_stands_beside_the_panel_with_its_source(client, ofi, emitted):
    client.force_login(ofi)
    assert client.post(reverse("surveys_desk:new"), FORM).status_code == 302
    survey = TrustSurvey.objects.get()
    assert survey.trusting == Decimal("31.5") and survey.entered_by == ofi
    assert emitted == [SurveyEntered(survey.pk, ofi.pk)]
    client.logout()
    page = client.get(reverse("insights:trust")).text
    for words in (survey.source, survey.method, survey.question, "31,5", "chart__bar--other"):
        assert words in page
    csv = b"".join(client.get(reverse("insights:surveys_csv")).streaming_content).decode()
    assert "2018-11-30," in csv and ",800,31.5" in csv


def test_it_is_changed_and_removed(client, ofi, emitted):
    survey = actions.enter(by=ofi, fields=FIELDS)
    actions.change(survey, by=ofi, fields={**FIELDS, "answered": None})
    assert TrustSurvey.objects.get().answered is None
    actions.remove(survey, by=ofi)
    assert not TrustSurvey.objects.exists()
    kinds = [type(event) for event in emitted]
    assert kinds == [SurveyEntered, SurveyChanged, SurveyRemoved]


def test_who_may_not_and_what_cannot_be_entered(client, ofi, olena, refused):
    today = local_date(clock.now())
    with refused("desk.staff_only"):
        actions.enter(by=olena, fields=FIELDS)
    with refused("survey.not_held"):
        actions.enter(by=ofi, fields={**FIELDS, "held_on": today + timedelta(days=1)})
    survey = actions.enter(by=ofi, fields={**FIELDS, "held_on": today})  # the last day itself
    with refused("survey.once"):
        actions.enter(by=ofi, fields={**FIELDS, "held_on": today})
    actions.change(survey, by=ofi, fields={**FIELDS, "held_on": today})  # itself is no other one
    client.force_login(ofi)
    for wrong in ({"trusting": "100,1"}, {"trusting": "багато"}, {"held_on": "30 лютого"}):
        response = client.post(reverse("surveys_desk:new"), {**FORM, **wrong})
        assert response.status_code == 422
        assert FORM["source"] in response.text
    with pytest.raises(IntegrityError), transaction.atomic():
        TrustSurvey.objects.filter(pk=survey.pk).update(trusting=101)
