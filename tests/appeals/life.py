"""What an appeal's life must be: a model that knows nothing of the database."""

from __future__ import annotations

import calendar as gregorian
from datetime import date, datetime, timedelta

from appeals.models import State
from core.domain.calendar import WorkCalendar, end_of_day, local_date

UNANSWERED = (State.RECEIVED, State.IN_WORK)
CONSIDERED = (State.IN_WORK, State.REOPENED)
OPEN = (State.RECEIVED, State.IN_WORK, State.REOPENED)


class Model:
    """What has happened to one appeal, and where it must stand therefore."""

    def __init__(self) -> None:
        self.state = State.RECEIVED
        self.kind = "application"
        #: The database's clock, which stands still between steps.
        self.now: datetime
        self.calendar = WorkCalendar()
        self.received_on: date
        self.reopened_on: date | None = None
        self.answered_at: datetime | None = None
        #: "", "draft" or "approved".
        self.draft = ""
        self.sent = 0
        self.rated = False
        self.simple = False
        #: In a notice: of a longer term, once, or of a shorter one.
        self.promised: date | None = None
        self.extended = False
        #: The office promises a day, and another calendar does not move what is closed.
        self.due_at: datetime

    def count(self) -> None:
        """When the answer is late, counted by hand."""
        if self.promised is not None:
            last = self.promised
        elif self.reopened_on is not None:
            last = self._usual(self.reopened_on)
        elif self.simple:
            last = self._working(self.received_on + timedelta(days=15))
        else:
            last = self._usual(self.received_on)
        self.due_at = end_of_day(last)

    @property
    def furthest(self) -> date:
        """Until when the law lets it be extended."""
        if self.kind == "request":
            return self._working_days(self.received_on, 20)
        day = self.received_on + timedelta(days=45)
        while not self.calendar.is_working_day(day):
            day -= timedelta(days=1)
        return day

    def returned_before(self, days: int) -> datetime:
        return end_of_day(self._working(self.received_on + timedelta(days=days)))

    @property
    def may_be_reopened(self) -> bool:
        if self.state != State.ANSWERED or self.reopened_on is not None or not self.answered_at:
            return False
        last = self._working(self._next_month(local_date(self.answered_at)))
        return self.now < end_of_day(last)

    def _usual(self, start: date) -> date:
        if self.kind == "request":
            return self._working_days(start, 5)
        return self._working(self._next_month(start))

    def _working(self, day: date) -> date:
        while not self.calendar.is_working_day(day):
            day += timedelta(days=1)
        return day

    def _working_days(self, day: date, number: int) -> date:
        while number:
            day += timedelta(days=1)
            number -= self.calendar.is_working_day(day)
        return day

    @staticmethod
    def _next_month(day: date) -> date:
        year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
        return date(year, month, min(day.day, gregorian.monthrange(year, month)[1]))
