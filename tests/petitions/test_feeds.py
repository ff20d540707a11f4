"""The feed and the open data: what is public, of everybody nothing, and no formula."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pytest

from city.models import Theme
from core.web.pages import forget_pages
from petitions import opendata
from petitions.answer import actions
from petitions.models import Petition, Signature, State
from petitions.news import actions as news_actions
from petitions.signing import counting
from tests.petitions import factories

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
FEED, CSV, JSON = "/petitions/feed.atom", "/petitions/data.csv", "/petitions/data.json"
UNPUBLISHED = (State.DRAFT, State.MODERATION, State.REFUSED)


@pytest.fixture(autouse=True)
def nothing_kept():
    forget_pages()


def entries(client, path: str = FEED) -> list[dict[str, str]]:
    feed = ElementTree.fromstring(client.get(path).content)  # noqa: S314 - our own
    return [
        {each.tag.removeprefix(ATOM): each.text or "" for each in entry}
        for entry in feed.iter(f"{ATOM}entry")
    ]


def body_of(response) -> str:
    return b"".join(response.streaming_content).decode()


def table(client) -> list[dict[str, str]]:
    said = body_of(client.get(CSV))
    assert said.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(said[1:])))


def test_the_feed_tells_what_happened_newest_first(client, olena, ofi, department):
    made = factories.petition(olena, State.SUPPORTED, title="Лавки", department=department)
    actions.answer(made, by=ofi, asked="…", decided="Поставимо <b>", signed_as="Міський голова")
    found = entries(client)
    assert [entry["title"] for entry in found] == [
        "Відповідь оприлюднено: Лавки",
        "Вирішено: Лавки",
        "На розгляді: Лавки",
        "Необхідну кількість підписів зібрано: Лавки",
        "Петицію оприлюднено: Лавки",
    ]
    assert found[0]["summary"] == "Поставимо &lt;b&gt;"
    assert len({entry["id"] for entry in found}) == 5
    assert {entry["id"] for entry in entries(client, f"/en{FEED}")} == {
        entry["id"] for entry in found
    }


def test_the_feed_has_nothing_unpublished_and_no_unchecked_words(client, olena):
    for state in UNPUBLISHED:
        factories.petition(olena, state)
    assert entries(client) == []
    forget_pages()
    taken_back = factories.petition(olena, State.WITHDRAWN, withdrawn_reason="Телефонуйте мені")
    news_actions.post_news(factories.petition(olena), by=olena, title="Новина", text="Новина")
    said = client.get(FEED).text
    assert taken_back.title in said
    assert "Телефонуйте" not in said
    assert "Новина" not in said


def test_no_character_stops_the_feed(client, olena):
    factories.petition(olena, title="Лавки\x0b\x1f", text="\ufffe]]>")
    assert entries(client)[0]["title"] == "Петицію оприлюднено: Лавки"


def test_the_feed_asks_as_much_at_any_number(client, olena, django_assert_max_num_queries):
    for state in set(State) - set(UNPUBLISHED):
        for _number in range(3):
            factories.petition(olena, state)
    with django_assert_max_num_queries(8) as asked:
        client.get(FEED)
    assert "petitionphoto" not in str(asked.captured_queries)


def test_the_data_hold_every_published_petition_and_the_same_twice(client, olena, department):
    for state in State:
        made = factories.petition(olena, state, department=department)
        made.themes.add(Theme.objects.get_or_create(name="Парки", slug="parks")[0])
    public = Petition.objects.published()
    factories.signatures(public[0], 4)
    counting.recount([public[0].pk])
    rows = table(client)
    assert [int(row["id"]) for row in rows] == sorted(each.pk for each in public)
    assert {row["state"] for row in rows} == set(State) - set(UNPUBLISHED)
    assert rows[0]["themes"] == "parks"
    told = json.loads(body_of(client.get(JSON)))["petitions"]
    assert sum(each["signatures"] for each in told) == 4
    for row, each in zip(rows, told, strict=True):
        assert row == {name: "" if value is None else str(value) for name, value in each.items()}


def test_the_data_name_nobody(client, olena, ofi, department):
    made = factories.petition(
        olena,
        State.SUPPORTED,
        department=department,
        author_name="Таємна Особа Ігорівна",
        author_address="вул. Тиха, 1",
        author_phone="555-44-33",
    )
    actions.answer(made, by=ofi, asked="…", decided="Поставимо", signed_as="Остап Федорук")
    factories.signatures(made, 1, name="Ганна Мороз")
    Signature.objects.create(petition=made, user=olena)
    said = body_of(client.get(CSV)) + body_of(client.get(JSON))
    for secret in ("Таємна", "Тиха", "555-44", "Мороз", "Коваль", "Федорук", "@"):
        assert secret not in said


@pytest.mark.parametrize("words", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "＝1"])
def test_nothing_runs_in_a_spreadsheet(client, olena, words):
    factories.petition(olena, title=words, text=words, reasons=words)
    [row] = table(client)
    assert row["title"] == row["text"] == row["reasons"] == f"'{words}"
    [told] = json.loads(body_of(client.get(JSON)))["petitions"]
    assert told["title"] == words


def test_of_nothing_it_is_still_a_table_and_json(client):
    assert table(client) == []
    assert json.loads(body_of(client.get(JSON))) == {"petitions": []}


def test_rows_come_by_keyset(olena, monkeypatch, django_assert_num_queries):
    made = [factories.petition(olena).pk for _number in range(7)]
    monkeypatch.setattr(opendata, "AT_ONCE", 3)
    with django_assert_num_queries(6):  # three pages, the themes of each
        assert [row["id"] for row in opendata.rows()] == made


def test_downloads_are_counted(client, olena):
    answers = [client.get(JSON).status_code for _number in range(61)]
    assert answers == [200] * 60 + [429]
