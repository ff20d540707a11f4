"""Urgent notices above every page: cached in each process, begun and ended by time alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.domain import clock as database
from core.domain import council
from core.web.pages import forget_pages
from newsroom.articles import actions, actions_life
from newsroom.models import State
from tests.newsroom import factories

pytestmark = pytest.mark.django_db
BAR = "Термінове повідомлення"


def urgent(state=State.PUBLISHED, hours=3, **words):
    until = database.now() + timedelta(hours=hours)
    words = {"title": "Немає води", **words}
    return factories.article(state, urgent_until=until, **words)


@pytest.fixture(autouse=True)
def nothing_is_kept():
    """Counters go back with the transaction of a test, so what is kept would seem current."""
    council.forget_council()
    forget_pages()
    yield
    council.forget_council()


@pytest.fixture
def later(monkeypatch):
    """Let so many seconds pass in this process, which knows the council's row to be current."""

    def move(seconds):
        now = council.monotonic() + seconds
        monkeypatch.setattr(council, "monotonic", lambda: now)
        monkeypatch.setattr("core.web.pages.monotonic", lambda: now)
        council.note_seq(council._kept.loaded.seq)

    return move


def test_stands_on_every_page_in_both_languages(client, ofi):
    assert BAR not in client.get("/petitions/").text
    article = urgent(**{**factories.ENGLISH, "title_en": "No water"})
    page = client.get("/petitions/").text
    assert BAR in page
    assert f'href="/news/{article.pk}/"' in page
    client.force_login(ofi)
    assert "Немає води" in client.get("/desk/").text
    english = client.get("/en/petitions/").text
    assert "No water" in english
    assert f'href="/en/news/{article.pk}/"' in english


def test_without_a_translation_it_is_ukrainian_on_english_pages_too(client):
    urgent()
    assert '<span lang="uk">Немає води</span>' in client.get("/en/petitions/").text


def test_costs_no_query(client, django_assert_num_queries):
    urgent()
    client.get("/petitions/")
    with django_assert_num_queries(1):  # where its topics stand
        assert BAR in client.get("/petitions/").text


def test_ends_by_itself(client, later):
    urgent(hours=1)
    assert BAR in client.get("/petitions/").text
    later(3599)
    assert council.urgent_notices()
    later(2)
    assert not council.urgent_notices()
    assert BAR not in client.get("/petitions/").text


def test_planned_it_begins_by_itself(later):
    article = urgent(State.PLANNED, hours=48)
    assert not council.urgent_notices()
    later(86_401)
    assert [notice.pk for notice in council.urgent_notices()] == [article.pk]


def test_planned_ones_do_not_take_the_place_of_the_one_that_stands(later):
    article = urgent()
    for number in range(council.MOST_URGENT):
        urgent(State.PLANNED, hours=48, title=f"Заплановано {number}")
    assert [notice.pk for notice in council.urgent_notices()] == [article.pk]
    later(86_401)
    assert len(council.urgent_notices()) == council.MOST_URGENT


@pytest.mark.parametrize("step", ["withdraw", "edit"])
def test_taken_back_it_is_gone_at_once(client, ofi, step):
    article = urgent()
    assert BAR in client.get("/petitions/").text
    if step == "withdraw":
        actions_life.withdraw(article, by=ofi, reason="Вода є")
    else:
        actions.edit(article, by=ofi, content=factories.content(title="Немає води"))
    assert BAR not in client.get("/petitions/").text


def test_what_is_over_and_what_is_a_draft_stands_nowhere(client, clock):
    urgent(State.DRAFT)
    urgent(hours=1)
    clock.advance(hours=2)
    council.forget_council()
    forget_pages()
    assert BAR not in client.get("/petitions/").text
