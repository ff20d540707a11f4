"""The page of the founding programme: 21 demands, each with addresses that open, and a figure."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html

from insights.indicators.registry import has_indicator
from insights.models import IndicatorValue
from portal.programme.demands import DEMANDS, Origin
from portal.programme.figures import DATASETS_OFFERED, TRUST, load_figures, public_rows
from records.models import Service
from tests.people import load_department

pytestmark = pytest.mark.django_db

ROUTES = sorted({place.route for demand in DEMANDS for place in demand.places})


def test_there_are_21_each_once_and_all_say_where():
    assert [demand.number for demand in DEMANDS] == list(range(1, 22))
    assert len({str(demand.words) for demand in DEMANDS}) == 21
    assert all(demand.places for demand in DEMANDS)
    assert {demand.origin for demand in DEMANDS} == set(Origin)


@pytest.mark.parametrize("route", ROUTES)
def test_each_address_opens_to_everybody(client, route):
    assert client.get(reverse(route)).status_code == 200


def test_the_page_says_what_is_missing(client):
    page = html.fromstring(client.get(f"/en{reverse('programme')}").content)
    items = page.xpath("//li[starts-with(@id, 'demand-')]")
    assert len(items) == 21
    for item in items:
        (demand,) = [each for each in DEMANDS if item.get("id") == f"demand-{each.number}"]
        assert ("Not answered yet" in item.text_content()) == bool(demand.missing)
        assert len(item.xpath(".//a")) == len(demand.places)
    missing = " ".join(str(demand.missing) for demand in DEMANDS).lower()
    for words in ("бюджет", "дорадч", "думок"):  # the programme’s answers that are still to come
        assert words in missing


def test_figures_are_live(client):
    page = reverse("programme")
    service = {"name": "Довідка", "about": "Видає довідку.", "url": "https://dovidka.example/"}
    before = load_figures({"services"})["services"].words
    Service.objects.create(department=load_department(), since=timezone.localdate(), **service)
    assert int(load_figures({"services"})["services"].words) == int(before) + 1
    IndicatorValue.objects.create(
        indicator="average-visitors",
        period_kind="year",
        period_start="2025-01-01",
        value=Decimal("31.2"),
    )
    assert "31,2" in client.get(page).text


def test_each_figure_is_known_by_its_name():
    for demand in DEMANDS:
        name = demand.figure
        assert name in {*public_rows(), TRUST, DATASETS_OFFERED} or has_indicator(name), name


def test_a_fixed_number_of_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        client.get(reverse("programme"))
    with django_assert_max_num_queries(2):
        client.get(reverse("programme"))


def test_it_is_linked_from_the_footer_and_the_page_about_the_platform(client):
    for route in ("portal:home", "pages:list"):
        assert f'href="{reverse("programme")}"' in client.get(reverse(route)).text
