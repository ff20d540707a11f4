"""A decision waits for the last day and the report, but on a ground of the law."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from city.models import MartialLawPeriod
from consultations.decisions import actions, rules
from consultations.decisions.models import Decision, Votes
from consultations.decisions.sittings import Sitting
from consultations.models import Procedure, State
from core.domain import clock as database_clock
from core.domain.calendar import kyiv, local_date
from tests import factories

pytestmark = pytest.mark.django_db


def fields(**others):
    return {"outcome": "adopted", "number": "12", "members": 54, **VOTES, **others}


VOTES = {"votes_for": 30, "against": 0, "abstained": 0, "not_voting": 0}


@pytest.fixture
def reported(department):
    """Reported yesterday; its last day was some days before."""
    return factories.consultation(department, State.REPORTED)


@pytest.fixture
def report_day(reported) -> date:
    day = rules.earliest_day(reported)
    assert day == local_date(reported.reported_at) > reported.last_day
    return day


def test_not_before_the_day_of_the_report(reported, report_day, ofi, refused):
    days = (report_day - timedelta(days=1), reported.last_day + timedelta(days=1))
    for day in (*days, reported.last_day, reported.last_day - timedelta(days=1)):
        with refused("decision.too_early"):
            actions.enter(reported, by=ofi, fields=fields(decided_on=day))
    made = actions.enter(reported, by=ofi, fields=fields(decided_on=report_day))
    assert made.early_ground == ""


def test_an_urgent_act_says_so_to_everybody(client, reported, report_day, ofi):
    early = fields(decided_on=report_day - timedelta(days=1), early_ground="urgent")
    made = actions.enter(reported, by=ofi, fields=early)
    for address in (
        reported.get_absolute_url(),
        reverse("consultations:decision", args=[reported.pk]),
    ):
        assert "3841-IX, ст. 16" in client.get(address).text
    told = client.get(reverse("api:decision", args=[reported.pk])).json()
    assert told["early_ground"] == "urgent"
    changed = {**early, "decided_on": report_day, "early_ground": ""}
    actions.change(made, by=ofi, fields=changed, reason="Описка в даті.")
    assert (
        "3841-IX, ст. 16" in client.get(reverse("consultations:decision", args=[reported.pk])).text
    )


def test_martial_law_only_while_it_lasts_and_where_the_procedure_lets(
    reported, report_day, ofi, refused
):
    early = fields(decided_on=report_day - timedelta(days=1), early_ground="martial_law")
    MartialLawPeriod.objects.all().delete()
    with refused("decision.no_martial_law"):
        actions.enter(reported, by=ofi, fields=early)
    MartialLawPeriod.objects.create(starts_on=date(2022, 2, 24))
    Procedure.objects.update(martial_law_duty=Procedure.Duty.MANDATORY)
    with refused("decision.no_martial_law"):
        actions.enter(reported, by=ofi, fields=early)
    Procedure.objects.update(martial_law_duty=Procedure.Duty.RECOMMENDED)
    assert actions.enter(reported, by=ofi, fields=early)


@pytest.mark.parametrize(
    ("days", "ground", "code"),
    [(0, "urgent", "decision.ground_of_nothing"), (-1, "haste", "decision.no_such_ground")],
)
def test_a_ground_is_one_of_the_law_and_of_something(
    reported, report_day, ofi, refused, days, ground, code
):
    early = fields(decided_on=report_day + timedelta(days=days), early_ground=ground)
    with refused(code):
        actions.enter(reported, by=ofi, fields=early)


def test_a_vote_of_a_meeting_obeys_the_same(reported, report_day, ofi, refused):
    votes = Votes(30, 0, 0, 0, 54)
    vote = Sitting(
        *(1, reported.pk, "Сесія", "Питання 1", kyiv(report_day) - timedelta(hours=1), True, votes),
        *("", "/meetings/1/", "/meetings/1/", "/meetings/1/"),
    )
    with refused("decision.too_early"):
        actions.enter(reported, by=ofi, fields={**vote.fields(), "number": "12"})
    later = replace(vote, closed_at=kyiv(report_day))
    assert actions.enter(reported, by=ofi, fields={**later.fields(), "number": "12"})


def test_the_form_says_it_at_the_day(client, reported, report_day, ofi):
    client.force_login(ofi)
    day = report_day - timedelta(days=1)
    sent = fields(decided_on=day.isoformat(), early_ground="")
    answer = client.post(reverse("desk:decision", args=[reported.pk]), sent)
    assert answer.status_code == 422
    assert 'id="id_decided_on_error"' in answer.text
    assert not Decision.objects.exists()


def _raw(consultation, ofi, **values):
    return Decision.objects.create(
        consultation=consultation, by=ofi, **{"outcome": "adopted", "number": "1", **values}
    )


def test_postgresql_holds_it(reported, report_day, ofi):
    for values in (
        {"decided_on": reported.last_day},
        {"decided_on": report_day - timedelta(days=1)},
        {"decided_on": report_day, "early_ground": "urgent"},
        {"decided_on": report_day - timedelta(days=1), "early_ground": "haste"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            _raw(reported, ofi, **values)
    assert _raw(reported, ofi, decided_on=report_day)


def test_a_correction_of_something_else_asks_nothing_of_an_older_day(reported, report_day, ofi):
    """As of what was entered before this was asked."""
    made = actions.enter(
        reported, by=ofi, fields=fields(decided_on=local_date(database_clock.now()))
    )
    reported.reported_at = database_clock.now() + timedelta(days=3)
    reported.save(update_fields=["reported_at"])
    same = fields(decided_on=made.decided_on, number="13")
    actions.change(made, by=ofi, fields=same, reason="Описка в номері.")
    made.refresh_from_db()
    assert made.number == "13"
