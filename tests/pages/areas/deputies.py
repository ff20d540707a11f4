"""Pages of deputies."""

from __future__ import annotations

from meetings.models import State
from meetings.rollcalls import actions
from tests.meetings import factories as of_meetings
from tests.pages.page_checks import PageCheck, PageChecks, of
from tests.pages.page_walk import PageWalk


def _seated(town: PageWalk) -> int:
    """A deputy who has voted in a published roll-call of a meeting that is over."""
    meeting = of_meetings.meeting(State.RUNNING)
    assert meeting.body is not None
    of_meetings.everybody_is_here(meeting)
    of_meetings.on_item(meeting)
    deputy = of_meetings.deputies(meeting.body)[0]
    roll_call = of_meetings.roll_call(meeting)
    by = of_meetings.secretary()
    actions.enter_vote(roll_call, deputy, by=by, choice="for")
    actions.publish_roll_call(actions.close_roll_call(roll_call, by=by), by=by)
    return deputy.pk


def _list(town: PageWalk) -> list[PageCheck]:
    _seated(town)
    return [of("deputies:list")]


PAGES: dict[str, PageChecks] = {
    "deputies:list": _list,
    "deputies:detail": lambda town: [of("deputies:detail", _seated(town))],
}
#: Routes that show no page, and why.
NO_PAGE: dict[str, str] = {}
