"""At once, on connections of their own: votes and the close, two secretaries, an erasure."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from accounts.data.actions import erase
from accounts.models import User
from core.domain.actions import action, locked
from core.domain.rules import Refused
from meetings.course import actions as course_actions
from meetings.models import Meeting, Question, RollCall, Speaker, State, Vote
from meetings.questions import actions as questions_actions
from meetings.rollcalls import actions as rollcalls_actions
from meetings.speakers import actions as speakers_actions
from tests.attack.test_deadlocks import meanwhile
from tests.meetings import factories

pytestmark = pytest.mark.django_db(transaction=True)


def _refusal(act: Any) -> str:
    """The code of its refusal; "": it was done."""
    try:
        act()
    except Refused as refused:
        return refused.verdict.code
    return ""


def test_a_vote_comes_before_the_close_or_not_at_all(bohdan):
    meeting = factories.meeting(State.RUNNING)
    factories.on_item(meeting)
    roll_call = factories.roll_call(meeting)
    deputy = factories.deputies(meeting.body)[0]
    deputy.user = bohdan
    deputy.save()
    by = factories.secretary()
    said: list[str] = []

    def vote() -> None:
        said.append(
            _refusal(lambda: rollcalls_actions.vote(roll_call, deputy, by=bohdan, choice="for"))
        )

    with meanwhile(vote) as begin, action():
        locked(meeting)
        locked(roll_call)
        begin()
        rollcalls_actions.close_roll_call(roll_call, by=by)
    assert said == ["rollcall.closed"]
    assert Vote.objects.get(roll_call=roll_call, deputy=deputy).choice == "not_voting"
    assert RollCall.objects.get(pk=roll_call.pk).present == 5


def test_of_two_secretaries_one_moves_on():
    meeting = factories.meeting(State.RUNNING)
    item = factories.on_item(meeting)
    by, other = factories.secretary(), factories.secretary("other")
    said: list[str] = []

    def move_on() -> None:
        act = course_actions.next_item
        said.append(_refusal(lambda: act(meeting, by=other, seen_item=item.pk)))

    with meanwhile(move_on) as begin, action():
        locked(meeting)
        begin()
        course_actions.next_item(meeting, by=by, seen_item=item.pk)
    assert said == ["meeting.moved_on"]
    fresh = Meeting.objects.select_related("current_item").get(pk=meeting.pk)
    assert fresh.current_item is not None
    assert fresh.current_item.order == 2


def test_of_two_secretaries_one_chooses(olena, bohdan):
    """Which question stands on the displays, who has the floor, what is put to the vote: what the
    second has before them is not so any more, and nothing of the first is undone."""
    meeting = factories.meeting(State.RUNNING)
    item = factories.on_item(meeting)
    by, other = factories.secretary(), factories.secretary("other")
    asked = [factories.question(meeting, author, state="shown") for author in (olena, bohdan)]
    waiting = [factories.speaker(item, name=name) for name in ("Ганна Мороз", "Іван Сич")]
    acts: list[tuple[str, Callable[[int, User], Any]]] = [
        (
            "meeting.moved_on",
            lambda at, who: questions_actions.put_live(asked[at], by=who, seen_live=None),
        ),
        (
            "meeting.moved_on",
            lambda at, who: speakers_actions.begin_speech(waiting[at], by=who, seen_speaker=None),
        ),
        (
            "rollcall.another_open",
            lambda at, who: factories.roll_call(meeting, by=who, question=f"Питання {at}"),
        ),
    ]
    for code, act in acts:
        said: list[str] = []
        second = partial(act, 1, other)
        with meanwhile(lambda: said.append(_refusal(second))) as begin, action():  # noqa: B023
            locked(meeting)
            begin()
            act(0, by)
        assert said == [code]
    assert Question.objects.get(is_live=True) == asked[0]
    assert Speaker.objects.get(began_at__isnull=False, ended_at=None) == waiting[0]
    assert RollCall.objects.get(closed_at=None).question == "Питання 0"


def test_somebody_goes_while_their_question_is_shown(olena):
    meeting = factories.meeting(State.RUNNING)
    question = factories.question(meeting, olena, text="Коли?")
    by = factories.secretary()
    with meanwhile(lambda: erase(olena, by=olena)) as begin, action():
        questions_actions.show(question, by=by)
        begin()
        factories.question(meeting, by, text="А де?")
    # What was shown before the erasure went on is part of the record.
    assert Question.objects.get(pk=question.pk).text == "Коли?"
