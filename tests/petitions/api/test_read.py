"""The API reads what the pages show of petitions: explicit fields and filters, nothing hidden."""

from __future__ import annotations

import json
from datetime import timedelta
from hashlib import sha256

import pytest
from django.test.utils import CaptureQueriesContext

from accounts.data import actions as data
from city.models import District, Theme
from core.domain import clock as database_clock
from core.domain.calendar import local_date
from petitions.answer import actions as answer_actions
from petitions.defence import actions as defence
from petitions.defence.signature_filter import SignatureFilter
from petitions.life import actions as life_actions
from petitions.models import Signature, State
from petitions.news import actions
from petitions.signing import counting
from tests.petitions import factories

pytestmark = pytest.mark.django_db
LIST = "/api/v1/petitions/"
UNPUBLISHED = (State.DRAFT, State.MODERATION, State.REFUSED)


def one(petition, part: str = "") -> str:
    return f"{LIST}{petition.pk}/{part}"


def titles(client, query: str = "") -> set[str]:
    answer = client.get(f"{LIST}?{query}")
    assert answer.status_code == 200, answer.text
    return {each["title"] for each in answer.json()["results"]}


def test_lists_what_is_published_in_every_state(client, olena):
    for state in State:
        factories.petition(olena, state)
    results = client.get(LIST).json()["results"]
    assert {each["state"] for each in results} == set(State) - set(UNPUBLISHED)
    assert set(results[0]) == {
        *("id", "url", "title", "state", "is_open", "author", "signatures", "threshold"),
        *("themes", "district", "streets", "department", "published_at", "closes_at", "last_day"),
        *("reached_at", "notice_due_on", "review_at", "review_due_on", "session_on"),
        *("decided_at", "decision", "answer_due_on", "answered_at", "withdrawn_at"),
    }


@pytest.mark.parametrize("state", UNPUBLISHED)
def test_what_is_not_published_is_not_there_for_anybody(client, olena, mo, admin, state):
    hidden = factories.petition(olena, state)
    for person in (None, olena, mo, admin):
        if person:
            client.force_login(person)
        assert client.get(LIST).json()["results"] == []
        for part in ("", "totals/", "signatures/", "ledger/"):
            assert client.get(one(hidden, part)).status_code == 404


def test_nothing_that_the_city_alone_knows(client, olena):
    made = factories.petition(
        olena, author_address="вул. Таємна, 1", author_phone="555-44-33", refused_note="нотатка"
    )
    for address in (LIST, one(made), one(made, "signatures/")):
        said = client.get(address).text
        for secret in ("Таємна", "555-44-33", "нотатка", olena.email):
            assert secret not in said


def test_filters(client, olena, department):
    centre = District.objects.create(name="Центр", slug="centre")
    parks = Theme.objects.create(name="Парки", slug="parks")
    benches = factories.petition(olena, title="Лавки", district=centre, department=department)
    benches.themes.add(parks)
    factories.petition(olena, State.REACHED, title="Міст")
    factories.petition(olena, State.ANSWERED, title="Школа")
    assert titles(client) == {"Лавки", "Міст", "Школа"}
    assert titles(client, "list=collecting") == {"Лавки", "Міст"}
    assert titles(client, "list=awaiting") == {"Міст"}
    assert titles(client, "list=answered") == {"Школа"}
    assert titles(client, "theme=parks") == {"Лавки"}
    assert titles(client, "district=centre") == {"Лавки"}
    assert titles(client, f"department={department.slug}") == {"Лавки"}
    assert titles(client, "theme=nothing") == set()


def test_finds_words_in_any_form(client, olena, mo):
    made = factories.petition(olena, State.DRAFT, title="Ремонт доріг")
    life_actions.publish(life_actions.submit(made, by=olena), by=mo)
    assert titles(client, "q=ремонту+дороги") == {"Ремонт доріг"}
    assert titles(client, "q=басейн") == set()


@pytest.mark.parametrize(
    "query",
    [
        "author__email__startswith=o",
        "state=draft",
        "list=draft",
        "sort=author",
        "size=101",
        "size=0",
        "after=nonsense",
    ],
)
def test_refuses_what_it_does_not_know(client, olena, query):
    factories.petition(olena)
    assert client.get(f"{LIST}?{query}").status_code == 400


@pytest.mark.parametrize("sort", ["momentum", "soon", "signed", "newest"])
def test_pages_neither_repeat_nor_hide(client, olena, sort):
    made = [factories.petition(olena) for _number in range(5)]
    factories.signatures(made[2], 3)
    counting.recount([each.pk for each in made])
    seen, address = [], f"{LIST}?size=2&sort={sort}"
    while address:
        page = client.get(address).json()
        seen += [each["id"] for each in page["results"]]
        address = page["next"]
    assert sorted(seen) == [each.pk for each in made]
    if sort in ("momentum", "signed"):
        assert seen[0] == made[2].pk


def test_reads_one_with_its_rules_answer_and_news(client, olena, ofi, mo, department):
    made = factories.petition(olena, State.SUPPORTED, department=department)
    shown = actions.post_news(made, by=olena, title="Нас сто", text="**Дякуємо**")
    hidden = actions.post_news(made, by=olena, title="Реклама", text="Купуйте")
    actions.hide_news(hidden, by=mo, reason="spam")
    answer_actions.answer(
        made,
        by=ofi,
        asked="Лавки",
        decided="Поставимо",
        signed_as="Міський голова",
        steps=[("Закупити", None)],
    )
    told = client.get(one(made)).json()
    assert told["state"] == "answered"
    assert told["decision"] == "supported"
    assert told["rules"]["threshold"] == 1000
    assert told["answer"]["decided"] == "Поставимо"
    assert told["steps"] == [{"text": "Закупити", "due_on": None, "done_on": None, "note": ""}]
    assert [news["id"] for news in told["news"]] == [shown.pk]
    assert ofi.family_name not in json.dumps(told, ensure_ascii=False)


def test_tells_the_numbers_day_by_day(client, olena, mo):
    made = factories.petition(olena)
    factories.signatures(made, 3, at=database_clock.now() - timedelta(days=1))
    factories.signatures(made, 2)
    factories.signatures(made, 1, status=Signature.Status.CHECKING, suspicion="network")
    counting.recount([made.pk])
    told = client.get(one(made, "totals/")).json()
    today = local_date(database_clock.now())
    assert (told["counted"], told["checking"]) == (5, 1)
    assert [(day["signatures"], day["total"]) for day in told["days"]] == [(3, 3), (2, 5)]
    assert told["days"][-1]["day"] == today.isoformat()
    signature_filter = SignatureFilter(since=made.published_at)
    removal = defence.remove(
        made, by=mo, rule="hour", signature_filter=signature_filter, reason="Сплеск", shown=6
    )
    counting.recount([made.pk])
    assert client.get(one(made, "totals/")).json()["removed"] == 6
    defence.reverse(removal, by=mo, reason="Помилка")
    counting.recount([made.pk])
    again = client.get(one(made, "totals/")).json()
    assert {**again, "at": ""} == {**told, "at": ""}


def test_lists_who_signed_as_the_page_does(client, olena, bohdan, charlie):
    made = factories.petition(olena)
    factories.signatures(made, 1, name="Ганна Мороз")
    factories.signatures(made, 1, name="Таємна Особа", name_withheld=True)
    factories.signatures(
        made, 1, name="Робот", status=Signature.Status.CHECKING, suspicion="network"
    )
    for person in (bohdan, charlie):
        Signature.objects.create(petition=made, user=person)
    data.erase(charlie, by=charlie)
    results = client.get(one(made, "signatures/")).json()["results"]
    assert {each["name"] for each in results} == {
        *("Ганна Мороз", None, "Богдан М.", "видалений користувач"),
    }
    assert set(results[0]) == {"name", "at"}
    said = json.dumps(results, ensure_ascii=False)
    assert "Таємна" not in said
    assert "@" not in said


def test_the_ledger_can_be_checked_by_what_is_told(client, olena, mo):
    made = factories.petition(olena)
    factories.signatures(made, 4)
    signature_filter = SignatureFilter(since=made.published_at)
    removal = defence.remove(
        made, by=mo, rule="hour", signature_filter=signature_filter, reason="Сплеск", shown=4
    )
    defence.reverse(removal, by=mo, reason="Помилка")
    lines = client.get(one(made, "ledger/?size=100")).json()["results"]
    assert [line["what"] for line in lines] == ["signed", "removed", "reversed"]
    assert [line["total"]["counted"] for line in lines] == [4, 0, 4]
    assert lines[1]["reason"] == "Сплеск"
    before = "0" * 64
    for line in lines:
        assert line["previous"] == before == json.loads(line["line"])["previous"]
        before = sha256(line["line"].encode()).hexdigest()
        assert line["hash"] == before


def test_budgets(client, olena, department, django_assert_max_num_queries):
    for number in range(5):
        made = factories.petition(olena, State.ANSWERED, department=department)
        made.themes.add(Theme.objects.create(name=f"Тема {number}", slug=f"t{number}"))
    factories.signatures(made, 30)
    counting.recount([made.pk])
    budgets = {LIST: 5, one(made): 8, one(made, "totals/"): 5, one(made, "signatures/"): 5}
    for address, most in budgets.items():
        with django_assert_max_num_queries(most) as asked:
            assert client.get(address).status_code == 200
        # It shows none: only pages with cards ask for photographs.
        assert address != LIST or "petitionphoto" not in str(asked.captured_queries)


def test_no_query_per_row(client, olena, bohdan, django_assert_num_queries):
    made = factories.petition(olena)

    def cost() -> int:
        from django.db import connection

        from core.web.pages import forget_pages

        forget_pages()
        with CaptureQueriesContext(connection) as asked:
            client.get(one(made, "signatures/"))
            client.get(LIST)
        return len(asked)

    Signature.objects.create(petition=made, user=bohdan)
    before = cost()
    factories.signatures(made, 9)
    for _number in range(5):
        factories.petition(olena)
    assert cost() == before


def test_one_kept_answer_for_everybody(client, olena):
    made = factories.petition(olena)
    answer = client.get(one(made))
    assert answer.headers["Cache-Control"] == "public, max-age=0, s-maxage=1"
    assert answer.headers["ETag"]
    again = client.get(one(made), headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
