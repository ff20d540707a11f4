"""What people have in meetings when accounts are joined or erased, and what staff has to do."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from accounts.data.actions import erase
from accounts.identity.handlers import merge
from accounts.models import User
from city.lists import description as city
from city.models import Department
from core.domain import clock as database_clock
from core.domain.calendar import kyiv, local_date
from core.domain.deadlines import deadlines_of
from meetings.course import actions as course_actions
from meetings.models import Deputy, Meeting, Question, QuestionSupport, Speaker, State
from meetings.questions import actions as questions_actions
from meetings.record import actions as record_actions
from meetings.rollcalls import actions as rollcalls_actions
from meetings.speakers import actions as speakers_actions
from tests import factories as people
from tests.meetings import factories

pytestmark = pytest.mark.django_db


def test_two_accounts_of_one_person_become_one(olena: User, bohdan: User, charlie: User):
    meeting = factories.meeting(State.RUNNING)
    item = factories.on_item(meeting)
    mine, theirs = (
        factories.question(meeting, author, text=author.given_name, state="shown")
        for author in (bohdan, charlie)
    )
    for person in (olena, bohdan):
        questions_actions.support(theirs, by=person)
        speakers_actions.ask_to_speak(item, by=person)
    questions_actions.support(mine, by=olena)
    assert meeting.body is not None
    deputy = factories.deputies(meeting.body)[0]
    deputy.user = bohdan
    deputy.save()
    merge(olena, bohdan)
    assert Question.objects.get(pk=mine.pk).author == olena
    assert list(QuestionSupport.objects.values_list("question", "user")) == [(theirs.pk, olena.pk)]
    assert Speaker.objects.filter(user=olena, withdrawn_at=None).count() == 1
    assert Deputy.objects.get(pk=deputy.pk).user == olena


def test_an_erasure_takes_what_nobody_has_read(olena: User):
    meeting = factories.meeting(State.RUNNING)
    assert meeting.body is not None
    deputy = factories.deputies(meeting.body)[0]
    deputy.user = olena
    deputy.save()
    shown, waiting, hidden = (
        factories.question(meeting, olena, text=state, state=state)
        for state in ("shown", "waiting", "hidden")
    )
    factories.on_item(meeting)
    roll_call = factories.roll_call(meeting)
    rollcalls_actions.vote(roll_call, deputy, by=olena, choice="for")
    erase(olena, by=olena)
    left = dict(Question.objects.values_list("pk", "text"))
    assert left == {shown.pk: "shown", waiting.pk: "", hidden.pk: ""}
    fresh = Question.objects.select_related("author").get(pk=shown.pk)
    assert fresh.author_shown == "видалений користувач"
    deputy.refresh_from_db()
    assert (deputy.user, deputy.votes.get().choice) == (None, "for")


def test_what_is_due_stands_on_the_desk_of_who_runs_the_meeting(noon):
    by = factories.secretary()
    draft = factories.meeting(
        State.DRAFT, begins_at=database_clock.now() + timedelta(days=30), title="Наступна сесія"
    )
    meeting = factories.meeting(State.RUNNING)
    factories.on_item(meeting)
    roll_call = factories.roll_call(meeting)
    rollcalls_actions.close_roll_call(roll_call, by=by)
    meeting.refresh_from_db()
    meeting = course_actions.close_meeting(meeting, by=by, seen_item=meeting.current_item_id)
    today = local_date(database_clock.now())

    def due(user: User) -> dict[str, int]:
        return {
            each.kind: (each.due_on - today).days
            for each in deadlines_of(user)
            if each.kind.startswith("meeting-")
        }

    assert meeting.minutes_due_on is not None
    assert due(by) == {
        "meeting-notice": 20,
        "meeting-video": 1,
        "meeting-roll-call": 0,
        "meeting-minutes": (meeting.minutes_due_on - today).days,
    }
    elsewhere = Department.objects.create(name="Інше", slug="other")
    other = people.user("away", role="secretary", department=elsewhere)
    assert due(other) == {}
    rollcalls_actions.publish_roll_call(roll_call, by=by)
    record_actions.publish_video(meeting, by=by, url="https://video.example/1")
    record_actions.publish_minutes(meeting, by=by, url="https://rada.example/1.pdf")
    draft.delete()
    assert due(by) == {}


def test_another_calendar_moves_the_day_of_the_minutes(clock):
    city.describe({"martial_law": [{"starts_on": date(2022, 2, 24), "ends_on": None, "act": "У"}]})
    clock.stop(kyiv(date(2027, 3, 5)) + timedelta(hours=12))
    meeting = factories.meeting(State.CLOSED)
    assert meeting.minutes_due_on == date(2027, 3, 12)
    ended = {"starts_on": date(2022, 2, 24), "ends_on": date(2027, 3, 6), "act": "У"}
    city.describe({"martial_law": [ended]})
    # 8 March is a day off again.
    assert Meeting.objects.get(pk=meeting.pk).minutes_due_on == date(2027, 3, 15)


@pytest.fixture
def noon(clock) -> None:
    """So that the test ends on the day on which it began."""
    clock.stop(kyiv(date(2027, 4, 14)) + timedelta(hours=12))
