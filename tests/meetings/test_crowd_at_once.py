"""Members come, leave and vote at once, on connections of their own: no press fails."""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from meetings.actions import presence, rollcalls
from meetings.models import Presence, State, Vote
from tests.meetings import factories

pytestmark = pytest.mark.django_db(transaction=True)
HANDS, PRESSES = 4, 60


def test_presses_at_once_never_fail():
    meeting = factories.meeting(State.RUNNING)
    factories.on_item(meeting)
    roll_call = factories.roll_call(meeting)
    members = list(factories.deputies(meeting.body))[:3]
    by = factories.secretary()
    failed: Counter[str] = Counter()

    def press(seed: int) -> None:
        dice = random.Random(seed)
        try:
            for _press in range(PRESSES):
                deputy = dice.choice(members)
                act = dice.choice((
                    lambda one: presence.come(meeting, one, by=by),
                    lambda one: presence.leave(meeting, one, by=by),
                    lambda one: rollcalls.enter_vote(roll_call, one, by=by, choice="for"),
                ))  # fmt: skip
                try:
                    act(deputy)
                except Exception as error:
                    failed[f"{type(error).__name__}: {error}"[:300]] += 1
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as hands:
        list(hands.map(press, range(HANDS)))
    assert not failed
    assert Vote.objects.filter(roll_call=roll_call).count() <= len(members)
    assert Presence.objects.filter(meeting=meeting, left_at=None).count() <= len(members)
