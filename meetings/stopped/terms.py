"""Terms of a decision that the head of the city stops (280/97-ВР art. 59(4)). Pure."""

from __future__ import annotations

from datetime import date

from core.domain.calendar import Period, Unit, WorkCalendar

#: Within so many days after it is made the head may stop a decision of the council.
STOP = Period(5, Unit.DAYS)
#: Within two weeks the council considers it again.
SECOND_VOTE = Period(14, Unit.DAYS)


def stop_day(decided_on: date, calendar: WorkCalendar) -> date:
    """The last day on which a decision of that day can be stopped."""
    return STOP.last_day(decided_on, calendar)


def second_vote_day(stopped_on: date, calendar: WorkCalendar) -> date:
    """The last day for the second vote on what was stopped that day."""
    return SECOND_VOTE.last_day(stopped_on, calendar)
