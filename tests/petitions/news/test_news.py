"""What the author tells who signed, and what moderators hide of it."""

from __future__ import annotations

import pytest

from petitions.events import NewsHidden, NewsPosted, NewsRestored
from petitions.models import State
from petitions.news import actions
from tests import factories as house
from tests.petitions import factories

pytestmark = pytest.mark.django_db


def test_tells(olena, emitted):
    petition = factories.petition(olena)
    news = actions.post_news(
        petition, by=olena, title=" Нас сто ", text="**Дякуємо** <script>alert(1)</script>"
    )
    assert news.title == "Нас сто"
    assert "<strong>Дякуємо</strong>" in news.html
    assert "<script" not in news.html
    assert emitted == [NewsPosted(petition.pk, olena.pk, news.pk)]


@pytest.mark.parametrize("state", [State.DRAFT, State.MODERATION, State.REFUSED, State.WITHDRAWN])
def test_only_of_what_is_public(olena, refused, state):
    with refused("petition.not_public"):
        actions.post_news(factories.petition(olena, state), by=olena, title="-", text="-")


def test_only_its_author_and_in_words(olena, bohdan, mo, refused):
    petition = factories.petition(olena)
    for person in (bohdan, mo):
        with refused("petition.not_yours"):
            actions.post_news(petition, by=person, title="-", text="-")
    for title, text in (("", "-"), ("-", " ")):
        with refused("petition.news_empty"):
            actions.post_news(petition, by=olena, title=title, text=text)


def test_a_moderator_hides_it_once_with_a_reason(olena, ofi, mo, emitted, refused):
    petition = factories.petition(olena)
    news = actions.post_news(petition, by=olena, title="Увага", text="Купуйте в нас")
    emitted.clear()
    with refused("petition.moderators_only"):
        actions.hide_news(news, by=ofi, reason="spam")
    with pytest.raises(ValueError, match="boredom"):
        actions.hide_news(news, by=mo, reason="boredom")
    actions.hide_news(news, by=mo, reason="spam")
    news.refresh_from_db()
    assert news.hidden_at
    assert news.hidden_reason == "spam"
    assert emitted == [NewsHidden(petition.pk, mo.pk, news.pk)]
    with refused("petition.news_hidden_already"):
        actions.hide_news(news, by=mo, reason="spam")


def test_another_look_shows_it_again(olena, ofi, mo, emitted, refused):
    petition = factories.petition(olena)
    news = actions.post_news(petition, by=olena, title="Увага", text="Чекаємо всіх на площі")
    with refused("petition.news_not_hidden"):
        actions.restore_news(news, by=mo)
    actions.hide_news(news, by=mo, reason="spam")
    emitted.clear()
    with refused("petition.moderators_only"):
        actions.restore_news(news, by=ofi)
    actions.restore_news(news, by=mo)
    news.refresh_from_db()
    assert (news.hidden_at, news.hidden_reason) == (None, "")
    assert emitted == [NewsRestored(petition.pk, mo.pk, news.pk)]


def test_a_moderator_does_not_show_her_own_again(mo, refused):
    other = house.user("other-mo", role="moderator")
    petition = factories.petition(mo)
    news = actions.post_news(petition, by=mo, title="Увага", text="Купуйте в нас")
    actions.hide_news(news, by=other, reason="spam")
    with refused("petition.not_ones_own"):
        actions.restore_news(news, by=mo)


def test_budget(olena, django_assert_max_num_queries):
    petition = factories.petition(olena)
    with django_assert_max_num_queries(9):  # with what is told of it
        actions.post_news(petition, by=olena, title="Нас сто", text="Дякуємо")
