"""Lists in other sites' frames, the page with their code, and oEmbed by addresses of pages."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from appeals import actions as appeal_actions
from appeals.models import State as AppealState
from appeals.publishing.actions import set_consent
from consultations.models import State as ConsultationState
from core.web.pages import forget_pages
from newsroom.articles import actions_life
from petitions.models import State as PetitionState
from portal.embed.lists import LISTS
from tests import factories as things
from tests.appeals import factories as appeals
from tests.consultations.acts.test_acts import adopted
from tests.meetings import factories as meetings
from tests.newsroom import factories as news
from tests.petitions import factories as petitions
from tests.votes import factories as polls
from votes.models import State as PollState

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer(olena):
    made = appeals.appeal(olena, AppealState.ANSWERED).answers.get()
    set_consent(made, by=olena, agrees=True)
    words = {"subject": "Ліхтар біля школи", "question": "Просять ліхтар.", "text": "Є ліхтар."}
    return appeal_actions.publish_answer(made, by=appeals.head(made.appeal.department), **words)


@pytest.fixture
def listed(bohdan, ofi, department, answer):
    """Name of a list -> titles that it has."""
    things.consultation(department, title="Літні майданчики")
    polls.poll(ofi, department, title="Назва скверу")
    petitions.petition(bohdan, title="Лавки у парку")
    meetings.meeting(title="Десята сесія")
    news.article(says=news.event(title="Ярмарок"))
    adopted(department, ofi, title="Про тарифи")
    return {
        "open": ["Літні майданчики", "Назва скверу", "Лавки у парку"],
        "calendar": ["Десята сесія", "Ярмарок"],
        "acts": ["Про тарифи"],
        "answers": ["Ліхтар біля школи"],
    }


def frame(client, name: str, query: str = "") -> str:
    answer = client.get(f"/embed/{name}/{query}")
    assert answer.status_code == 200
    return answer.text


def test_each_is_a_strangers_and_light(client, olena, listed, settings):
    client.force_login(olena)
    settings.EMBED_ORIGINS = ["https://news.example"]
    assert {*listed} == {*LISTS}
    for name, titles in listed.items():
        for prefix in ("", "/en"):
            forget_pages()
            with CaptureQueriesContext(connection) as cold:
                shown = client.get(f"{prefix}/embed/{name}/")
            with CaptureQueriesContext(connection) as warm:
                again = client.get(f"{prefix}/embed/{name}/")
            assert again.content == shown.content
            assert (len(cold) <= 14, len(warm) <= 2) == (True, True), (name, len(cold), len(warm))
            for title in titles:
                assert title in shown.text, name
            assert "frame-ancestors https://news.example" in shown["Content-Security-Policy"]
            assert "X-Frame-Options" not in shown.headers
            assert not shown.cookies
            assert "<script" not in shown.text
            assert len(shown.content) < 10_000
            for link in html.fromstring(shown.text).xpath("//a"):
                assert (link.get("target"), link.get("rel")) == ("_blank", "noopener")
                assert link.get("href").startswith(settings.SITE_URL)


def test_what_is_taken_off_leaves_its_list_at_once(client, olena, ofi, listed, answer):
    fair = news.article(says=news.event(title="Концерт"))
    assert "Концерт" in frame(client, "calendar")
    actions_life.withdraw(fair, by=ofi, reason="Помилка")
    assert "Концерт" not in frame(client, "calendar")
    assert "Ліхтар" in frame(client, "answers")
    set_consent(answer, by=olena, agrees=False)
    assert "Ліхтар" not in frame(client, "answers")


def test_drafts_and_what_is_over_stand_in_none(client, bohdan, ofi, department):
    things.consultation(department, ConsultationState.PREPARING, title="Чернетка")
    things.consultation(department, ConsultationState.CLOSED, title="Завершена")
    polls.poll(ofi, department, PollState.DRAFT, title="Чернетка")
    petitions.petition(bohdan, PetitionState.DRAFT, title="Чернетка")
    appeals.appeal(bohdan, AppealState.ANSWERED)
    for name, shown in LISTS.items():
        text = frame(client, name)
        assert "Чернетка" not in text and "Завершена" not in text
        assert str(shown.nothing) in text


def test_its_length_and_look_are_chosen_and_nothing_else(client):
    for days in range(1, 8):
        says = news.event(title=f"Подія {days}")
        begins = says.begins_at + timedelta(days=days)
        news.article(says=news.event(title=f"Подія {days}", begins_at=begins, ends_at=None))
    for query, lines in (("", 5), ("?most=10", 7), ("?most=6", 5), ("?most=-1&look=%00", 5)):
        page = html.fromstring(frame(client, "calendar", query))
        found = [each.text_content() for each in page.xpath("//li/a/text()/..")]
        assert [each.split(" (")[0] for each in found] == [
            f"Подія {days}" for days in range(1, lines + 1)
        ]
    assert 'data-theme="dark"' in frame(client, "open", "?look=dark")
    assert "data-theme" not in frame(client, "open", "?look=%22%3E")


def test_an_editor_chooses_and_copies(client, settings):
    for prefix in ("", "/en"):
        page = html.fromstring(client.get(f"{prefix}/data/embed/?name=acts&most=10&look=dark").text)
        code = html.fromstring(page.xpath("string(//*[@id='embed-code'])"))
        path = f"{prefix}/embed/acts/?most=10&look=dark"
        assert code.get("src") == f"{settings.SITE_URL}{path}"
        assert page.xpath("string(//iframe/@src)") == path
    assert client.get("/data/embed/?name=nothing&most=x").status_code == 200


def test_the_address_of_a_page_leads_to_its_frame(client, bohdan, ofi, department, settings):
    petition = petitions.petition(bohdan, title='Лавки "у парку" <b>')
    poll = polls.poll(ofi, department, PollState.PUBLISHED)
    frames = {
        f"/petitions/{petition.pk}/": f"/embed/petition/{petition.pk}/",
        f"/en/petitions/{petition.pk}/?from=mail": f"/en/embed/petition/{petition.pk}/",
        f"/polls/{poll.pk}/results/": f"/embed/poll/{poll.pk}/",
        f"/embed/poll/{poll.pk}/": f"/embed/poll/{poll.pk}/",
        "/acts/": "/embed/acts/",
        "/en/news/calendar/": "/en/embed/calendar/",
        "/": "/embed/open/",
    }
    for page, framed in frames.items():
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(
                "/oembed/",
                {"url": f"{settings.SITE_URL}{page}", "maxwidth": 320, "format": "json"},
            )
        assert (answer.status_code, len(queries) <= 2) == (200, True), page
        assert not answer.cookies
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        told = answer.json()
        assert (told["version"], told["type"]) == ("1.0", "rich")
        assert (told["width"], told["height"]) == (320, 360)
        made = html.fragment_fromstring(told["html"])
        assert (made.tag, len(made)) == ("iframe", 0)
        assert made.get("src") == f"{settings.SITE_URL}{framed}"
        assert (made.get("width"), made.get("height")) == ("320", "360")
        assert made.get("title") == told["title"]
        assert client.get(framed).status_code == 200
        if "/embed/" not in page:
            found = html.fromstring(client.get(page).text).xpath(
                "//link[@type='application/json+oembed']/@href"
            )
            assert client.get(found[0]).json()["width"] == 480


def test_what_is_private_is_as_what_is_not_there(client, bohdan, department, settings):
    draft = petitions.petition(bohdan, PetitionState.DRAFT)
    hidden = things.consultation(department, ConsultationState.PREPARING)
    client.force_login(bohdan)
    answers = set()
    for path in (f"/petitions/{draft.pk}/", f"/consultations/{hidden.pk}/", "/petitions/9999/"):
        answer = client.get("/oembed/", {"url": f"{settings.SITE_URL}{path}"})
        answers.add((answer.status_code, answer.content))
    assert len(answers) == 1
    assert answers.pop()[0] == 404


OTHERS = [
    *(
        "https://evil.example/acts/",
        "//evil.example/acts/",
        "javascript:alert(1)",
        "acts",
        "/acts/",
    ),
    *("data:text/html,x", "file:///etc/passwd", "ftp://SITE/acts/", "http://SITE@evil.example/"),
    *("http://user@SITE/acts/", "http://SITE:1/acts/", "http://SITE:x/acts/", "http://[::1"),
    *("http://SITE/desk/", "http://SITE/admin/", "http://SITE/embed/", "http://SITE/acts/../desk/"),
    *("http://SITE/petitions/1/../../", "http://SITE/petitions/99999999999999999999/"),
    *("http://SITE/petitions/%00/", "http://SITE/petitions/-1/", "http://SITE/\0", "http://SITE"),
    *("http://SITE.evil.example/acts/", "http://evil.example/?http://SITE/acts/", "x" * 5000),
]


@pytest.mark.parametrize("url", OTHERS, ids=range(len(OTHERS)))
def test_no_other_address_has_a_frame(client, settings, url):
    own = settings.SITE_URL.partition("://")[2]
    asked = quote(url.replace("SITE", own), safe="")
    answer = client.get(f"/oembed/?url={asked}")
    assert answer.status_code == 404
    assert "iframe" not in answer.text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        *(("format=xml", 501), ("format=", 501), ("format=json&format=xml", 501)),
        *(("maxwidth=0", 400), ("maxwidth=-5", 400), ("maxwidth=1e3", 400), ("maxheight=x", 400)),
        *(("maxheight=%D9%A3", 400), ("maxwidth=" + "9" * 400, 400), ("maxwidth=3.5", 400)),
        *(("maxwidth=%22onload=x", 400), ("maxheight=", 400), ("maxwidth=1", 200)),
        ("maxwidth=99999&maxheight=99999", 200),
    ],
)
def test_sizes_and_formats_that_are_none_are_refused_in_words(client, settings, query, status):
    answer = client.get(f"/oembed/?url={quote(settings.SITE_URL + '/acts/')}&{query}")
    assert answer.status_code == status
    if status == 200:
        assert (answer.json()["width"] <= 480, answer.json()["height"] <= 360) == (True, True)
    else:
        assert answer.json()["error"]
    assert client.get("/oembed/").status_code == 400
