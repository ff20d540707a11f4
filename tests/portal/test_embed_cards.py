"""Cards in other sites' frames: how a thing stands, without session, cookies and scripts."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from consultations.models import State as ConsultationState
from core.web.pages import forget_pages
from petitions.models import State as PetitionState
from petitions.signing import counting
from tests import factories as things
from tests.petitions import factories as petitions
from tests.votes import factories as polls
from votes.ballots.actions import cast
from votes.models import State as PollState

pytestmark = pytest.mark.django_db


@pytest.fixture
def cards(bohdan: Any, ofi: Any, department: Any) -> dict[str, Any]:
    """Path of a card -> what it is about."""
    signed = petitions.petition(bohdan, title="Лавки у парку")
    petitions.signatures(signed, 3)
    counting.recount([signed.pk])
    asked = things.consultation(department)
    poll = polls.poll(ofi, department)
    return {
        f"petition/{signed.pk}/": signed,
        f"consultation/{asked.pk}/": asked,
        f"poll/{poll.pk}/": poll,
    }


def test_it_is_a_strangers_card_for_a_frame(client, olena, cards, settings):
    client.force_login(olena)
    settings.EMBED_ORIGINS = ["https://news.example"]
    for path, thing in cards.items():
        for prefix in ("/embed/", "/en/embed/"):
            forget_pages()
            with CaptureQueriesContext(connection) as queries:
                shown = client.get(prefix + path)
            assert shown.status_code == 200, path
            assert thing.title in shown.text
            assert "frame-ancestors https://news.example" in shown["Content-Security-Policy"]
            assert "X-Frame-Options" not in shown.headers
            assert not shown.cookies
            assert "session_key" not in " ".join(query["sql"] for query in queries)
            assert len(queries) <= 12, path
            assert olena.given_name not in shown.text
            assert "<script" not in shown.text
            links = html.fromstring(shown.text).xpath("//a")
            assert links
            for link in links:
                assert link.get("target") == "_blank"
                assert link.get("rel") == "noopener"
                assert link.get("href").startswith(settings.SITE_URL)


def test_it_is_kept_and_asked_for_again_cheaply(client, cards):
    for path in cards:
        first = client.get(f"/embed/{path}")
        assert first.headers["Cache-Control"].startswith("public")
        again = client.get(f"/embed/{path}", headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304
        assert "frame-ancestors *" in again.headers["Content-Security-Policy"]
        packed = client.get(f"/embed/{path}", headers={"Accept-Encoding": "gzip"})
        assert packed.headers["Content-Encoding"] == "gzip"


def test_what_it_says(client, cards, olena, department, ofi):
    petition, consultation, _poll = cards
    text = client.get(f"/en/embed/{petition}").text
    assert html.fromstring(text).xpath("string(//progress/@value)") == "3"
    assert "Read and sign" in text
    assert "have your say" in client.get(f"/en/embed/{consultation}").text
    reported = things.consultation(department, ConsultationState.REPORTED)
    told = client.get(f"/en/embed/consultation/{reported.pk}/").text
    assert "what became of the remarks" in told


def test_results_are_told_once_they_are_published(client, olena, ofi, department):
    made = polls.poll(ofi, department)
    cast(made, by=olena, choices=polls.choose(made))
    path = f"/en/embed/poll/{made.pk}/"
    before = client.get(path).text
    assert "embed__options" not in before
    assert "Read and vote" in before
    counted = polls.poll(ofi, department, PollState.PUBLISHED)
    after = client.get(f"/en/embed/poll/{counted.pk}/").text
    assert "embed__options" in after
    assert "All results" in after


def test_there_is_none_of_what_is_not_public(client, bohdan, ofi, department):
    hidden = {
        "petition": petitions.petition(bohdan, PetitionState.DRAFT),
        "consultation": things.consultation(department, ConsultationState.PREPARING),
        "poll": polls.poll(ofi, department, PollState.DRAFT),
    }
    client.force_login(ofi)
    for kind, thing in hidden.items():
        assert client.get(f"/embed/{kind}/{thing.pk}/").status_code == 404, kind


def test_its_page_has_the_code_to_copy(client, cards, settings):
    for path, thing in cards.items():
        page = client.get(thing.get_absolute_url()).text
        frame = html.fromstring(html.fromstring(page).xpath("string(//*[@id='embed-code'])"))
        assert frame.get("src") == f"{settings.SITE_URL}/embed/{path}"
        assert frame.get("title") == thing.title
