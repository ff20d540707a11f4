"""Undoing the last step of a meeting, and reopening one that was closed by mistake."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from core.domain import clock as database
from meetings.course import actions as course_actions
from meetings.log import replay
from meetings.minutes.queries import gather, minutes_of
from meetings.models import Meeting, Outcome, Question, State
from meetings.pauses.actions import begin_pause
from meetings.presence import actions as presence_actions
from meetings.questions import actions as questions_actions
from meetings.rollcalls import actions as rollcalls_actions
from meetings.speakers import actions as speakers_actions
from meetings.undoing import actions as undoing
from meetings.undoing.queries import last_step
from tests import factories as people
from tests.meetings import factories
from tests.meetings.factories import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(db: None) -> Meeting:
    """A session at its first item."""
    meeting = factories.meeting(State.RUNNING)
    factories.on_item(meeting)
    meeting.refresh_from_db()
    return meeting


@pytest.fixture
def sent(db: None) -> Callable[[], int]:
    """How many mailings to who asked without an answer are queued."""
    about = {"args__template": "meetings/unanswered"}
    return ProcrastinateJob.objects.filter(**about).count


def undo(meeting: Meeting) -> None:
    meeting.refresh_from_db()
    last = last_step(meeting)
    undoing.undo(meeting, by=factories.secretary(), seen=last.pk if last else None)
    meeting.refresh_from_db()


def states(meeting: Meeting) -> list[str]:
    return list(meeting.items.order_by("order").values_list("state", flat=True))


def last_line(meeting: Meeting) -> tuple[str, str]:
    """The kind of the last line of the log, and what the replay says of it."""
    entry = replay.queries.log_of(meeting).last()
    assert entry is not None
    return entry.kind, replay.words_of_entry(entry, {})


def close(meeting: Meeting) -> None:
    course_actions.close_meeting(
        meeting, by=factories.secretary(), seen_item=meeting.current_item_id
    )
    meeting.refresh_from_db()


def test_the_next_item_is_undone_with_a_line_of_its_own(running, clock):
    clock.stop(database.now())
    before = running.log.count()
    course_actions.next_item(running, by=factories.secretary(), seen_item=running.current_item_id)
    clock.stop(database.now() + timedelta(seconds=6))
    # Who comes meanwhile is no step.
    presence_actions.come(running, factories.deputies(running.body)[0], by=factories.secretary())
    undo(running)
    assert states(running) == ["current", "planned", "planned"]
    assert last_line(running) == ("item_undone", "2. Питання 2; через 6 с")
    assert running.log.count() == before + 5  # nothing is deleted
    with refused("undo.nothing"):
        undo(running)


def test_an_item_that_was_taken_up_again_has_been_considered_as_before(running):
    by = factories.secretary()
    first = running.current_item
    course_actions.next_item(running, by=by, seen_item=first.pk)
    first.refresh_from_db()
    closed_at = first.closed_at
    factories.on_item(running, 1)
    undo(running)
    assert states(running) == ["done", "current", "planned"]
    first.refresh_from_db()
    assert first.closed_at == closed_at


def test_the_last_item_is_taken_up_again_after_the_end_of_the_agenda(running):
    item = factories.on_item(running, 3)
    course_actions.next_item(running, by=factories.secretary(), seen_item=item.pk)
    undo(running)
    assert running.current_item == item
    assert last_line(running)[0] == "item_back"


def test_a_speech_that_was_ended_by_mistake_goes_on_without_the_time_between(running, clock):
    by = factories.secretary()
    clock.stop(database.now())
    speaker = factories.speaker(running.current_item, seconds=60)
    speakers_actions.begin_speech(speaker, by=by, seen_speaker=None)
    clock.stop(database.now() + timedelta(seconds=20))
    speakers_actions.end_speech(speaker, by=by)
    clock.stop(database.now() + timedelta(seconds=5))
    undo(running)
    speaker.refresh_from_db()
    assert speaker.is_speaking
    assert speaker.time_is_up_at == database.now() + timedelta(seconds=40)
    assert last_line(running) == ("speech_back", "Ганна Мороз; через 5 с")


def test_a_question_that_was_not_answered_is_among_the_others_again(running):
    question = factories.question(running, people.user("asker"), state="shown")
    questions_actions.answer(question, by=factories.secretary())
    undo(running)
    question.refresh_from_db()
    assert (question.state, question.answered_at) == (Question.State.SHOWN, None)
    questions_actions.answer(question, by=factories.secretary(), text="У червні.")
    with refused("undo.written"):
        undo(running)


def test_a_closed_roll_call_is_never_undone(running):
    roll_call = factories.roll_call(running)
    with refused("undo.nothing"):
        undo(running)
    rollcalls_actions.close_roll_call(roll_call, by=factories.secretary())
    with refused("undo.nothing"):
        undo(running)


def test_the_second_of_two_secretaries_undoes_nothing_else(running):
    seen = last_step(running)
    factories.on_item(running, 2)
    with refused("meeting.moved_on"):
        undoing.undo(running, by=factories.secretary(), seen=seen.pk)


def test_a_meeting_closed_by_mistake_goes_on_where_it_was(running, clock):
    factories.everybody_is_here(running)
    clock.stop(database.now())
    item = running.current_item
    close(running)
    assert running.minutes_due_on
    clock.stop(database.now() + timedelta(seconds=6))
    undoing.reopen(running, by=factories.secretary())
    running.refresh_from_db()
    assert (running.closed_at, running.minutes_due_on) == (None, None)
    assert running.current_item == item
    assert running.presences.filter(left_at=None).count() == 5
    assert last_line(running) == ("reopened", "через 6 с")
    with refused("undo.nothing"):  # nor is the reopening undone
        undo(running)
    with refused("undo.not_closed"):
        undoing.reopen(running, by=factories.secretary())


def confirm(meeting: Meeting) -> None:
    """What the job does a minute after the close."""
    assert meeting.closed_at is not None
    undoing.confirm_close(meeting.pk, meeting.closed_at)
    meeting.refresh_from_db()


def test_nobody_to_tell_a_minute_later_it_may_still_be_reopened(running):
    close(running)
    confirm(running)
    assert running.close_told_at is None
    undoing.reopen(running, by=factories.secretary())


def test_people_are_told_a_minute_later_and_it_is_not_reopened_any_more(running, sent):
    asker = people.user("asker")
    factories.question(running, asker, state="shown")
    close(running)
    assert sent() == 0
    confirm(running)
    assert running.close_told_at is not None
    assert sent() == 1
    with refused("undo.told"):
        undoing.reopen(running, by=factories.secretary())


def test_a_reopening_within_the_minute_stops_the_mails(running, sent):
    factories.question(running, people.user("asker"), state="shown")
    close(running)
    first = running.closed_at
    undoing.reopen(running, by=factories.secretary())
    undoing.confirm_close(running.pk, first)
    assert sent() == 0
    running.refresh_from_db()
    close(running)
    undoing.confirm_close(running.pk, first)  # the job of the first close comes again
    assert sent() == 0
    confirm(running)
    assert sent() == 1


@pytest.mark.parametrize(
    ("code", "done"),
    [
        ("undo.minutes", {"minutes_published_at": True, "minutes_url": "https://r.example/p"}),
        ("undo.video", {"video_published_at": True, "video_url": "https://r.example/v"}),
        ("undo.outcome", {}),
    ],
)
def test_after_what_is_published_it_is_not_reopened(running, code, done):
    item = running.current_item
    close(running)
    now = database.now()
    if done:
        values = {name: now if value is True else value for name, value in done.items()}
        Meeting.objects.filter(pk=running.pk).update(**values)
    else:
        Outcome.objects.create(item=item, text="Рекомендувати", by=factories.secretary())
    with refused(code):
        undoing.reopen(running, by=factories.secretary())


def test_nothing_is_undone_by_others_or_in_a_pause(running):
    with refused("meeting.runners_only"):
        undoing.undo(running, by=people.user("nobody"), seen=None)
    begin_pause(running, by=factories.secretary(), kind="alarm")
    with refused("meeting.paused"):
        undo(running)


def test_minutes_tell_the_mistake_and_do_not_have_it_considered(running):
    course_actions.next_item(running, by=factories.secretary(), seen_item=running.current_item_id)
    undo(running)
    close(running)
    gathered = gather(running, minutes_of(running, by=factories.secretary()))
    (considered,) = gathered.considered
    assert considered.item.order == 1
    assert len(considered.spans) == 2
    assert [entry.kind for entry in considered.entries] == ["item_undone"]


def test_the_control_page_offers_it(client, running):
    client.force_login(factories.secretary())
    url = f"/meetings/{running.pk}/control/"
    page = client.get(url).text
    assert 'id="undo"' in page
    last = last_step(running)
    client.post(f"{url}undo/", {"seen_entry": last.pk})
    running.refresh_from_db()
    assert running.current_item is None
    client.post(f"{url}close/", {"seen_item": ""})
    assert 'id="reopen"' in client.get(url).text
    client.post(f"{url}reopen/")
    running.refresh_from_db()
    assert running.is_running
