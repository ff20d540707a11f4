"""What PostgreSQL itself guarantees: written past the actions, it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from core.domain import clock
from meetings.models import (
    Deputy,
    Item,
    LogEntry,
    Meeting,
    Presence,
    Question,
    RollCall,
    Seat,
    Speaker,
    State,
    Vote,
)
from meetings.rollcalls import actions
from tests.meetings import factories

pytestmark = pytest.mark.django_db


@contextmanager
def violated(name: str) -> Iterator[None]:
    """PostgreSQL refuses what is done within, by the constraint of this name."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        yield
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.fixture
def running() -> Meeting:
    return factories.meeting(State.RUNNING)


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"kind": "hearing"}, "meeting_of_a_body_or_of_none"),
        ({"ends_at": "2020-01-01 10:00+02"}, "meeting_ends_after_it_begins"),
        ({"published_at": None}, "meeting_opened_when_published"),
        ({"closed_at": "2020-01-01 10:00+02"}, "meeting_closed_after_opening"),
        (
            {"cancelled_at": "2030-01-01 10:00+02", "cancelled_reason": "Бо"},
            "meeting_cancelled_before_opening",
        ),
        ({"cancelled_at": "2030-01-01 10:00+02"}, "meeting_cancelled_before_opening"),
        ({"video_url": "https://video.example"}, "meeting_video_after_closing"),
        ({"minutes_published_at": "2030-01-01 10:00+02"}, "meeting_minutes_after_closing"),
        ({"minutes_due_on": "2030-01-01"}, "meeting_minutes_due_after_closing"),
    ],
)
def test_moments_of_a_meeting(running, values, name):
    with violated(name):
        Meeting.objects.filter(pk=running.pk).update(**values)


def test_a_closed_meeting_is_at_no_item_and_shows(running):
    item = factories.on_item(running)
    now = clock.now()
    with violated("meeting_current_item_while_running"):
        Meeting.objects.filter(pk=running.pk).update(closed_at=now)
    with violated("meeting_blank_while_running"):
        Item.objects.filter(pk=item.pk).update(state="done", closed_at=now)
        Meeting.objects.filter(pk=running.pk).update(
            closed_at=now, current_item=None, is_blank=True
        )


def test_the_current_item_is_the_one_whose_state_says_so(running):
    item = factories.on_item(running)
    with violated("meeting_current_item"):
        Meeting.objects.filter(pk=running.pk).update(current_item=None)
    with violated("meeting_current_item"):
        Item.objects.filter(pk=item.pk).update(state="done", closed_at=clock.now())
    with violated("item_one_current"):
        running.items.filter(order=2).update(state="current", opened_at=clock.now())
    with violated("item_moments_of_its_state"):
        running.items.filter(order=2).update(state="done")


def test_places_of_an_agenda(running):
    with violated("item_order_once"):
        running.items.filter(order=2).update(order=1)


def test_a_published_meeting_is_not_deleted(running):
    with violated("meeting_published_stays"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM meetings_meeting WHERE id = %s", [running.pk])


def test_a_closed_roll_call_and_its_votes_are_frozen(running):
    factories.everybody_is_here(running)
    factories.on_item(running)
    deputy, *_rest = factories.deputies(running.body)
    roll_call = factories.roll_call(running)
    by = factories.secretary()
    actions.enter_vote(roll_call, deputy, by=by, choice="for")
    with violated("vote_once"):
        Vote.objects.create(
            roll_call=roll_call, deputy=deputy, choice="for", by=by, entered="secretary"
        )
    with violated("rollcall_one_open"):
        RollCall.objects.create(
            item=roll_call.item, question="?", membership=5, opened_at=clock.now()
        )
    actions.close_roll_call(roll_call, by=by)
    votes = Vote.objects.filter(roll_call=roll_call, deputy=deputy)
    with violated("vote_while_open"):
        votes.update(choice="against")
    with violated("vote_while_open"):
        votes.delete()
    extra = Deputy.objects.create(name="Хтось Інший", since=factories.LONG_AGO)
    with violated("vote_while_open"):
        Vote.objects.create(roll_call=roll_call, deputy=extra, choice="absent")
    closed = RollCall.objects.filter(pk=roll_call.pk)
    for changed in (
        {"question": "Інше"},
        {"membership": 6},
        {"present": 4},
        {"needs": "procedural"},
        {"closed_at": None, "present": None},
    ):
        with violated("rollcall_frozen"):
            closed.update(**changed)
    published = clock.now()
    closed.update(published_at=published)
    with violated("rollcall_frozen"):
        closed.update(published_at=published + timedelta(days=1))


def test_the_log_is_only_added_to(running):
    for statement in (
        "UPDATE meetings_logentry SET words = 'x'",
        "DELETE FROM meetings_logentry",
    ):
        with violated("log_is_kept"), connection.cursor() as cursor:
            cursor.execute(statement)
    assert LogEntry.objects.filter(meeting=running).exists()


def test_nobody_is_present_twice_at_once(running):
    deputy = factories.deputies(running.body)[0]
    now = clock.now()
    Presence.objects.create(
        meeting=running, deputy=deputy, came_at=now, left_at=now + timedelta(minutes=5)
    )
    Presence.objects.create(meeting=running, deputy=deputy, came_at=now + timedelta(minutes=5))
    with violated("presence_once_at_a_time"):
        Presence.objects.create(meeting=running, deputy=deputy, came_at=now + timedelta(minutes=4))
    with violated("presence_leaves_after_coming"):
        Presence.objects.filter(left_at=None).update(left_at=now)


def test_a_seat_is_taken_once_at_a_time(running):
    seat = Seat.objects.filter(body=running.body).first()
    again = {"body": seat.body, "deputy": seat.deputy}
    with violated("seat_once_at_a_time"):
        Seat.objects.create(**again, since=clock.now().date())
    with violated("seat_ends_after_it_starts"):
        Seat.objects.filter(pk=seat.pk).update(until=seat.since - timedelta(days=1))


def test_states_of_questions(running, olena: User):
    question, other = (
        factories.question(running, olena, text=text, state="shown") for text in ("Коли?", "Де?")
    )
    mine = Question.objects.filter(pk=question.pk)
    mine.update(is_live=True)
    with violated("question_one_live"):
        Question.objects.filter(pk=other.pk).update(is_live=True)
    with violated("question_live_when_shown"):
        mine.update(state="later")
    with violated("question_hidden_with_reason"):
        mine.update(state="hidden", is_live=False)
    with violated("question_merged_into_one"):
        mine.update(state="merged", is_live=False)
    with violated("question_merged_into_one"):
        mine.update(state="merged", is_live=False, merged_into=question)
    with violated("question_answered_at_a_moment"):
        mine.update(answer="Так")


def test_one_speaks_at_a_time(running, olena: User):
    item = factories.on_item(running)
    now = clock.now()
    Speaker.objects.create(item=item, user=olena, began_at=now)
    with violated("speaker_one_at_a_time"):
        Speaker.objects.create(item=item, name="Хтось", began_at=now)
    with violated("speaker_is_somebody"):
        Speaker.objects.create(item=item)
    Speaker.objects.create(item=item, user=olena)
    with violated("speaker_waits_once_by_account"):
        Speaker.objects.create(item=item, user=olena)
