"""What of a frame is drawn: nothing twice, and the meeting is read once for all of it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.models import State
from realtime.drawing import draw
from realtime.parts import DISPLAY, PAGE
from tests.meetings import factories

pytestmark = pytest.mark.django_db


def test_what_a_part_holds_is_not_drawn_beside_it(olena):
    meeting = factories.meeting(State.RUNNING)
    factories.on_item(meeting)
    question = factories.question(meeting, olena, state="shown")
    changes = [
        ("QuestionSupported", question.pk),
        ("DeputyCame", meeting.pk),
        ("QuestionShown", meeting.pk),
        ("SpeakerAsked", meeting.pk),
    ]
    views = [("uk", PAGE), ("en", PAGE), ("uk", DISPLAY)]
    with CaptureQueriesContext(connection) as queries:
        drawn = draw(meeting.topic, changes, views)
    targets = [operation["target"] for operation in drawn["uk", PAGE] or ()]
    assert targets == ["meeting-present", "meeting-floor", "meeting-speakers"]
    rows = [query["sql"] for query in queries if 'FROM "meetings_meeting"' in query["sql"]]
    assert len(rows) == 1
    closed = draw(meeting.topic, [*changes, ("ItemOpened", meeting.pk)], [("uk", PAGE)])
    targets = [operation["target"] for operation in closed["uk", PAGE] or ()]
    assert targets == ["meeting-floor", "meeting-course"]
