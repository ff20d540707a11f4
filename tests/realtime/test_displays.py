"""Paired displays live: each is told its own picture, blank reaches all, who was away resyncs."""

from __future__ import annotations

import pytest
from lxml import html

from core.domain.topics import seq_of
from core.web.pages import forget_pages
from meetings.course import actions as course_actions
from meetings.displays import actions
from meetings.models import Picture, State
from tests.meetings import factories
from tests.meetings.displays.test_displays_paired import paired_display

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clocked]


def test_each_display_is_told_its_own_picture_and_blank_reaches_all(live, open_socket):
    by = factories.secretary()
    meeting = factories.meeting(State.RUNNING)
    paired_display(meeting)
    second = paired_display(meeting, "another", picture=Picture.ANNOUNCEMENT, words="Перерва")
    main, one, two = (
        open_socket(live, meeting.topic, seq=seq_of(meeting.topic), variant=variant)
        for variant in ("display", "display-1", "display-2")
    )
    for reader in (main, one, two):
        reader.next()
    factories.on_item(meeting)
    for reader in (main, one):
        assert "Питання 1" in reader.drawn(timeout=1)["html"][0]["html"]
    assert "Питання 1" not in two.drawn(timeout=1)["html"][0]["html"]
    actions.show(second, by=by, picture=Picture.MAIN, seen_revision=2)
    assert "Питання 1" in two.drawn(timeout=1)["html"][0]["html"]
    for reader in (main, one):
        reader.drawn(timeout=1)
    course_actions.blank(meeting, by=by)
    for reader in (main, one, two):
        assert "display-meeting--blank" in reader.drawn(timeout=1)["html"][0]["html"]


def test_a_display_that_was_away_for_an_hour_resyncs_by_one_request(
    live, open_socket, client, clock
):
    meeting = factories.meeting(State.RUNNING)
    paired_display(meeting)
    address = f"/meetings/{meeting.pk}/displays/1/?board"
    before = int(html.fromstring(client.get(address).text).get("data-seq"))
    for order in (1, 2, 3):
        factories.on_item(meeting, order)
    clock.advance(hours=1)
    back = open_socket(live, meeting.topic, seq=before, variant="display-1")
    wanted = back.until(lambda frame: "resync" in frame)["resync"]
    forget_pages()
    board = html.fromstring(client.get(address).text)
    assert int(board.get("data-seq")) == wanted == seq_of(meeting.topic)
    assert "Питання 3" in board.text_content()
