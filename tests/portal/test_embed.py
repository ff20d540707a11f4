"""Displays in other sites' frames: these addresses alone, without session and cookies."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from core.web.pages import forget_pages
from meetings.models import State
from tests import factories as things
from tests.meetings import factories
from tests.votes import factories as polls

pytestmark = pytest.mark.django_db
NOBODY = "frame-ancestors 'none'"


@pytest.fixture
def displays(ofi: Any, department: Any) -> list[str]:
    meeting = factories.meeting(State.RUNNING)
    consultation = things.consultation(department)
    poll = polls.poll(ofi, department)
    return [
        f"meetings/{meeting.pk}/display/",
        f"consultations/{consultation.pk}/display/",
        f"polls/{poll.pk}/display/",
    ]


def test_displays_alone_are_shown_in_frames(client, olena, displays, settings):
    client.force_login(olena)
    for path in displays:
        for prefix in ("/embed/", "/en/embed/"):
            forget_pages()
            with CaptureQueriesContext(connection) as queries:
                shown = client.get(prefix + path)
            assert shown.status_code == 200, path
            assert "frame-ancestors *" in shown.headers["Content-Security-Policy"]
            assert "default-src 'self'" in shown.headers["Content-Security-Policy"]
            assert "X-Frame-Options" not in shown.headers
            assert not shown.cookies
            asked = " ".join(query["sql"] for query in queries)
            assert "session" not in asked
            assert olena.given_name not in shown.text
        inside = client.get(f"/{path}")
        assert NOBODY in inside.headers["Content-Security-Policy"]
        assert inside.headers["X-Frame-Options"] == "DENY"

    settings.EMBED_ORIGINS = ["https://rada.example", "https://news.example"]
    policy = client.get(f"/embed/{displays[0]}").headers["Content-Security-Policy"]
    assert "frame-ancestors https://rada.example https://news.example" in policy


def test_what_is_not_there_refuses_frames(client, displays):
    draft = factories.meeting(State.DRAFT)
    for path in (f"meetings/{draft.pk}/display/", "meetings/1/", "meetings/1/control/", ""):
        missing = client.get(f"/embed/{path}")
        assert missing.status_code == 404
        assert NOBODY in missing.headers["Content-Security-Policy"]
        assert missing.headers["X-Frame-Options"] == "DENY"


def test_a_secretary_sees_no_draft_in_a_frame(client):
    """Whoever asks, it is drawn as for a stranger."""
    client.force_login(factories.secretary())
    draft = factories.meeting(State.DRAFT)
    assert client.get(f"/meetings/{draft.pk}/display/").status_code == 200
    assert client.get(f"/embed/meetings/{draft.pk}/display/").status_code == 404


def test_the_desk_has_the_code_to_copy(client, settings):
    client.force_login(factories.secretary())
    meeting = factories.meeting(State.ANNOUNCED, title='Сесія "Дороги"')
    page = client.get(f"/desk/meetings/{meeting.pk}/").text
    code = html.fromstring(page).xpath("string(//*[@id='embed-code'])")
    frame = html.fromstring(code)
    assert frame.get("src") == f"{settings.SITE_URL}/embed/meetings/{meeting.pk}/display/"
    assert frame.get("title") == 'Сесія "Дороги"'
    draft = factories.meeting(State.DRAFT)
    assert "iframe" not in client.get(f"/desk/meetings/{draft.pk}/").text
