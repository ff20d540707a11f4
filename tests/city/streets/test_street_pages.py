"""The public page of streets, and what a form suggests while one is typed."""

from __future__ import annotations

import gzip

import pytest
from django.test import Client
from django.urls import reverse

from city.models import District, Street

pytestmark = pytest.mark.django_db


@pytest.fixture
def sadova() -> list[Street]:
    return [
        Street.objects.create(
            slug=slug,
            name="вулиця Садова",
            district=District.objects.create(slug=slug, name=district),
            former_names=["вулиця Леніна"] if slug == "tsentr" else [],
        )
        for slug, district in (("tsentr", "Центр"), ("stepove", "Степове"))
    ]


def test_a_former_name_leads_to_the_name_of_today(client: Client, sadova: list[Street]) -> None:
    page = client.get(reverse("city:streets"), {"street": "вул. Леніна"}).text
    assert '<h2 class="govuk-heading-m" id="street">вулиця Садова</h2>' in page
    assert "Центр" in page and "Степове" not in page


def test_without_streets_it_says_so(client: Client) -> None:
    page = client.get(reverse("city:streets")).text
    assert "ще не внесла" in page
    assert 'name="street"' not in page


def test_of_several_one_is_chosen(client: Client, sadova: list[Street]) -> None:
    address = reverse("city:streets")
    assert client.get(address, {"street": "Садова"}).text.count('type="radio"') == 2
    chosen = {"street": "Садова", "street-of": "Садова", "street-choice": sadova[1].pk}
    page = client.get(address, chosen).text
    assert 'id="street">вулиця Садова</h2>' in page
    assert "Такої вулиці немає" in client.get(address, {"street": "Абрикосова"}).text


def test_suggestions_are_what_the_form_would_offer(client: Client, sadova: list[Street]) -> None:
    address = reverse("city:suggestions")
    shown = client.get(address, {"q": "садо", "field": "place-street"}).text
    assert shown.count('name="place-street-choice"') == 3
    assert 'name="place-street-of" value="садо"' in shown
    assert "<html" not in shown
    known = client.get(address, {"q": "садо", "field": "street", "known": "1"}).text
    assert known.count('type="radio"') == 2
    one = client.get(address, {"q": "вул. Леніна"}).text
    assert "вулиця Садова" in one and "radio" not in one
    assert client.get(address, {"q": ""}).text.strip() == ""
    assert client.get(address).status_code == 200
    assert client.get(address, {"q": "<script>", "field": "street"}).status_code == 200
    for name in ("", 'a"b', "1", "a" * 100):
        assert client.get(address, {"field": name, "q": "садо"}).status_code == 404


def test_a_letter_that_all_streets_share_gives_eight_in_a_few_kilobytes(client: Client) -> None:
    for number in range(40):
        Street.objects.create(slug=f"s{number}", name=f"вулиця Садова-Бічна {number}-та")
    answer = client.get(
        reverse("city:suggestions"), {"q": "сад"}, headers={"Accept-Encoding": "gzip"}
    )
    assert len(answer.content) < 1500
    assert gzip.decompress(answer.content).decode().count('type="radio"') == 9


def test_suggestions_are_the_same_for_everybody_and_kept(
    client: Client, olena, sadova: list[Street], django_assert_num_queries
) -> None:
    address, asked = reverse("city:suggestions"), {"q": "Садова"}
    with django_assert_num_queries(2):
        stranger = client.get(address, asked)
    assert "public" in stranger.headers["Cache-Control"]
    with django_assert_num_queries(1):
        client.get(address, asked)
    client.force_login(olena)
    assert client.get(address, asked).content == stranger.content


def test_english_marks_the_names(client: Client, sadova: list[Street]) -> None:
    shown = client.get("/en" + reverse("city:suggestions"), {"q": "Садова"}).text
    assert '<span lang="uk">вулиця Садова</span>, <span lang="uk">Центр</span>' in shown
