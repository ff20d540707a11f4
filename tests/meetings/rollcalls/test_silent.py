"""Who is present in a roll-call, and what is written for those who gave no vote."""

from __future__ import annotations

import pytest

from meetings.models import State
from meetings.presence import actions as presence_actions
from meetings.rollcalls import actions
from tests.meetings import factories

pytestmark = pytest.mark.django_db


def test_a_head_of_the_city_who_came_after_the_opening_is_not_counted():
    meeting, by = factories.meeting(State.RUNNING), factories.secretary()
    head = factories.head_of_the_city(meeting.body)
    for deputy in factories.deputies(meeting.body)[:4]:
        presence_actions.come(meeting, deputy, by=by)
    factories.on_item(meeting)
    call = factories.roll_call(meeting)
    presence_actions.come(meeting, head, by=by)
    call = actions.close_roll_call(call, by=by)
    assert call.present == 4
    assert not call.votes.filter(deputy=head).exists()
