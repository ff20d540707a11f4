"""What the hub draws of a meeting is what its page and its display hold, for every viewer."""

from __future__ import annotations

from dataclasses import fields

import pytest
from lxml import html

from core.domain.actions import action
from core.domain.events import emit
from core.domain.topics import seqs_of
from core.web.pages import forget_pages
from meetings.course import actions as course_actions
from meetings.models import State
from meetings.questions import actions as questions_actions
from meetings.rollcalls import actions as rollcalls_actions
from meetings.speakers import actions as speakers_actions
from realtime.drawing import draw
from realtime.of_meetings import OF_MEETINGS
from realtime.parts import DISPLAY, PAGE
from tests.meetings import factories
from tests.realtime.test_draw import same_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]
PAGES = {PAGE: "/meetings/{}/", DISPLAY: "/meetings/{}/display/"}


@pytest.fixture
def meeting(olena, bohdan):
    """One that is going on, with a question of each state, speakers and an open roll-call."""
    made = factories.meeting(State.RUNNING)
    factories.everybody_is_here(made)
    item = factories.on_item(made)
    by = factories.secretary()
    closed = rollcalls_actions.close_roll_call(factories.roll_call(made), by=by)
    rollcalls_actions.publish_roll_call(closed, by=by)
    for state in ("waiting", "hidden", "answered", "later"):
        factories.question(made, olena, state=state, text=f"Лайка {state}?")
    shown = factories.question(made, olena, state="shown")
    questions_actions.support(shown, by=bohdan)
    questions_actions.put_live(shown, by=by, seen_live=None)
    speakers_actions.begin_speech(factories.speaker(item), by=by, seen_speaker=None)
    factories.speaker(item, name="Іван Сич")
    factories.roll_call(made)
    return made


def things_of(made, line) -> list[int]:
    roll_calls = [each.pk for item in made.items.all() for each in item.roll_calls.all()]
    asked = list(made.questions.values_list("pk", flat=True))
    return {"meeting_id": [made.pk], "roll_call_id": roll_calls, "question_id": asked}[line.thing]


@pytest.mark.parametrize(
    ("viewer", "language"), [(None, "uk"), (None, "en"), ("olena", "uk"), ("bohdan", "en")]
)
@pytest.mark.parametrize("variant", [PAGE, DISPLAY])
def test_parts_of_a_meeting_are_the_same_in_the_page_of_any_viewer(
    meeting, client, request, variant, viewer, language
):
    if viewer:
        client.force_login(request.getfixturevalue(viewer))
    prefix = "" if language == "uk" else "/en"
    forget_pages()
    page = client.get(prefix + PAGES[variant].format(meeting.pk)).content
    for line in OF_MEETINGS:
        changes = [(line.events[0].__name__, thing) for thing in things_of(meeting, line)]
        drawn = draw(meeting.topic, changes, [(language, variant)])[language, variant]
        assert drawn, line
        same_in(html.fromstring(page), drawn)
        for operation in drawn:
            said = operation.get("html", "")
            for never in ("csrf", "<form", "Лайка waiting", "Лайка hidden"):
                assert never not in said, line


def test_every_event_of_meetings_raises_its_topic(meeting):
    for event_type in (event for line in OF_MEETINGS for event in line.events):
        rest = {field.name: 1 for field in fields(event_type)} | {"meeting_id": meeting.pk}
        before = seqs_of([meeting.topic])
        with action():
            emit(event_type(**rest))
        assert seqs_of([meeting.topic])[meeting.topic] == before[meeting.topic] + 1


def test_a_draft_is_drawn_for_nobody(olena):
    draft = factories.meeting(State.DRAFT)
    drawn = draw(draft.topic, [("AgendaChanged", draft.pk)], [("uk", PAGE)])["uk", PAGE]
    assert drawn == [
        {"target": target, "swap": "remove"} for target in ("meeting-course", "meeting-floor")
    ]


def test_a_vote_tells_pages_a_number_and_no_more(meeting):
    """64 votes in a minute, to everybody's telephone."""
    roll_call = factories.RollCall.objects.get(closed_at=None)
    deputy = factories.deputies(meeting.body)[0]
    rollcalls_actions.enter_vote(roll_call, deputy, by=factories.secretary(), choice="against")
    (told,) = draw(meeting.topic, [("VoteCast", roll_call.pk)], [("uk", PAGE)])["uk", PAGE]
    assert len(told["html"]) < 400
    assert "<strong>1</strong>" in told["html"]


def test_a_blanked_display_is_drawn_without_a_word(meeting):
    course_actions.blank(meeting, by=factories.secretary())
    (told,) = draw(meeting.topic, [("DisplaysBlanked", meeting.pk)], [("uk", DISPLAY)])[
        "uk", DISPLAY
    ]
    assert "Питання" not in told["html"]
    assert "display-meeting--blank" in told["html"]
