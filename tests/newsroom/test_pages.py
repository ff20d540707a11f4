"""Public pages of the newsroom, its feeds and calendars, and where else news are found."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils.timezone import localtime

from city.models import District, Street, Theme
from consultations.models import State as ConsultationState
from core.domain import clock as database
from core.web.pages import forget_pages
from meetings.models import State as MeetingState
from newsroom.models import State
from portal.home.pages import context as home
from tests import factories as people
from tests.meetings import factories as meetings
from tests.newsroom import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme():
    return Theme.objects.create(name="Транспорт", slug="transport")


@pytest.fixture
def district():
    return District.objects.create(name="Старе місто", slug="old-town")


def test_the_list_is_narrowed_and_searched(client, theme, district):
    factories.article(State.DRAFT, title="Чернетка")
    factories.article(title="Про тролейбуси", themes=[theme])
    factories.article(title="Про парк", district=district, kind="announcement")
    page = client.get("/news/").text
    assert "Чернетка" not in page
    assert page.index("Про парк") < page.index("Про тролейбуси")
    for query, found in (
        ("theme=transport", "Про тролейбуси"),
        ("district=old-town", "Про парк"),
        ("kind=announcement", "Про парк"),
        ("q=тролейбусів", "Про тролейбуси"),
        ("q=тролейбсів", "Про тролейбуси"),
    ):
        page = client.get(f"/news/?{query}").text
        others = {"Про тролейбуси", "Про парк"} - {found}
        assert found in page, query
        assert not [other for other in others if other in page], query
        narrowed = query.partition("=")[0]
        assert (f"/follow/{narrowed}/" in page) == (narrowed in ("theme", "district")), query


def test_an_article_says_all_of_itself_in_few_queries(
    client, theme, district, department, django_assert_max_num_queries
):
    street = Street.objects.create(name="вулиця Мостова", slug="mostova", district=district)
    consultation = people.consultation(department)
    hidden = people.consultation(department, ConsultationState.PREPARING, title="Таємне")
    article = factories.article(
        themes=[theme],
        district=district,
        streets=[street],
        consultations=[consultation, hidden],
    )
    with django_assert_max_num_queries(12):
        answer = client.get(article.get_absolute_url())
    page = answer.text
    for words in ("вулиця Мостова", consultation.title, "?theme=transport", "?district=old-town"):
        assert words in page
    for topic in (f"theme/{theme.pk}", f"district/{district.pk}", f"street/{street.pk}"):
        assert f'href="/account/notifications/follow/{topic}/" rel="nofollow"' in page
    assert 'href="/account/notifications/areas/"' in page
    assert "Таємне" not in page
    assert "<strong>можна</strong>" in page
    assert not answer.cookies
    assert answer["Cache-Control"] == "public, max-age=0, s-maxage=1"
    assert f'<meta property="og:url" content="{settings.SITE_URL}/news/{article.pk}/">' in page


def test_in_english_it_says_where_it_is_only_in_ukrainian(client):
    only = factories.article()
    both = factories.article(**factories.ENGLISH)
    page = client.get(f"/en{only.get_absolute_url()}").text
    assert "This article is only in Ukrainian." in page
    assert '<span lang="uk">Міст відкрито</span>' in page
    page = client.get(f"/en{both.get_absolute_url()}").text
    assert "only in Ukrainian" not in page
    assert "The bridge is open" in page
    assert "Cars and people" in page
    assert "Міст відкрито" not in page
    assert "Cars and people" not in client.get(both.get_absolute_url()).text


def test_the_calendar_has_events_and_meetings_of_its_month(client, clock):
    meeting = meetings.meeting(MeetingState.ANNOUNCED, title="Сесія про бюджет")
    begins = meeting.begins_at
    event = factories.article(says=factories.event(begins_at=begins, ends_at=None))
    factories.article(State.DRAFT, says=factories.event(title="Потайки"))
    month = f"{localtime(begins):%Y-%m}"
    page = client.get(f"/news/calendar/?month={month}").text
    assert event.title in page
    assert "Сесія про бюджет" in page
    assert "Потайки" not in page
    other = f"{localtime(begins + timedelta(days=62)):%Y-%m}"
    assert event.title not in client.get(f"/news/calendar/?month={other}").text
    for wrong in ("0000-00", "2026-13", "х", "99999-1", "2026-11-01", "٢٠٢٦-11"):
        assert client.get("/news/calendar/", {"month": wrong}).status_code == 200
    clock.advance(days=62)
    assert event.title in client.get(f"/news/calendar/?month={month}").text


def test_events_as_icalendar_and_news_as_atom(client, theme):
    event = factories.article(says=factories.event(themes=[theme]))
    other = factories.article(title="Інше")
    calendar = client.get("/news/calendar.ics")
    assert calendar["Content-Type"].startswith("text/calendar")
    assert f"UID:article-{event.pk}@" in calendar.text
    assert "BEGIN:VEVENT" in client.get(f"{event.get_absolute_url()}calendar.ics").text
    assert client.get(f"{other.get_absolute_url()}calendar.ics").status_code == 404
    feed = client.get("/news/feed.atom").text
    assert event.title in feed
    assert "Інше" in feed
    feed = client.get("/news/feed.atom?theme=transport").text
    assert event.title in feed
    assert "Інше" not in feed
    assert client.get("/news/feed.atom?theme=nothing").status_code == 404


def test_is_found_where_else_people_look(client):
    articles = [factories.article(title=f"Новина {number}") for number in range(4)]
    assert [each.article for each in home()["news"]] == articles[:0:-1]
    page = client.get("/search/?q=їздитимуть мостом").text
    assert articles[0].get_absolute_url() in client.get("/search/?q=їздити мостом&kind=news").text
    assert 'href="/news/"' in page
    assert f"{settings.SITE_URL}/en/news/{articles[0].pk}/" in client.get("/sitemap.xml").text


def test_programs_read_it_too(client, theme, ofi):
    article = factories.article(themes=[theme], **factories.ENGLISH)
    factories.article(State.PLANNED)
    listed = client.get("/api/v1/news/?theme=transport").json()["results"]
    assert [(each["id"], each["title_en"]) for each in listed] == [
        (article.pk, "The bridge is open")
    ]
    one = client.get(f"/api/v1/news/{article.pk}/").json()
    assert one["themes"] == ["transport"]
    assert one["html"] == "<p>Мостом <strong>можна</strong> їздити й ходити.</p>"
    assert one["corrections"] == []
    assert client.get("/api/v1/news/?kind=rumour").status_code == 400


def test_a_list_costs_the_same_at_any_length(client, django_assert_max_num_queries):
    for number in range(3):
        factories.picture(factories.article(title=f"№ {number}"))
    with django_assert_max_num_queries(7):
        client.get("/news/")


def test_an_event_that_is_over_says_so(client, clock):
    event = factories.article(says=factories.event())
    assert "уже минула" not in client.get(event.get_absolute_url()).text
    clock.set(database.now() + timedelta(days=11))
    forget_pages()
    page = client.get(event.get_absolute_url()).text
    assert "уже минула" in page
    assert "calendar.ics" not in page
