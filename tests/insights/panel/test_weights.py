"""Weights of strata: within bounds, from what is published, fixed when the panel closes."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse

from city.models import District
from insights.models import PanelMember, PanelStratum
from insights.panel import actions
from insights.panel.queries import show_panels
from insights.panel.results import Cell
from insights.panel.strata import OTHER
from insights.panel.weights import HEAVIEST, LIGHTEST, share_population, weigh
from tests.insights.panels import drawn, willing


def cell(trusting: int, others: int) -> Cell:
    return Cell((), trusting, others)


def test_each_stratum_counts_as_its_people():
    """Half of the people live where 20 of 80 answered."""
    found = weigh({"a": cell(5, 15), "b": cell(45, 15)}, {"a": 1000, "b": 1000})
    assert found is not None
    assert found.weights == pytest.approx({"a": 2, "b": 2 / 3})
    assert found.trusting == pytest.approx((0.25 + 0.75) / 2)


def test_weights_are_bounded():
    found = weigh({"a": cell(5, 5), "b": cell(50, 450)}, {"a": 9_000, "b": 1_000})
    assert found is not None
    assert found.weights["a"] == HEAVIEST
    found = weigh({"a": cell(5, 5), "b": cell(45, 45)}, {"a": 10, "b": 9_990})
    assert found is not None
    assert found.weights["a"] == LIGHTEST


def test_one_stratum_or_one_without_people_is_not_weighted():
    assert weigh({"a": cell(9, 9)}, {"a": 100}) is None
    assert weigh({"a": cell(9, 9), "b": cell(9, 9)}, {"a": 100}) is None


def test_residents_are_shared_as_the_list_is():
    people = {"a:16": 10, "a:18": 30, "b": 12, OTHER: 6}
    assert share_population(people, {"a": 4000, "b": 500, "c": 300, "d": 200}) == {
        "a:16": 1000,
        "a:18": 3000,
        "b": 500,
        OTHER: 500,
    }
    assert share_population(people, {"a": 4000, "b": None, "c": 300}) == {}
    assert share_population(people, {"a": 4000, "c": 300}) == {}


def test_the_published_file_gives_the_published_figure(client, admin):
    for place in ("centre", "zarichchia"):
        willing(place, 18, 40)
    District.objects.filter(slug="centre").update(population=80_000)
    District.objects.exclude(slug="centre").update(population=40_000)
    panel = drawn(admin, seats=80)
    trusting = {"centre:18": 30, "zarichchia:18": 10}
    members = PanelMember.objects.filter(panel=panel).select_related("user", "stratum")
    for member in members:
        left = trusting[member.stratum.label] = trusting[member.stratum.label] - 1
        values = (5, 4) if left >= 0 else (3, 2, 1, 0)
        actions.answer(panel, by=member.user, value=values[left % len(values)])
    [shown] = show_panels([actions.close(panel, by=admin)])
    assert (shown.trusting_percent, shown.weighted_percent, shown.is_by_population) == (
        50,
        58,
        True,
    )
    text = b"".join(client.get(reverse("insights:strata_csv")).streaming_content).decode(
        "utf-8-sig"
    )
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["people"] for row in rows] == ["80000", "40000"]
    whole = sum(float(row["weight"]) * int(row["answered"]) for row in rows)
    trust = sum(float(row["weight"]) * int(row["trusting"]) for row in rows)
    assert round(100 * trust / whole) == shown.weighted_percent
    page = client.get(f"/en{reverse('insights:panel', args=[panel.pk])}").text
    assert "All together, weighted" in page and "by its residents" not in page
    assert "as its residents do" in page
    # What the council enters afterwards moves no published figure.
    District.objects.update(population=1)
    [again] = show_panels([type(panel).objects.get(pk=panel.pk)])
    assert again.weighted_percent == 58
    # A panel that closed before residents were stored is weighted by its published list.
    PanelStratum.objects.update(population=None)
    [former] = show_panels([type(panel).objects.get(pk=panel.pk)])
    assert (former.weighted_percent, former.is_by_population) == (50, False)
