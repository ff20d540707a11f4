"""Several streets in a form, one a line."""

from __future__ import annotations

import pytest
from django import forms

from city.models import District, Street
from city.streets.several import MOST_STREETS, StreetsField, set_current

pytestmark = pytest.mark.django_db


class Asked(forms.Form):
    streets = StreetsField(label="Вулиці", required=False)


@pytest.fixture
def city() -> dict[str, Street]:
    centre = District.objects.create(slug="tsentr", name="Центр")
    village = District.objects.create(slug="stepove", name="Степове")
    rows: list[tuple[str, str, District | None]] = [
        ("sobornosti", "вулиця Соборності", centre),
        ("sadova", "вулиця Садова", centre),
        ("sadova-2", "вулиця Садова", village),
        ("naberezhna", "набережна Інгулецька", None),
    ]
    return {
        slug: Street.objects.create(slug=slug, name=name, district=district)
        for slug, name, district in rows
    }


def chosen(text: str) -> list[str]:
    form = Asked({"streets": text})
    assert form.is_valid(), form.errors
    return [street.slug for street in form.cleaned_data["streets"]]


def refused(text: str) -> str:
    form = Asked({"streets": text})
    assert not form.is_valid()
    assert form["streets"].value() == text  # nothing typed is lost
    return form.errors["streets"][0]


def test_lines_are_streets_each_once_by_one_query(city, django_assert_num_queries):
    typed = "вул. Соборності\r\n\r\nСадова (Степове)\nнабережна Інгулецька\nвулиця Соборності"
    with django_assert_num_queries(1):
        assert chosen(typed) == ["sobornosti", "sadova-2", "naberezhna"]
    assert chosen(" \n") == []


def test_a_line_that_is_no_one_street_is_told_what_it_may_mean(city):
    several = refused("вулиця Садова")
    assert "вулиця Садова (Центр)" in several
    assert "вулиця Садова (Степове)" in several
    assert "вулиця Соборності (Центр)" in refused("вул. Соборнасті")
    assert "Нема-такої" in refused("вулиця Нема-такої")
    assert refused("\n".join(f"вулиця {number}-а" for number in range(MOST_STREETS + 1)))
    Street.objects.filter(slug="sobornosti").update(closed_at="2026-01-01T00:00Z")
    assert "Соборності" in refused("вулиця Соборності")


def test_stored_ones_come_back_as_they_were_written(city, django_assert_num_queries):
    """Also a closed one, and without a query."""
    stored = [city["sadova-2"], city["naberezhna"]]
    Street.objects.filter(slug="naberezhna").update(closed_at="2026-01-01T00:00Z")
    shown = Asked(initial={"streets": stored})["streets"].value()
    assert shown == "вулиця Садова (Степове)\nнабережна Інгулецька"
    form = Asked({"streets": shown}, initial={"streets": stored})
    set_current(form.fields["streets"], stored)
    with django_assert_num_queries(0):
        assert form.is_valid()
    assert form.cleaned_data["streets"] == stored
    assert not form.has_changed()
