"""The public register of documents: what it shows, finds, and lets ask for."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

import pytest

from core.web.pages import forget_pages
from records.documents.sources import search_of
from records.models import Document

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_pages():
    forget_pages()


def entered(department=None, **fields) -> Document:
    """A row as an officer's form stores it."""
    said = {
        "kind": "order",
        "title": "Про графік прийому",
        "number": "14-р",
        "made_on": date(2026, 11, 3),
        "department": department,
        "carrier": "paper",
        "place": "Архів, справа 2",
    }
    row = Document(**said | fields)
    row.search = search_of(row)
    row.save()
    return row


def test_a_restricted_document_shows_everything_but_its_content(client, department):
    row = entered(
        department,
        title="Розпорядження з режимних питань",
        access="official",
        ground="2939-VI ст. 9(1)1",
        restricted_until=date(2027, 3, 31),
        keywords="захист, режим",
    )
    page = client.get(f"/records/{row.pk}/").text
    for words in ("14-р", "31 березня 2027", "2939-VI ст. 9(1)1", "Архів, справа 2", "режим"):
        assert words in page, words
    assert "Прочитати документ" not in page
    assert row.title in client.get("/records/?access=restricted").text
    assert row.title not in client.get("/records/?access=open").text


def test_it_is_found_by_words_number_kind_year_and_holder(client, department):
    row = entered(department)
    other = entered(None, title="Договір оренди", kind="contract", number="7", made_on="2025-02-01")
    found = ("q=графіки", "q=14-р", "kind=order", "year=2026", f"department={department.slug}")
    for query in found:
        page = client.get(f"/records/?{query}").text
        assert row.title in page and other.title not in page, query
    assert "Таких документів немає" in client.get("/records/?q=динозавр").text


def test_asking_for_it_begins_a_request_with_its_name(client, department):
    row = entered(department)
    page = client.get(f"/records/{row.pk}/").text
    address = page.split('href="/appeals/new/?')[1].split('"')[0].replace("&amp;", "&")
    form = client.get(f"/appeals/new/?{address}").text
    assert "«Про графік прийому» № 14-р від 03.11.2026" in form
    assert 'value="request"' in form.split("checked")[0][-200:] + form.split("checked")[1][:1]


def test_an_address_brings_words_that_are_only_words(client):
    asked = urlencode({"kind": "request", "text": "<script>alert(1)</script>\0" + "я" * 5000})
    page = client.get(f"/appeals/new/?{asked}").text
    assert "<script>alert" not in page and "я" * 900 in page and "я" * 1001 not in page


def test_pages_of_the_register_end_between_equal_days(client, department):
    rows = [entered(department, title=f"Наказ {number:02}") for number in range(25)]
    first = client.get("/records/").text
    after = first.split("?after=")[1].split('"')[0]
    second = client.get(f"/records/?after={after}").text
    shown = [[f">{row.title}<" in page for row in rows] for page in (first, second)]
    assert [sum(each) for each in shown] == [20, 5]
    assert all(one != other for one, other in zip(*shown, strict=True))


def test_the_feed_tells_of_what_came_last(client, department):
    row = entered(department)
    feed = client.get("/records/feed.atom")
    assert feed.headers["Content-Type"] == "application/atom+xml"
    assert f"/records/{row.pk}/" in feed.text and "14-р" in feed.text


HOSTILE = (
    *("q='", "q=%00", "q=%25", "q=\\", "q=%22%27)--", "q=&&&", "q=%F0%9F%92%A9", "q=<b>"),
    *("q=" + "я" * 5000, "q=" + "a+" * 400, "q=((((", "q='x':*", "q=%E2%80%AE", "q=%20"),
    *("kind=order'", "kind=%00", "kind=", "kind=proposal&kind=x", "access=secret", "access=1"),
    *("year=0000", "year=9999", "year=-1", "year=%D9%A2%D9%A0%D9%A2%D9%A6", "year=1e10"),
    *("department=%00", "department=" + "a" * 3000, "department=';", "after=%00"),
    *("after=" + "a" * 900, "after=WyJuIl0", "unknown[]=1", "q[]=1", "after=e30="),
)


def test_hostile_queries_are_answered(client, department):
    entered(department)
    for query in HOSTILE:
        assert client.get(f"/records/?{query}").status_code == 200, query


def test_the_list_costs_few_queries(client, department, django_assert_max_num_queries):
    for number in range(25):
        entered(department, title=f"Наказ {number}")
    client.get("/services/")
    with django_assert_max_num_queries(14):
        client.get("/records/")
    with django_assert_max_num_queries(2):
        client.get("/records/")
