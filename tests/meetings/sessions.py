"""Sessions that vote on a consultation, for tests."""

from __future__ import annotations

from typing import Any

from consultations.models import Consultation
from meetings.agenda import actions as agenda_actions
from meetings.agenda.actions import ItemText
from meetings.course import actions as course_actions
from meetings.models import Meeting, RollCall, State
from meetings.planning import actions as planning_actions
from meetings.rollcalls import actions as rollcalls_actions
from tests.meetings import factories


def session(consultation: Consultation) -> Meeting:
    """A session whose first item is about the consultation, which is considered now."""
    meeting = factories.meeting(State.DRAFT, items=0)
    by = factories.secretary()
    text = ItemText(title="Про літні майданчики", consultation=consultation)
    agenda_actions.add_item(meeting, by=by, text=text)
    planning_actions.publish(meeting, by=by, short_notice_reason="Невідкладне")
    meeting.refresh_from_db()
    course_actions.open_meeting(meeting, by=by)
    meeting.refresh_from_db()
    factories.everybody_is_here(meeting)
    factories.on_item(meeting)
    return meeting


def voted(meeting: Meeting, *, for_: int, **asked: Any) -> RollCall:
    """A published roll-call with so many votes for it, of five."""
    by = factories.secretary()
    roll_call = factories.roll_call(meeting, **asked)
    assert meeting.body is not None
    for number, deputy in enumerate(factories.deputies(meeting.body)):
        choice = "for" if number < for_ else "against"
        rollcalls_actions.enter_vote(roll_call, deputy, by=by, choice=choice)
    closed = rollcalls_actions.close_roll_call(roll_call, by=by)
    return rollcalls_actions.publish_roll_call(closed, by=by)
