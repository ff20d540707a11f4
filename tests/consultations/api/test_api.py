"""The API reads what the pages show: explicit fields, explicit filters, nothing hidden."""

from __future__ import annotations

import json

import pytest
from django.conf import settings
from django.test import Client
from django.test.utils import CaptureQueriesContext

from city.models import Theme
from consultations.models import State
from consultations.remarks import actions
from consultations.text import actions as text_actions
from core.web.pages import forget_pages
from discussions import actions as discussion
from discussions.models import HideReason
from drafts.models import Clause
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "/api/v1/consultations/"


@pytest.fixture(autouse=True)
def nothing_kept():
    forget_pages()


@pytest.fixture
def said(opened, olena):
    clause = Clause.objects.get(version__draft=opened.draft, number="2.1")
    return actions.remark(opened, by=olena, text="Краще **до півночі**.", clause_id=clause.pk)


def _remarks(pk: int) -> str:
    return f"{LIST}{pk}/remarks/"


def test_lists_what_is_announced_in_every_state(client, department):
    for state in State:
        factories.consultation(department, state)
    results = client.get(LIST).json()["results"]
    assert {each["state"] for each in results} == set(State) - {State.PREPARING}
    assert set(results[0]) == {
        *("id", "url", "title", "summary", "state", "department", "procedure", "themes"),
        *("district", "streets"),
        *("announced_at", "opens_at", "closes_at", "last_day", "report_due_on", "reported_at"),
        *("withdrawn_at", "remarks"),
    }


def test_moments_have_the_offset_of_kyiv(client, department):
    opens = "2031-02-10T00:00:00+02:00"
    factories.consultation(
        department,
        State.ANNOUNCED,
        opens_at="2031-02-09T22:00:00Z",
        closes_at="2031-04-10T21:00:00Z",
    )
    (result,) = client.get(LIST).json()["results"]
    assert result["opens_at"] == opens
    assert result["closes_at"] == "2031-04-11T00:00:00+03:00"
    assert result["last_day"] == "2031-04-10"


def test_filters_are_the_named_ones(client, opened, closed, department):
    theme = Theme.objects.create(name="Вулиці", slug="streets")
    opened.themes.add(theme)
    for query, expected in {
        "state=open": {opened.pk},
        "state=closed": {closed.pk},
        "theme=streets": {opened.pk},
        "theme=water": set(),
        f"department={department.slug}": {opened.pk, closed.pk},
        "procedure=draft-decision": {opened.pk, closed.pk},
        "procedure=regulatory-act": set(),
    }.items():
        found = {each["id"] for each in client.get(f"{LIST}?{query}").json()["results"]}
        assert found == expected, query


@pytest.mark.parametrize(
    "query",
    [
        "author__email__startswith=o",
        "ordering=department__email",
        "state=secret",
        "size=0",
        "size=101",
        "size=many",
        "theme=%00",
        "theme=streets%1F",
        "q=%00",
        "department=../..",
        "after=nothing",
        "after=WyJuIiwxXQ",
        "after=" + "A" * 600,
    ],
)
def test_any_other_query_is_refused_and_told(client, opened, query):
    answer = client.get(f"{LIST}?{query}")
    assert answer.status_code == 400
    assert set(answer.json()) == {"code", "detail", "params"}
    assert answer.json()["code"] in {"invalid", "paging.bad_cursor"}


def test_finds_by_words_in_any_form(client, department):
    found = factories.consultation(department, title="Ремонт доріг")
    found.search = "'ремонт':1A 'дорога':2A"
    found.save(update_fields=["search"])
    factories.consultation(department, title="Тарифи")
    results = client.get(LIST, {"q": "ремонту дороги"}).json()["results"]
    assert [each["id"] for each in results] == [found.pk]


def test_walks_all_pages(client, department):
    made = [factories.consultation(department).pk for _number in range(5)]
    seen, address = [], f"{LIST}?size=2"
    while address:
        page = client.get(address.removeprefix(settings.SITE_URL)).json()
        seen += [each["id"] for each in page["results"]]
        address = page["next"]
    assert sorted(seen) == sorted(made)


def test_reads_one_with_everything_about_it(client, opened):
    answer = client.get(f"{LIST}{opened.pk}/").json()
    assert answer["procedure"]["code"] == "draft-decision"
    assert [version["number"] for version in answer["versions"]] == [1]
    assert answer["contact_person"] == opened.contact_person
    assert answer["url"].endswith(f"/consultations/{opened.pk}/")


def test_what_is_prepared_is_read_by_its_department_only(preparing, ofi, olena, stranger):
    address = f"{LIST}{preparing.pk}/"
    for user, status in ((None, 404), (olena, 404), (stranger, 404), (ofi, 200)):
        client = Client()
        if user:
            client.force_login(user)
        for place in ("", "clauses/", "remarks/"):
            assert client.get(address + place).status_code == status, (user, place)
        listed = client.get(LIST).json()["results"]
        assert preparing.pk not in [each["id"] for each in listed]


def test_reads_clauses_with_their_counts(client, opened, said):
    answer = client.get(f"{LIST}{opened.pk}/clauses/").json()
    assert answer["version"] == 1
    by_number = {clause["number"]: clause for clause in answer["results"]}
    assert by_number["2.1"]["remarks"] == 1
    assert by_number["2.1"]["parent"] == by_number["2"]["key"]
    assert by_number["2.1"]["label"] == "п. 2.1"
    assert by_number["1"]["remarks"] == 0
    keys = {"id", "key", "parent", "depth", "kind", "number", "marker", "label", "text", "remarks"}
    assert set(by_number["1"]) == keys


def test_a_preview_of_the_text_is_not_read(client, opened, ofi):
    from io import BytesIO

    changed = factories.DRAFT.replace("23:00", "24:00").encode()
    text_actions.import_text(opened, by=ofi, file=BytesIO(changed), name="draft.txt")
    address = f"{LIST}{opened.pk}/clauses/"
    assert "24:00" not in client.get(address).content.decode()
    assert client.get(f"{address}?version=2").status_code == 404


def test_a_remark_says_its_author_by_the_public_name_alone(client, opened, said, olena):
    (told,) = client.get(_remarks(opened.pk)).json()["results"]
    assert told["author"] == olena.public_name
    assert told["text"] == "Краще **до півночі**."
    text = json.dumps(told)
    assert olena.email not in text
    assert olena.family_name not in text
    assert set(told) == {
        *("id", "hidden", "url", "kind", "clause", "clause_label", "quote", "author", "text"),
        *("organisation", "interest", "number", "source", "repeats", "said_of", "place"),
        *("proposal", "created_at", "edited_at", "agrees", "disagrees", "replies"),
        *("official_answers", "full_name"),
    }


def test_remarks_by_clause_kind_and_order(client, opened, said, bohdan):
    question = actions.remark(opened, by=bohdan, text="А взимку?", kind="question")
    discussion.react(question.comment, by=said.comment.author, value=1)
    for query, expected in {
        "": [question.pk, said.pk],
        "kind=question": [question.pk],
        f"clause={said.clause_key}": [said.pk],
        "sort=supported": [question.pk, said.pk],
        "sort=unanswered&kind=remark": [said.pk],
    }.items():
        results = client.get(f"{_remarks(opened.pk)}?{query}").json()["results"]
        assert [each["id"] for each in results] == expected, query


def test_the_official_answer_stands_by_its_remark(client, opened, said, ofi):
    actions.answer(said, by=ofi, text="Враховано.")
    (told,) = client.get(_remarks(opened.pk)).json()["results"]
    (answer,) = told["official_answers"]
    assert answer["text"] == "Враховано."
    assert answer["department"] == opened.department.name


@pytest.mark.parametrize("reader", [None, "mo", "olena"])
def test_a_hidden_remark_is_its_reason_alone(request, opened, said, mo, reader):
    discussion.hide(said.comment, by=mo, reason=HideReason.PROFANITY, note="не лайтеся")
    client = Client()
    if reader:
        client.force_login(request.getfixturevalue(reader))
    answer = client.get(_remarks(opened.pk))
    (told,) = answer.json()["results"]
    assert told["id"] == said.pk
    assert told["hidden"]["code"] == "profanity"
    assert {
        value for name, value in told.items() if name not in ("id", "hidden", "official_answers")
    } == {None}
    assert "півночі" not in answer.content.decode()
    assert "не лайтеся" not in answer.content.decode()
    assert client.get(f"{_remarks(opened.pk)}{said.pk}/").status_code == 404


def test_a_deleted_remark_is_not_there(client, opened, said, bohdan, olena):
    actions.reply(said, by=bohdan, text="Згоден.")
    discussion.delete(said.comment, by=olena)
    assert client.get(_remarks(opened.pk)).json()["results"] == []
    assert client.get(f"{_remarks(opened.pk)}{said.pk}/").status_code == 404


def test_a_remark_is_read_within_its_consultation_only(client, said, closed):
    assert client.get(f"{_remarks(said.consultation_id)}{said.pk}/").json()["id"] == said.pk
    assert client.get(f"{_remarks(closed.pk)}{said.pk}/").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        f"{LIST}0/",
        f"{LIST}{2**63}/",
        f"{LIST}{10**30}/remarks/",
        f"{LIST}-1/",
        f"{LIST}1.5/",
        f"{LIST}abc/clauses/",
        f"{LIST}%0A/",
        "/api/v1/users/",
        "/api/v1/",
    ],
)
def test_what_is_not_there_is_told_in_json(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"


def test_other_methods_are_refused_in_json(client, opened):
    for method in ("put", "patch", "delete", "options"):
        answer = getattr(client, method)(f"{LIST}{opened.pk}/")
        assert answer.status_code == 405, method
        assert answer.json()["code"] == "method_not_allowed"
        assert "GET" in answer.headers["Allow"]


def test_speaks_ukrainian_and_english_to_who_asks(client, opened, said, mo):
    discussion.hide(said.comment, by=mo, reason=HideReason.SPAM, note="Порушує правила")
    address = _remarks(opened.pk)
    english = client.get(address, headers={"Accept-Language": "en-GB,uk;q=0.5"})
    reason = english.json()["results"][0]["hidden"]["reason"]
    assert reason == "advertising or repetition"
    assert english.headers["Content-Language"] == "en"
    for header in ("", "uk,en;q=0.9", "de", "en;q=0", "*"):
        answer = client.get(address, headers={"Accept-Language": header})
        assert answer.headers["Content-Language"] == "uk", header
        assert "Accept-Language" in answer.headers["Vary"]


def test_anonymous_answers_are_shared_and_personal_ones_are_not(client, opened, olena):
    first = client.get(f"{LIST}{opened.pk}/")
    assert first.headers["Cache-Control"] == "public, max-age=0, s-maxage=1"
    assert not first.cookies
    again = client.get(f"{LIST}{opened.pk}/", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    client.force_login(olena)
    assert client.get(f"{LIST}{opened.pk}/").headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("place", "most"),
    [
        ("", 6),
        ("{pk}/", 11),
        ("{pk}/clauses/", 6),
        ("{pk}/remarks/", 6),
        ("{pk}/remarks/{remark}/", 6),
    ],
)
def test_asks_the_database_as_often_at_any_size(
    client, opened, olena, ofi, django_assert_max_num_queries, place, most
):
    for number in range(12):
        made = actions.remark(opened, by=olena, text=f"Думка {number}")
        actions.answer(made, by=ofi, text="Дякуємо.")
        factories.consultation(opened.department)
    address = LIST + place.format(pk=opened.pk, remark=made.pk)
    client.get(address)  # the text of a published version is read once a process
    forget_pages()
    with django_assert_max_num_queries(most) as counted:
        assert client.get(address).status_code == 200
    assert isinstance(counted, CaptureQueriesContext)
    # It shows none: only pages with cards ask for covers.
    assert place or "consultationpicture" not in str(counted.captured_queries)


def test_limits_reading_of_an_address(client, opened, settings):
    settings.API_LIMITS = {"read": 2, "write": 1}
    for number in range(2):
        assert client.get(f"{LIST}?size={number + 1}").status_code == 200
    refused = client.get(f"{LIST}?size=3")
    assert refused.status_code == 429
    assert refused.json()["code"] == "limit.reached"
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert client.get(f"{LIST}?size=3", REMOTE_ADDR="192.0.2.7").status_code == 200
