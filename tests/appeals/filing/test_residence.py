"""Where the applicant lives: a street of the list where it is one, else as it was typed."""

from __future__ import annotations

import pytest
from django import forms
from django.http import QueryDict

from appeals.filing.residence import ResidenceField
from appeals.models import Appeal
from city.models import District, Street
from city.streets.field import KEEP
from tests.appeals.filing.conftest import TYPED

pytestmark = pytest.mark.django_db


class Asked(forms.Form):
    residence = ResidenceField(label="Де живете", max_length=300)


@pytest.fixture
def streets(db):
    centre, village = (
        District.objects.create(slug=slug, name=name)
        for slug, name in (("tsentr", "Центр"), ("stepove", "Степове"))
    )
    return [
        Street.objects.create(slug=slug, name=name, district=district, former_names=former)
        for slug, name, district, former in (
            ("sadova", "вулиця Садова", centre, []),
            ("sobornosti", "вулиця Соборності", centre, ["вулиця Леніна"]),
            ("bereznia", "вулиця 8 Березня", None, []),
            ("tykha", "вулиця Тиха", centre, []),
            ("tykha-2", "вулиця Тиха", village, []),
        )
    ]


def asked(words: str, **more: str) -> Asked:
    data = QueryDict(mutable=True)
    data.update({"residence": words, **{f"residence-{name}": each for name, each in more.items()}})
    return Asked(data)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("вул. Садова 7", "вулиця Садова, 7"),
        ("вул Садова, 7, кв. 12", "вулиця Садова, 7, кв. 12"),
        ("садова, буд. 7-А", "вулиця Садова, буд. 7-А"),
        ("Леніна 5", "вулиця Соборності, 5"),
        ("вул. 8 Березня 3", "вулиця 8 Березня, 3"),
        ("вулиця Садова", "вулиця Садова"),
        # Of another place, of no street here, and what is only like one.
        ("м. Київ, вул. Садова 7", "м. Київ, вул. Садова 7"),
        ("с. Степове, вул. Тиха 1", "с. Степове, вул. Тиха 1"),
        ("вул. Хрещатик, 1", "вул. Хрещатик, 1"),
        ("вул. Садвоа 7", "вул. Садвоа 7"),
        ("гуртожиток № 2", "гуртожиток № 2"),
        ("7", "7"),
    ],
)
def test_a_line_with_its_street(streets, typed, kept):
    form = asked(typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["residence"] == kept


def test_of_two_streets_of_a_name_one_is_chosen(streets):
    form = asked("вул. Тиха, 4")
    assert form.errors.as_data()["residence"][0].code == "several"
    page = str(form["residence"])
    assert "Степове" in page
    assert 'value="вул. Тиха, 4"' in page
    of = {"of": "вул. Тиха, 4"}
    chosen = asked("вул. Тиха, 4", choice=str(streets[-1].pk), **of)
    assert chosen.is_valid()
    assert chosen.cleaned_data["residence"] == "Степове, вулиця Тиха, 4"
    kept = asked("вул. Тиха, 4", choice=KEEP, **of)
    assert kept.is_valid()
    assert kept.cleaned_data["residence"] == "вул. Тиха, 4"


@pytest.mark.parametrize("choice", ["0", "x", "9" * 30, "²"])
def test_a_choice_that_was_not_offered_keeps_the_words(streets, choice):
    form = asked("вул. Тиха, 4", choice=choice, of="вул. Тиха, 4")
    assert form.is_valid()
    assert form.cleaned_data["residence"] == "вул. Тиха, 4"


def test_it_stays_a_line_with_a_bound(streets):
    assert "residence" in asked("").errors
    assert "residence" in asked("а" * 301).errors
    assert "residence" in asked("вул. Сад\u2800ова 7").errors
    assert 'maxlength="300"' in str(Asked()["residence"])


def test_the_appeal_holds_the_street_of_the_list(client, streets):
    client.post("/appeals/new/", TYPED | {"residence": "вул. Садова 7"})
    assert Appeal.objects.get().residence == "вулиця Садова, 7"


def test_what_an_account_says_is_not_changed_by_looking(streets):
    form = Asked({"residence": "вул. Садова 7"}, initial={"residence": "вул. Садова 7"})
    assert not form.has_changed()
