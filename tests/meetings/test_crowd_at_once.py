"""Members come, leave and vote at once, on connections of their own: no press fails. Refused in a
sentence are only a vote of who has just left, and one of the head in a roll-call that was opened
without them."""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from core.domain.rules import Refused
from meetings.minutes.contradictions import contradictions_of
from meetings.minutes.queries import gather, minutes_of
from meetings.models import Presence, State, Vote
from meetings.presence import actions as presence_actions
from meetings.presence.queries import attendance_of
from meetings.rollcalls import actions as rollcalls_actions
from tests.meetings import factories

pytestmark = pytest.mark.django_db(transaction=True)
HANDS, PRESSES = 4, 30


def test_presses_at_once_never_fail():
    meeting = factories.meeting(State.RUNNING)
    factories.on_item(meeting)
    roll_call = factories.roll_call(meeting)
    # The total is fixed at the opening: a head who comes after it is not in it.
    head = factories.head_of_the_city(meeting.body)
    members = [*factories.deputies(meeting.body)[:2], head]
    by = factories.secretary()
    failed: Counter[str] = Counter()

    def press(seed: int) -> None:
        dice = random.Random(seed)
        try:
            for _press in range(PRESSES):
                deputy = dice.choice(members)
                act = dice.choice((
                    lambda one: presence_actions.come(meeting, one, by=by),
                    lambda one: presence_actions.leave(meeting, one, by=by),
                    lambda one: rollcalls_actions.enter_vote(roll_call, one, by=by, choice="for"),
                    lambda one: rollcalls_actions.enter_vote(
                        roll_call, one, by=by, choice="against", has_come=True
                    ),
                ))  # fmt: skip
                try:
                    act(deputy)
                except Refused as refused:
                    failed[f"{refused.verdict.code} {deputy.pk}"] += 1
                except Exception as error:
                    failed[f"{type(error).__name__}: {error}"[:300]] += 1
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as hands:
        list(hands.map(press, range(HANDS)))
    # A vote belongs to somebody who is here: of who has just left it is asked.
    left = {f"rollcall.not_noted {member.pk}" for member in members if member != head}
    assert f"rollcall.head_left_out {head.pk}" in failed
    assert set(failed) <= left | {f"rollcall.head_left_out {head.pk}"}
    assert not Vote.objects.filter(deputy=head).exists()
    assert Vote.objects.filter(roll_call=roll_call).count() <= len(members)
    assert len(attendance_of(meeting).grounds) == Presence.objects.filter(left_at=None).count()
    stray = contradictions_of(gather(meeting, minutes_of(meeting, by=by)))
    assert "vote_outside_presence" not in {one.code for one in stray}
