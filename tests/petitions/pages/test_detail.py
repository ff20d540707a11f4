"""A petition's page: its numbers, the same for everybody, in few queries at any size."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from core.domain import clock
from petitions.models import Answer, News, Petition, Signature, State, Step
from petitions.signing import counting
from petitions.talk import actions as talk
from tests.petitions import factories

pytestmark = pytest.mark.django_db


def page_of(client, petition, prefix=""):
    answer = client.get(f"{prefix}/petitions/{petition.pk}/")
    assert answer.status_code == 200
    return html.fromstring(answer.content)


def text(element):
    return " ".join(element.text_content().split())


def test_shows_the_total_with_its_threshold_and_a_bar(client, signed):
    made = signed(1234, procedure=factories.procedure(threshold=5000))
    page = page_of(client, made)
    (number,) = page.xpath("//*[@data-count='signatures']")
    assert number.text == "1\u00a0234"
    assert "з 5 000 необхідних підписів" in text(page.get_element_by_id("petition-standing"))
    (bar,) = page.xpath("//progress")
    assert (bar.get("value"), bar.get("max")) == ("1234", "5000")
    assert page.xpath("//*[@data-signatures-left]")[0].text == "3\u00a0766"


def test_a_bar_is_full_and_never_fuller(client, signed):
    """A value over the maximum is no HTML."""
    made = signed(12, procedure=factories.procedure(threshold=10))
    for path in (made.get_absolute_url(), "/petitions/", f"/embed/petition/{made.pk}/"):
        found = html.fromstring(client.get(path).content).xpath("//progress")
        assert {(bar.get("value"), bar.get("max")) for bar in found} == {("10", "10")}, path


def test_shows_who_asks_what_and_why(client, signed, olena):
    made = signed(1)
    words = text(page_of(client, made).get_element_by_id("main"))
    for shown in (made.title, made.text, made.reasons, made.author_name):
        assert shown in words
    assert "оприлюднено" in words


def test_shows_nothing_that_only_the_city_knows(client, olena):
    made = factories.petition(
        olena, author_address="вул. Рудна, 4, кв. 2", author_phone="+380440000999"
    )
    page = client.get(f"/petitions/{made.pk}/").content.decode()
    assert "Рудна" not in page
    assert "0000999" not in page
    assert olena.email not in page


def test_says_when_the_council_is_late(client, olena):
    made = factories.petition(olena, State.REACHED)
    late = page_of(client, made).xpath("//*[@class='late']")
    assert [text(each) for each in late] == ["рада запізнюється на 5 днів"]


def test_shows_news_and_of_hidden_ones_only_that_they_were(client, signed, olena):
    made = signed(1)
    news = {"petition": made, "by": olena, "title": "Перша новина", "text": "Є."}
    News.objects.create(**news, html="<p>Видно.</p>")
    hidden = {"hidden_at": clock.now(), "hidden_reason": "spam"}
    News.objects.create(**news | {"title": "Реклама"}, html="<p>Сховано.</p>", **hidden)
    page = client.get(f"/petitions/{made.pk}/").content.decode()
    assert "Видно." in page
    assert "Реклама" not in page
    assert "Сховано." not in page


def test_anonymous_pages_are_shared_and_follow_the_count(client, signed, settings):
    made = signed(1)
    answer = client.get(f"/petitions/{made.pk}/")
    assert answer.headers["Cache-Control"] == "public, max-age=0, s-maxage=1"
    assert not answer.cookies
    settings.SHARED_PAGE_SECONDS = 0
    factories.signatures(made, 2)
    counting.recount([made.pk])
    assert page_of(client, made).xpath("//*[@data-count='signatures']")[0].text == "3"


def test_a_page_with_a_session_is_private(client, signed, bohdan):
    client.force_login(bohdan)
    answer = client.get(f"/petitions/{signed(1).pk}/")
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_whoever_has_signed_is_told_so_and_nobody_else(client, signed, bohdan, charlie):
    made = signed(1)
    factories.signatures(made, 1, user=bohdan, mailbox=None, email="", name="")
    told = "Ви підписали цю петицію"
    for who, is_told in ((bohdan, True), (charlie, False)):
        client.force_login(who)
        assert (told in client.get(f"/petitions/{made.pk}/").text) is is_told
    client.logout()
    assert told not in client.get(f"/petitions/{made.pk}/").text


def test_the_fragment_is_the_region_of_the_page(client, signed):
    made = signed(3)
    region = page_of(client, made).get_element_by_id("petition-standing")
    fragment = html.fromstring(client.get(f"/petitions/{made.pk}/standing/").text)
    assert text(fragment) == text(region)
    assert fragment.get("data-seq") == region.get("data-seq")


@pytest.mark.parametrize("state", [State.COLLECTING, State.AGENDA, State.ANSWERED])
@pytest.mark.parametrize("viewer", [None, "olena", "bohdan"])
def test_asks_at_most_ten_questions(
    client, olena, bohdan, charlie, request, settings, state, viewer
):
    settings.SHARED_PAGE_SECONDS = 0
    small, large = (factories.petition(olena, state) for _size in range(2))
    for made, size in ((small, 1), (large, 30)):
        factories.signatures(made, 20 * size)
        for number in range(size):
            comment = talk.comment(made, by=charlie, text=f"Слово {number}")
            talk.reply(made, comment, by=bohdan, text="Так")
            News.objects.create(petition=made, by=olena, title="Н", text="Н", html="<p>Н</p>")
        if state == State.ANSWERED:
            Answer.objects.create(petition=made, asked="А", decided="Б", by=olena, signed_as="Г")
            for number in range(size):
                Step.objects.create(petition=made, text=f"{number}", by=olena)
    counting.recount([small.pk, large.pk])
    if viewer:
        client.force_login(request.getfixturevalue(viewer), known=True)
    asked = []
    for made in (small, large):
        client.get(f"/petitions/{made.pk}/")
        with CaptureQueriesContext(connection) as captured:
            page_of(client, made)
        asked.append(len(captured))
    assert asked[0] == asked[1]
    # Drawn for everybody; then the reader's own part of it, their signature.
    assert asked[0] <= 11
    settings.SHARED_PAGE_SECONDS = 60
    client.get(f"/petitions/{large.pk}/")
    with CaptureQueriesContext(connection) as captured:
        page_of(client, large)
    assert len(captured) == (2 if viewer else 1)


def test_counts_nothing_itself(client, signed):
    """What is shown is what was counted last: a page never reads a million rows."""
    made = signed(3)
    Signature.objects.all().delete()
    with CaptureQueriesContext(connection) as captured:
        page_of(client, made)
    assert not any("petitions_signature" in query["sql"] for query in captured.captured_queries)


def test_an_unpublished_one_is_nobodys_page(client, olena):
    made = factories.petition(olena, State.MODERATION)
    client.force_login(olena)
    assert client.get(f"/petitions/{made.pk}/").status_code == 404
    assert Petition.objects.filter(pk=made.pk).exists()
