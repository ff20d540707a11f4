"""Events of guests of the hall: nobody's name, and no id of a guest."""

from __future__ import annotations

from meetings.events import MeetingEvent


class GuestSupported(MeetingEvent):
    """A guest wants a question answered, or no more."""

    question_id: int


class GuestsSignalled(MeetingEvent):
    """More guests than before ask that people speak louder or slower; of many, not each raises
    it."""
