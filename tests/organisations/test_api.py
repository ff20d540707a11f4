"""Organisations for programs: the confirmed ones, and only what their pages say."""

from __future__ import annotations

import json

import pytest

from core.domain import clock as the_clock
from organisations.models import Organisation
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "/api/v1/organisations/"


def _names(answer) -> list[str]:
    return [each["short_name"] for each in answer.json()["results"]]


def test_says_what_the_page_says_and_no_more(client, olena):
    made = factories.organisation("ТОВ «Тераса»", olena)
    told = client.get(f"{LIST}{made.pk}/").json()
    assert told == {
        "id": made.pk,
        "url": f"http://localhost:8000/organisations/{made.pk}/",
        "kind": "legal",
        "code": made.code,
        "name": "ТОВ «Тераса» повністю",
        "short_name": "ТОВ «Тераса»",
        "location": "пл. Рудникова, 2",
        "sector": "I",
        "size": "micro",
        "how": "office",
        "confirmed_at": told["confirmed_at"],
        "closed_at": None,
    }
    listed = client.get(LIST)
    assert listed.json()["results"] == [told]
    for secret in (made.contact, olena.email, olena.family_name):
        assert secret not in listed.text


def test_a_sole_proprietors_code_and_home_are_her_own(client, olena):
    made = factories.organisation(
        "ФОП Коваль О. П.",
        olena,
        kind="sole",
        code="",
        code_key="f" * 64,
        location="вул. Домашня, 1",
    )
    told = client.get(f"{LIST}{made.pk}/")
    assert (told.json()["code"], told.json()["location"]) == ("", None)
    for answer in (told, client.get(LIST)):
        assert "Домашня" not in answer.text
        assert "ffff" not in answer.text


def test_who_is_not_confirmed_is_not_there(client, olena):
    waiting = factories.organisation("ТОВ «Чекає»", olena, how="", confirmed_at=None)
    client.force_login(olena)
    assert client.get(LIST).json()["results"] == []
    assert client.get(f"{LIST}{waiting.pk}/").status_code == 404
    assert client.get(f"{LIST}?code={waiting.code}").json()["results"] == []


def test_who_has_closed_is_listed_no_more_but_keeps_its_address(client, olena):
    closed = factories.organisation("ТОВ «Було»", olena, closed_at=the_clock.now())
    assert client.get(LIST).json()["results"] == []
    assert client.get(f"{LIST}{closed.pk}/").json()["closed_at"]


def test_found_by_the_whole_code_and_by_no_part_of_it(client, olena, bohdan):
    first = factories.organisation("ТОВ «Перше»", olena)
    factories.organisation("ТОВ «Друге»", bohdan, sector="F")
    assert _names(client.get(f"{LIST}?code={first.code}")) == ["ТОВ «Перше»"]
    assert _names(client.get(f"{LIST}?sector=F")) == ["ТОВ «Друге»"]
    for query in (
        "code=0200",
        f"code={first.code}%0A",
        "code=",
        "sector=Z",
        "name=a",
        "size=micro",
    ):
        answer = client.get(f"{LIST}?{query}")
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid"), query


def test_paged_by_a_cursor_and_costs_the_same_with_many(
    client, olena, django_assert_max_num_queries
):
    for number in range(5):
        factories.organisation(f"ТОВ «{number}»", olena)
    seen, address = [], f"{LIST}?size=2"
    while address:
        with django_assert_max_num_queries(2):  # the limit and the page
            page = client.get(address)
        seen += _names(page)
        address = page.json()["next"]
    assert sorted(seen) == [f"ТОВ «{number}»" for number in range(5)]
    assert Organisation.objects.count() == 5


def test_nothing_can_be_written(client, olena):
    client.force_login(olena)
    made = factories.organisation("ТОВ «Тераса»", olena)
    for address in (LIST, f"{LIST}{made.pk}/"):
        answer = client.post(address, json.dumps({"name": "a"}), content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
