"""What became of appeals, by kind and quarter, and of requests, by year: nothing small."""

from __future__ import annotations

import itertools

import pytest
from django.urls import reverse

from appeals import actions
from appeals.figures.outcomes import LABELS, count_outcomes, count_requests
from appeals.figures.quarters import Quarter, figures_of, store_figures
from appeals.models import Answer, Appeal, FiguresEdition, Refusal
from core.domain.calendar import local_date
from tests import factories as people
from tests.appeals import factories

pytestmark = pytest.mark.django_db


def shown(tables, name):
    return {row["name"]: row["total"] for row in tables.get(name, [])}


def test_each_outcome_and_ground_has_a_label():
    assert set(Answer.Result.values) <= LABELS.keys()
    assert {f"denied:{ground}" for ground in Refusal.Ground.values} <= LABELS.keys()


def test_a_kind_that_is_small_is_hidden_with_the_next_and_its_outcomes():
    rows = [
        ("application", "satisfied", None, 30, 0),
        ("application", "explained", None, 12, 0),
        ("application", "not_considered", None, 1, 0),
        ("complaint", "satisfied", None, 9, 0),
        ("proposal", "satisfied", None, 2, 0),
    ]
    tables = count_outcomes(rows)
    assert shown(tables, "kind") == {"application": 43, "complaint": None, "proposal": None}
    # One hidden alone would be reckoned from the sum: the smallest of the others goes with it.
    assert shown(tables, "outcome:application") == {
        "satisfied": 30,
        "explained": None,
        "not_considered": None,
    }
    assert set(tables) == {"kind", "outcome:application"}


def test_requests_are_told_by_year_with_their_grounds():
    rows = [
        ("request", "satisfied", None, 40, 2),
        ("request", "partly", "restricted", 8, 0),
        ("request", "denied", "not_held", 6, 4),
        ("request", "denied", None, 7, 0),
        ("application", "satisfied", None, 90, 0),
    ]
    tables = count_requests(rows, is_hidden=False)
    assert shown(tables, "requests") == {
        "satisfied": 40,
        "partly": 8,
        "denied:not_held": 6,
        "denied": 7,
    }
    assert shown(tables, "postponed") == {"postponed": 6}
    few = count_requests([("request", "satisfied", None, 40, 4)], is_hidden=False)
    assert shown(few, "postponed") == {"postponed": None}


def test_a_year_does_not_tell_the_quarter_that_hides_its_requests():
    """Every small year of three outcomes: where a quarter is hidden the year has no sum."""
    for numbers in itertools.product(range(1, 13), repeat=3):
        named = zip(("satisfied", "explained", "forwarded"), numbers, strict=True)
        rows = [("request", outcome, None, number, 0) for outcome, number in named]
        table = shown(count_requests(rows, is_hidden=True), "requests")
        assert not table or None in table.values()


def test_no_appeal_of_a_quarter_is_left_out(olena, department, staff, clock):
    """Answers by their result, endings by their own; a refusal by its ground at the year's end."""
    made = [factories.appeal(by=department, state=state) for state in ("in_work", "answered")]
    made.append(factories.appeal(state="forwarded"))
    made.append(factories.appeal(state="not_considered"))
    clerk = people.user("posted")
    posts = {"post": "спеціаліст", "post_genitive": "спеціаліста"}
    people.grant(clerk, "officer", department=department, **posts)
    refused = factories.appeal(olena, "in_work", by=department, kind=Appeal.Kind.REQUEST)
    actions.assign(refused, by=staff.clerk, department=department, officer=clerk)
    actions.refuse_request(refused, by=clerk, why=actions.Grounds("not_held", "Ні."))
    actions.approve(refused, by=staff.head)
    actions.answer(refused, by=staff.head, how="page")
    quarter = Quarter.of(local_date(refused.received_at))
    store_figures(quarter.ready_on)
    tables = FiguresEdition.objects.get(first=quarter.first).tables
    # All are few: nothing is shown, and nothing breaks.
    assert shown(tables, "kind") == {}
    assert figures_of(quarter)["all"][0].total == 5


def test_the_page_shows_them(client):
    tables = {name: [] for name in ("theme", "district", "department")}
    everything = {"name": "", "total": 90, "businesses": None, "on_time": 90, "median_days": 3.5}
    rows = [("application", "satisfied", None, 50, 0), ("application", "denied", None, 40, 0)]
    yearly = count_requests([("request", "denied", "restricted", 12, 0)], is_hidden=False)
    all_of = {**tables, "all": [everything], **count_outcomes(rows), **yearly}
    FiguresEdition.objects.create(first=Quarter(2025, 4).first, tables=all_of)
    page = client.get(reverse("appeals_figures:figures")).text
    assert "відмовлено: інформація з обмеженим доступом" in page.lower()
    assert "Результати розгляду: заява" in page
    assert "Запити на інформацію, 2025 рік" in page
