"""Putting a procedure into force before its law: law 3841-IX, final provisions item 1."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import CommandError
from django.urls import reverse

from city.models import Change, MartialLawPeriod
from consultations.models import Procedure
from consultations.procedures import rules
from consultations.procedures.sources import put_in_force
from tests import factories

pytestmark = pytest.mark.django_db

SINCE = date(2022, 2, 24)


@pytest.fixture
def law(db):
    return factories.procedure("public-consultation")


@pytest.mark.parametrize(
    ("ended", "today", "is_allowed"),
    [
        (None, date(2026, 12, 1), False),
        (date(2026, 12, 31), date(2026, 12, 1), False),  # its end lies ahead
        (date(2026, 3, 10), date(2027, 3, 9), False),  # a day less than 12 months
        (date(2026, 3, 10), date(2027, 3, 10), True),  # 12 months exactly
        (date(2026, 3, 10), date(2027, 3, 11), True),
        (date(2028, 2, 29), date(2029, 2, 27), False),  # of a leap year
        (date(2028, 2, 29), date(2029, 2, 28), True),
    ],
)
def test_it_waits_twelve_months_after_martial_law(ended, today, is_allowed):
    procedure = Procedure(months_after_martial_law=12)
    verdict = rules.put_in_force(procedure, today=today, martial_law=[(SINCE, ended)])
    assert bool(verdict) is is_allowed
    if not is_allowed:
        assert verdict.code == "procedure.law_not_in_force"
        assert "12 місяців" in str(verdict.message)


def test_the_last_of_several_periods_counts():
    periods = [(SINCE, date(2025, 1, 1)), (date(2025, 6, 1), date(2026, 6, 1))]
    procedure = Procedure(months_after_martial_law=12)
    day = date(2026, 12, 1)
    assert not rules.put_in_force(procedure, today=day, martial_law=periods)


def test_other_procedures_are_put_into_force_at_once():
    assert rules.put_in_force(Procedure(), today=date(2026, 12, 1), martial_law=[(SINCE, None)])


def test_the_action_asks_for_a_ground_and_leaves_it_in_the_trace(law, admin, refused):
    with refused("procedure.law_not_in_force"):
        put_in_force(law, by=admin)
    put_in_force(law, by=admin, ground="Рішення ради № 7")
    law.refresh_from_db()
    assert law.in_force
    values = Change.objects.filter(table="procedure").values_list("values", flat=True)
    assert {"early_ground": ["", "Рішення ради № 7"]} in list(values)


def test_the_page_asks_and_says_why(client, law, admin):
    client.force_login(admin)
    address = reverse("desk:force_procedure", args=[law.pk])
    asked = client.post(address, {"in_force": "on"})
    assert asked.status_code == 200
    assert "воєнний стан триває" in asked.text
    law.refresh_from_db()
    assert not law.in_force
    assert client.post(address, {"in_force": "on", "ground": ""}).status_code == 422
    assert client.post(address, {"in_force": "on", "ground": "Рішення № 7"}).status_code == 302
    law.refresh_from_db()
    assert law.in_force


def test_in_peace_it_asks_nothing(client, law, admin):
    MartialLawPeriod.objects.all().delete()
    client.force_login(admin)
    client.post(reverse("desk:force_procedure", args=[law.pk]), {"in_force": "on"})
    law.refresh_from_db()
    assert law.in_force


def test_the_command_refuses_it_without_a_ground(law, load):
    row = '[[procedure]]\ncode = "public-consultation"\nin_force = true\n'
    with pytest.raises(CommandError, match="воєнн"):
        load(row)
    load(row + 'early_ground = "Рішення № 7"\n')
    law.refresh_from_db()
    assert law.in_force
