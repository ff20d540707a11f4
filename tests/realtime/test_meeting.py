"""A meeting live: what its display and its page are told, and who may watch it."""

from __future__ import annotations

import pytest

from core.domain.topics import seq_of
from meetings.course import actions as course_actions
from meetings.models import State
from meetings.questions import actions as questions_actions
from realtime.watch import ANYONE, may_watch
from tests.meetings import factories
from tests.realtime.conftest import targets

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clocked]


def reading(open_socket, live, meeting, variant=""):
    reader = open_socket(live, meeting.topic, seq=seq_of(meeting.topic), variant=variant)
    reader.next()
    return reader


def test_a_question_on_its_way_to_the_display_and_off_it(live, olena, bohdan, open_socket):
    by = factories.secretary()
    meeting = factories.meeting(State.RUNNING)
    factories.on_item(meeting)
    page, screen = (reading(open_socket, live, meeting, variant) for variant in ("", "display"))
    question = factories.question(meeting, olena, text="Хто платить?")
    for reader in (page, screen):
        frame = reader.drawn(timeout=1)
        assert "Хто платить?" not in str(frame)
    questions_actions.show(question, by=by)
    assert targets(page.drawn(timeout=1)) == ["meeting-floor"]
    screen.drawn(timeout=1)
    questions_actions.put_live(question, by=by, seen_live=None)
    page.drawn(timeout=1)
    assert "Хто платить?" in screen.drawn(timeout=1)["html"][0]["html"]
    questions_actions.support(question, by=bohdan)
    frame = page.drawn(timeout=1)
    assert targets(frame) == [f"question-{question.pk}"]
    assert "<dd>1</dd>" in screen.drawn(timeout=1)["html"][0]["html"]
    course_actions.blank(meeting, by=by)
    assert "Хто платить?" not in screen.drawn(timeout=1)["html"][0]["html"]
    course_actions.unblank(meeting, by=by)
    assert "Хто платить?" in screen.drawn(timeout=1)["html"][0]["html"]
    questions_actions.hide(question, by=by, reason="Не про те")
    assert "Хто платить?" not in screen.drawn(timeout=1)["html"][0]["html"]
    page.until(lambda frame: "meeting-floor" in str(frame.get("html")), timeout=1)


def test_a_draft_is_watched_by_who_prepares_it(olena):
    draft = factories.meeting(State.DRAFT)
    people = (ANYONE, olena, factories.secretary())
    assert [may_watch(who, draft.topic) for who in people] == [False, False, True]
    assert may_watch(ANYONE, factories.meeting(State.ANNOUNCED).topic)
    assert may_watch(ANYONE, "meetings")
