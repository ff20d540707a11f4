"""The page of a district, and its lines on the first page."""

from __future__ import annotations

import pytest
from django.urls import reverse

from city.models import District
from consultations.models import State
from core.domain.council import forget_council
from meetings.models import State as MeetingState
from portal.districts import MOST_NEAR, context
from tests import factories
from tests.meetings import factories as meetings
from tests.newsroom import factories as news
from tests.petitions import factories as petitions
from tests.votes import factories as votes

pytestmark = pytest.mark.django_db


@pytest.fixture
def north() -> District:
    return District.objects.create(name="Північний", slug="north")


@pytest.fixture
def matters(north, department, ofi, olena):
    """One matter of each kind in the district, and a consultation elsewhere."""
    made = {
        "consultation": factories.consultation(department, district=north, title="Тут"),
        "poll": votes.poll(ofi, department, district=north),
        "petition": petitions.petition(olena, district=north),
        "meeting": meetings.meeting(MeetingState.ANNOUNCED, district=north),
        "article": news.article(district=north),
    }
    made["elsewhere"] = factories.consultation(department, title="Деінде")
    return made


def url(north: District) -> str:
    return reverse("portal:district", args=[north.slug])


def test_has_all_that_goes_on_in_it(client, north, matters):
    page = client.get(url(north)).text
    for name, matter in matters.items():
        assert (matter.get_absolute_url() in page) == (name != "elsewhere"), name
    assert reverse("notifications:follow", args=["district", north.pk]) in page


def test_of_what_opens_soon_it_says_when(north, department):
    soon = factories.consultation(department, State.ANNOUNCED, district=north)
    over = factories.consultation(department, State.REPORTED, district=north)
    (shown,) = context(north)["consultations"]
    assert shown.consultation == soon
    assert over.pk != soon.pk
    (line,) = context(north)["near"]
    assert (line.until, line.at) == (None, soon.opens_at)


def test_the_first_page_gets_a_few_lines(client, north, matters):
    page = client.get(url(north), {"short": "1"}).text
    assert "<html" not in page
    assert page.count("<li>") == MOST_NEAR
    assert matters["consultation"].get_absolute_url() in page


def test_says_that_nothing_is_open(client, north):
    assert "Зараз у цьому районі нічого не відкрито" in client.get(url(north)).text
    assert "Зараз у цьому районі нічого не відкрито" in client.get(url(north), {"short": "1"}).text


def test_english_pages_name_districts_in_english(client, north):
    District.objects.filter(pk=north.pk).update(name_en="North")
    District.objects.create(name="Південний", slug="south", name_en="South")
    forget_council()
    for path in ("/en/", f"/en{url(north)}"):
        page = client.get(path).text
        assert ">South</a>" in page, path
        assert "Північний" not in page and "Південний" not in page, path


def test_an_unknown_one_is_not_found(client):
    assert client.get("/districts/nowhere/").status_code == 404


@pytest.mark.parametrize("query", [{}, {"short": "1"}])
def test_is_shared_without_cookies_in_few_queries(
    client, north, matters, query, django_assert_max_num_queries
):
    with django_assert_max_num_queries(9):
        answer = client.get(url(north), query)
    assert answer.headers["Cache-Control"] == "public, max-age=0, s-maxage=1"
    assert not answer.cookies


def test_the_first_page_leads_to_it(client, north):
    District.objects.create(name="Колишній", slug="former", closed_at="2025-01-01T00:00:00Z")
    page = client.get("/").text
    assert f'href="{url(north)}" data-district="north"' in page
    assert 'data-district="former"' not in page
