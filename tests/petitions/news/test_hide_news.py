"""A moderator hides something that an author told to whoever signed."""

from __future__ import annotations

import pytest

from petitions.models import News
from petitions.news import actions
from tests.petitions import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def petition(olena, department):
    return factories.petition(olena, department=department)


@pytest.fixture
def news(petition, olena):
    return actions.post_news(petition, by=olena, title="Купуйте столи", text="Дешево!")


def test_hides_with_a_reason(client, petition, news, mo, to):
    client.force_login(mo)
    there = client.post(to("hide_news", petition, news), {f"n{news.pk}-reason": "spam"})
    assert there["Location"] == to("detail", petition)
    assert News.objects.get().hidden_reason == "spam"
    page = client.get(there["Location"])
    assert page.context["news"][0]["form"] is None


@pytest.mark.parametrize("reason", ["", "whim"])
def test_needs_one_of_the_reasons(client, petition, news, mo, to, reason):
    client.force_login(mo)
    response = client.post(to("hide_news", petition, news), {f"n{news.pk}-reason": reason})
    assert response.status_code == 422
    assert News.objects.get().hidden_at is None


def test_twice_is_once(client, petition, news, mo, admin, to):
    actions.hide_news(news, by=admin, reason="spam")
    client.force_login(mo)
    data = {f"n{news.pk}-reason": "profanity"}
    assert client.post(to("hide_news", petition, news), data).status_code == 422
    assert News.objects.get().hidden_reason == "spam"


def test_is_for_moderators_alone(client, petition, news, olena, ofi, sec, to):
    for person in (olena, ofi, sec):
        client.force_login(person)
        data = {f"n{news.pk}-reason": "spam"}
        assert client.post(to("hide_news", petition, news), data).status_code == 403
    client.force_login(ofi)
    assert client.get(to("detail", petition)).context["news"][0]["form"] is None


def test_news_answer_under_their_own_petition_alone(client, olena, news, mo, to):
    other = factories.petition(olena)
    client.force_login(mo)
    data = {f"n{news.pk}-reason": "spam"}
    assert client.post(to("hide_news", other, news), data).status_code == 404
    assert News.objects.get().hidden_at is None
