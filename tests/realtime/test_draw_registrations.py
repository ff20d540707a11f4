"""What the hub draws of registration for a meeting is what its page holds, for every viewer."""

from __future__ import annotations

from io import BytesIO

import pytest
from lxml import html

from core.domain.topics import seqs_of
from core.web.pages import forget_pages
from meetings.documents import actions as documents
from meetings.models import State
from meetings.registration import actions
from realtime.drawing import draw
from realtime.of_registrations import OF_REGISTRATIONS
from realtime.parts import PAGE
from tests.meetings import factories
from tests.realtime.test_draw import same_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(olena, bohdan, settings, tmp_path):
    """One that is announced, with a document: the last place is taken."""
    settings.MEDIA_ROOT = tmp_path
    made = factories.meeting(State.ANNOUNCED, kind="hearing", capacity=1)
    actions.register(made, by=olena, needs="Пандус", consents=True)
    actions.register(made, by=bohdan)
    by = factories.secretary()
    documents.add(made, by=by, title="Довідка", file=BytesIO(b"%PDF-1.7\n%%EOF\n"))
    return made


@pytest.mark.parametrize("viewer", [None, "olena", "bohdan"])
def test_parts_are_the_same_in_the_page_of_any_viewer(meeting, viewer, request, client):
    if viewer:
        client.force_login(request.getfixturevalue(viewer))
    forget_pages()
    page = client.get(f"/meetings/{meeting.pk}/").content
    for line in OF_REGISTRATIONS:
        changes = [(line.events[0].__name__, meeting.pk)]
        drawn = draw(meeting.topic, changes, [("uk", PAGE)])["uk", PAGE]
        assert drawn, line
        same_in(html.fromstring(page), drawn)
        assert not any("Пандус" in operation.get("html", "") for operation in drawn)


def test_whoever_registers_changes_the_page(meeting, charlie):
    before = seqs_of([meeting.topic])[meeting.topic]
    actions.withdraw(actions.register(meeting, by=charlie), by=charlie)
    assert seqs_of([meeting.topic])[meeting.topic] == before + 2
