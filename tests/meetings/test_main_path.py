"""A meeting from its plan to its minutes: a session with a roll-call, a hearing with questions."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import User
from core.domain import clock
from core.models import AuditEntry
from meetings import reading
from meetings.actions import course, presence, questions, record, rollcalls, speakers
from meetings.models import Item, LogEntry, Meeting, Question, State, Vote
from meetings.rules import majority
from tests.meetings import factories
from tests.meetings.factories import refused

pytestmark = pytest.mark.django_db
_Kind = LogEntry.Kind


def kinds(meeting: Meeting) -> list[str]:
    return [entry.kind for entry in reading.log_of(meeting)]


def choices(roll_call_id: int) -> list[str]:
    votes = Vote.objects.filter(roll_call=roll_call_id).order_by("deputy")
    return [vote.choice for vote in votes]


def test_a_session_from_its_notice_to_its_minutes():
    by = factories.secretary()
    meeting = factories.meeting(items=2)
    assert meeting.body is not None
    assert meeting.state_at(clock.now()) == State.ANNOUNCED
    course.open_meeting(meeting, by=by)
    first, second, third, fourth, _fifth = factories.deputies(meeting.body)
    for deputy in (first, second, third, fourth):
        presence.come(meeting, deputy, by=by)

    meeting = course.next_item(meeting, by=by, seen_item=None)
    assert meeting.current_item is not None
    roll_call = factories.roll_call(meeting)
    for deputy, choice in ((first, "for"), (second, "against"), (third, "for"), (second, "for")):
        rollcalls.enter_vote(roll_call, deputy, by=by, choice=choice)
    roll_call = rollcalls.close_roll_call(roll_call, by=by)
    assert choices(roll_call.pk) == ["for", "for", "for", "not_voting", "absent"]
    result = majority.result_of(roll_call, choices(roll_call.pk))
    assert (result.for_, result.needed, result.present, result.is_carried) == (3, 3, 4, True)
    rollcalls.publish_roll_call(roll_call, by=by)

    meeting = course.next_item(meeting, by=by, seen_item=meeting.current_item.pk)
    presence.leave(meeting, fourth, by=by)
    meeting = course.close_meeting(meeting, by=by, seen_item=meeting.current_item_id)
    assert meeting.state_at(clock.now()) == State.CLOSED
    assert {item.state for item in meeting.items.all()} == {Item.State.DONE}
    assert not meeting.presences.filter(left_at=None).exists()
    record.publish_video(meeting, by=by, url="https://video.example/1")
    meeting = record.publish_minutes(meeting, by=by, url="https://rada.example/minutes/1.pdf")
    assert kinds(meeting) == [
        _Kind.OPENED,
        *[_Kind.CAME] * 4,
        _Kind.ITEM,
        _Kind.ROLL_CALL,
        _Kind.ROLL_CALL_CLOSED,
        _Kind.ROLL_CALL_PUBLISHED,
        _Kind.ITEM_DONE,
        _Kind.ITEM,
        _Kind.LEFT,
        _Kind.ITEM_DONE,
        _Kind.CLOSED,
        _Kind.VIDEO,
        _Kind.MINUTES,
    ]
    told = AuditEntry.objects.filter(ids__meeting_id=meeting.pk).values_list("event", flat=True)
    assert {"MeetingPublished", "VoteCast", "RollCallPublished", "MinutesPublished"} <= set(told)


def test_the_head_of_the_city_counts_when_they_take_part():
    by = factories.secretary()
    council = factories.body(members=4)
    head = factories.head_of_the_city(council)
    meeting = factories.meeting(State.RUNNING, of=council)
    factories.everybody_is_here(meeting)
    factories.on_item(meeting)

    without = factories.roll_call(meeting)
    with refused("rollcall.head_left_out"):
        rollcalls.enter_vote(without, head, by=by, choice="for")
    assert rollcalls.close_roll_call(without, by=by).membership == 4
    assert len(choices(without.pk)) == 4

    presence.come(meeting, head, by=by)
    beside = factories.roll_call(meeting)
    rollcalls.enter_vote(beside, head, by=by, choice="for")
    beside = rollcalls.close_roll_call(beside, by=by)
    assert (beside.membership, beside.present, len(choices(beside.pk))) == (5, 5, 5)


def test_a_deputy_votes_on_their_telephone(olena: User, bohdan: User):
    meeting = factories.meeting(State.RUNNING)
    assert meeting.body is not None
    mine, another, *_rest = factories.deputies(meeting.body)
    mine.user = olena
    mine.save()
    factories.on_item(meeting)
    roll_call = factories.roll_call(meeting)
    rollcalls.vote(roll_call, mine, by=olena, choice="against")
    given = rollcalls.vote(roll_call, mine, by=olena, choice="abstained")
    assert (given.choice, given.by, given.faction) == ("abstained", olena, mine.faction)
    for deputy, person in ((another, olena), (mine, bohdan)):
        with refused("meeting.deputies_only"):
            rollcalls.vote(roll_call, deputy, by=person, choice="for")
    with refused("rollcall.no_such_choice"):
        rollcalls.vote(roll_call, mine, by=olena, choice="absent")
    rollcalls.close_roll_call(roll_call, by=factories.secretary())
    with refused("rollcall.closed"):
        rollcalls.vote(roll_call, mine, by=olena, choice="for")


def test_a_hearing_with_questions(olena: User, bohdan: User):
    by = factories.secretary()
    meeting = factories.meeting(kind="hearing")
    early = factories.question(meeting, olena, text="Чи буде пандус?")
    assert list(reading.questions_of(meeting, public=True)) == []
    course.open_meeting(meeting, by=by)
    item = factories.on_item(meeting)
    same = factories.question(meeting, bohdan, item=item, text="А пандус буде?")
    questions.show(early, by=by)
    questions.support(early, by=bohdan)
    questions.support(early, by=bohdan)
    with refused("question.ones_own"):
        questions.support(early, by=olena)
    questions.merge(same, by=by, into=early)
    (shown,) = reading.questions_of(meeting, public=True)
    assert (shown, shown.supporters) == (early, 1)

    with refused("meeting.moved_on"):
        questions.put_live(early, by=by, seen_live=same.pk)
    questions.put_live(early, by=by, seen_live=None)
    assert reading.live_question_of(meeting) == early
    answered = questions.answer(early, by=by, text="Так, у червні.")
    assert (answered.is_live, answered.state) == (False, Question.State.ANSWERED)

    other = factories.question(meeting, olena, text="Хто платить?", state="later")
    course.close_meeting(meeting, by=by, seen_item=item.pk)
    with refused("meeting.closed"):
        factories.question(meeting, olena)
    # What was left for later is answered after the meeting.
    assert questions.answer(other, by=by, text="Міський бюджет.").answered_at is not None


def test_speakers_come_one_after_the_other(olena: User):
    by = factories.secretary()
    meeting = factories.meeting(State.RUNNING, kind="hearing")
    item = factories.on_item(meeting)
    mine = speakers.ask_to_speak(item, by=olena, stance="for")
    with refused("speaker.waits"):
        speakers.ask_to_speak(item, by=olena)
    typed = speakers.add_speaker(item, by=by, name="Ганна Мороз", stance="against", seconds=120)
    assert reading.waiting_speakers_of(item) == [mine, typed]
    mine = speakers.begin_speech(mine, by=by, seen_speaker=None)
    with refused("meeting.moved_on"):  # another secretary has given the floor meanwhile
        speakers.begin_speech(typed, by=by, seen_speaker=None)
    with refused("meeting.busy"):
        course.next_item(meeting, by=by, seen_item=item.pk)
    speaking = reading.speaking_in(meeting)
    assert speaking == mine
    assert mine.began_at is not None
    assert mine.time_is_up_at == mine.began_at + timedelta(seconds=180)
    typed = speakers.begin_speech(typed, by=by, seen_speaker=mine.pk, seconds=60)
    mine.refresh_from_db()
    assert (mine.ended_at, typed.seconds) == (typed.began_at, 60)
    speakers.end_speech(typed, by=by)
    again = speakers.ask_to_speak(item, by=olena, stance="for")
    speakers.withdraw(again, by=olena)
    assert reading.waiting_speakers_of(item) == []
    assert kinds(meeting)[2:] == [_Kind.SPEAKS, _Kind.SPOKE, _Kind.SPEAKS, _Kind.SPOKE]


def test_a_deputy_is_on_the_list_once(olena: User):
    meeting = factories.meeting(State.RUNNING)
    assert meeting.body is not None
    deputy = factories.deputies(meeting.body)[0]
    deputy.user = olena
    deputy.save()
    item = factories.on_item(meeting)
    speakers.add_speaker(item, by=factories.secretary(), deputy=deputy)
    with refused("speaker.waits"):
        speakers.ask_to_speak(item, by=olena)
    with refused("speaker.waits"):
        speakers.add_speaker(item, by=factories.secretary(), deputy=deputy)


def test_two_secretaries_do_not_contradict_each_other():
    by, other = factories.secretary(), factories.secretary("other", "officer")
    meeting = factories.meeting(State.RUNNING)
    first = factories.on_item(meeting)
    course.next_item(meeting, by=by, seen_item=first.pk)
    with refused("meeting.moved_on"):
        course.next_item(meeting, by=other, seen_item=first.pk)
    with refused("meeting.moved_on"):
        course.close_meeting(meeting, by=other, seen_item=first.pk)
    with refused("meeting.moved_on"):
        question = "Прийняти за основу"
        rollcalls.open_roll_call(meeting, by=other, question=question, seen_item=first.pk)
    roll_call = factories.roll_call(meeting)
    with refused("rollcall.another_open"):
        factories.roll_call(meeting)
    rollcalls.close_roll_call(roll_call, by=by)
    with refused("rollcall.closed"):
        rollcalls.close_roll_call(roll_call, by=other)
    # What says how it is to be, and not what to do, may come twice.
    for who in (by, other):
        assert course.blank(meeting, by=who).is_blank
    assert kinds(meeting).count(_Kind.BLANKED) == 1
