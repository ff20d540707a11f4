"""A meeting from its plan to its minutes: a session with a roll-call, a hearing with questions."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import User
from core.domain import clock
from core.models import AuditEntry
from meetings import queries
from meetings.course import actions as course_actions
from meetings.models import Item, LogEntry, Meeting, Question, State, Vote
from meetings.presence import actions as presence_actions
from meetings.questions import actions as questions_actions
from meetings.record import actions as record_actions
from meetings.rollcalls import actions as rollcalls_actions
from meetings.rollcalls import majority
from meetings.speakers import actions as speakers_actions
from tests.meetings import factories
from tests.meetings.factories import refused

pytestmark = pytest.mark.django_db
_Kind = LogEntry.Kind


def kinds(meeting: Meeting) -> list[str]:
    return [entry.kind for entry in queries.log_of(meeting)]


def choices(roll_call_id: int) -> list[str]:
    votes = Vote.objects.filter(roll_call=roll_call_id).order_by("deputy")
    return [vote.choice for vote in votes]


def test_a_session_from_its_notice_to_its_minutes():
    by = factories.secretary()
    meeting = factories.meeting(items=2)
    assert meeting.body is not None
    assert meeting.state_at(clock.now()) == State.ANNOUNCED
    course_actions.open_meeting(meeting, by=by)
    first, second, third, fourth, _fifth = factories.deputies(meeting.body)
    for deputy in (first, second, third, fourth):
        presence_actions.come(meeting, deputy, by=by)

    meeting = course_actions.next_item(meeting, by=by, seen_item=None)
    assert meeting.current_item is not None
    roll_call = factories.roll_call(meeting)
    for deputy, choice in ((first, "for"), (second, "against"), (third, "for"), (second, "for")):
        rollcalls_actions.enter_vote(roll_call, deputy, by=by, choice=choice)
    roll_call = rollcalls_actions.close_roll_call(roll_call, by=by)
    assert choices(roll_call.pk) == ["for", "for", "for", "not_voting", "absent"]
    result = majority.result_of(roll_call, choices(roll_call.pk))
    assert (result.for_, result.needed, result.present, result.is_carried) == (3, 3, 4, True)
    rollcalls_actions.publish_roll_call(roll_call, by=by)

    meeting = course_actions.next_item(meeting, by=by, seen_item=meeting.current_item.pk)
    presence_actions.leave(meeting, fourth, by=by)
    meeting = course_actions.close_meeting(meeting, by=by, seen_item=meeting.current_item_id)
    assert meeting.state_at(clock.now()) == State.CLOSED
    assert {item.state for item in meeting.items.all()} == {Item.State.DONE}
    assert not meeting.presences.filter(left_at=None).exists()
    record_actions.publish_video(meeting, by=by, url="https://video.example/1")
    meeting = record_actions.publish_minutes(
        meeting, by=by, url="https://rada.example/minutes/1.pdf"
    )
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
        rollcalls_actions.enter_vote(without, head, by=by, choice="for")
    assert rollcalls_actions.close_roll_call(without, by=by).membership == 4
    assert len(choices(without.pk)) == 4

    presence_actions.come(meeting, head, by=by)
    beside = factories.roll_call(meeting)
    rollcalls_actions.enter_vote(beside, head, by=by, choice="for")
    beside = rollcalls_actions.close_roll_call(beside, by=by)
    assert (beside.membership, beside.present, len(choices(beside.pk))) == (5, 5, 5)


def test_a_deputy_votes_on_their_telephone(olena: User, bohdan: User):
    meeting = factories.meeting(State.RUNNING)
    assert meeting.body is not None
    mine, another, *_rest = factories.deputies(meeting.body)
    mine.user = olena
    mine.save()
    factories.on_item(meeting)
    roll_call = factories.roll_call(meeting)
    rollcalls_actions.vote(roll_call, mine, by=olena, choice="against")
    given = rollcalls_actions.vote(roll_call, mine, by=olena, choice="abstained")
    assert (given.choice, given.by, given.faction) == ("abstained", olena, mine.faction)
    for deputy, person in ((another, olena), (mine, bohdan)):
        with refused("meeting.deputies_only"):
            rollcalls_actions.vote(roll_call, deputy, by=person, choice="for")
    with refused("rollcall.no_such_choice"):
        rollcalls_actions.vote(roll_call, mine, by=olena, choice="absent")
    rollcalls_actions.close_roll_call(roll_call, by=factories.secretary())
    with refused("rollcall.closed"):
        rollcalls_actions.vote(roll_call, mine, by=olena, choice="for")


def test_a_hearing_with_questions(olena: User, bohdan: User):
    by = factories.secretary()
    meeting = factories.meeting(kind="hearing")
    early = factories.question(meeting, olena, text="Чи буде пандус?")
    assert list(queries.questions_of(meeting, public=True)) == []
    course_actions.open_meeting(meeting, by=by)
    item = factories.on_item(meeting)
    same = factories.question(meeting, bohdan, item=item, text="А пандус буде?")
    questions_actions.show(early, by=by)
    questions_actions.support(early, by=bohdan)
    questions_actions.support(early, by=bohdan)
    with refused("question.ones_own"):
        questions_actions.support(early, by=olena)
    questions_actions.merge(same, by=by, into=early)
    (shown,) = queries.questions_of(meeting, public=True)
    assert (shown, shown.supporters) == (early, 1)

    with refused("meeting.moved_on"):
        questions_actions.put_live(early, by=by, seen_live=same.pk)
    questions_actions.put_live(early, by=by, seen_live=None)
    assert queries.live_question_of(meeting) == early
    answered = questions_actions.answer(early, by=by, text="Так, у червні.")
    assert (answered.is_live, answered.state) == (False, Question.State.ANSWERED)

    other = factories.question(meeting, olena, text="Хто платить?", state="later")
    course_actions.close_meeting(meeting, by=by, seen_item=item.pk)
    with refused("meeting.closed"):
        factories.question(meeting, olena)
    # What was left for later is answered after the meeting.
    assert questions_actions.answer(other, by=by, text="Міський бюджет.").answered_at is not None


def test_speakers_come_one_after_the_other(olena: User):
    by = factories.secretary()
    meeting = factories.meeting(State.RUNNING, kind="hearing")
    item = factories.on_item(meeting)
    mine = speakers_actions.ask_to_speak(item, by=olena, stance="for")
    with refused("speaker.waits"):
        speakers_actions.ask_to_speak(item, by=olena)
    typed = speakers_actions.add_speaker(
        item, by=by, name="Ганна Мороз", stance="against", seconds=120
    )
    assert queries.waiting_speakers_of(item) == [mine, typed]
    mine = speakers_actions.begin_speech(mine, by=by, seen_speaker=None)
    with refused("meeting.moved_on"):  # another secretary has given the floor meanwhile
        speakers_actions.begin_speech(typed, by=by, seen_speaker=None)
    with refused("meeting.busy"):
        course_actions.next_item(meeting, by=by, seen_item=item.pk)
    speaking = queries.speaking_in(meeting)
    assert speaking == mine
    assert mine.began_at is not None
    assert mine.time_is_up_at == mine.began_at + timedelta(seconds=180)
    typed = speakers_actions.begin_speech(typed, by=by, seen_speaker=mine.pk, seconds=60)
    mine.refresh_from_db()
    assert (mine.ended_at, typed.seconds) == (typed.began_at, 60)
    speakers_actions.end_speech(typed, by=by)
    again = speakers_actions.ask_to_speak(item, by=olena, stance="for")
    speakers_actions.withdraw(again, by=olena)
    assert queries.waiting_speakers_of(item) == []
    assert kinds(meeting)[2:] == [_Kind.SPEAKS, _Kind.SPOKE, _Kind.SPEAKS, _Kind.SPOKE]


def test_a_deputy_is_on_the_list_once(olena: User):
    meeting = factories.meeting(State.RUNNING)
    assert meeting.body is not None
    deputy = factories.deputies(meeting.body)[0]
    deputy.user = olena
    deputy.save()
    item = factories.on_item(meeting)
    speakers_actions.add_speaker(item, by=factories.secretary(), deputy=deputy)
    with refused("speaker.waits"):
        speakers_actions.ask_to_speak(item, by=olena)
    with refused("speaker.waits"):
        speakers_actions.add_speaker(item, by=factories.secretary(), deputy=deputy)


def test_two_secretaries_do_not_contradict_each_other():
    by, other = factories.secretary(), factories.secretary("other", "officer")
    meeting = factories.meeting(State.RUNNING)
    first = factories.on_item(meeting)
    course_actions.next_item(meeting, by=by, seen_item=first.pk)
    with refused("meeting.moved_on"):
        course_actions.next_item(meeting, by=other, seen_item=first.pk)
    with refused("meeting.moved_on"):
        course_actions.close_meeting(meeting, by=other, seen_item=first.pk)
    with refused("meeting.moved_on"):
        question = "Прийняти за основу"
        rollcalls_actions.open_roll_call(meeting, by=other, question=question, seen_item=first.pk)
    roll_call = factories.roll_call(meeting)
    with refused("rollcall.another_open"):
        factories.roll_call(meeting)
    rollcalls_actions.close_roll_call(roll_call, by=by)
    with refused("rollcall.closed"):
        rollcalls_actions.close_roll_call(roll_call, by=other)
    # What says how it is to be, and not what to do, may come twice.
    for who in (by, other):
        assert course_actions.blank(meeting, by=who).is_blank
    assert kinds(meeting).count(_Kind.BLANKED) == 1
