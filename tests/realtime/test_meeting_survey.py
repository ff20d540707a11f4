"""A survey of those present is watched with its meeting: its turnout, its bars, its close."""

from __future__ import annotations

import pytest

from meetings.models import State
from realtime import samples
from realtime.drawing import draw_dependent_regions
from tests.meetings import factories
from votes.ballots import actions as ballots_actions
from votes.life import actions as life_actions

pytestmark = pytest.mark.django_db


def test_its_turnout_and_bars_are_the_meeting_s(olena, clock, django_assert_num_queries):
    meeting = factories.meeting(State.RUNNING, kind="hearing")
    topic = meeting.topic
    with django_assert_num_queries(2):  # surveys, shows of hands
        before = samples.take({topic: None})[topic]
    assert before.turnout is None
    assert before.since(None) == {}

    quick = factories.quick_poll(meeting)
    opened = samples.take({topic: before})[topic]
    assert opened.since(before) == {"turnout": 0}
    question = quick.poll.questions.get()
    ballots_actions.cast(quick.poll, by=olena, choices={str(question.pk): "yes"})
    voted = samples.take({topic: opened})[topic]
    assert voted.since(opened) == {"turnout": 1}
    assert voted.bars != opened.bars
    ((operation,),) = draw_dependent_regions(topic, [("uk", "display")]).values()
    assert operation["target"] == "board"
    assert "1 · 100%" in operation["html"]

    # Who watches learns at once that its time is over, and no figure is told any more.
    clock.advance(hours=1)
    assert samples.take({topic: voted})[topic].turnout is not None
    quick.refresh_from_db()
    assert quick.closed_at == quick.poll.closes_at
    over = samples.take({topic: voted})[topic]
    assert over.since(voted) == {}
    assert life_actions.tell_what_closed() == 0
