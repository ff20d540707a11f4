"""Days of the demo city: working days from today, negative in the past."""

from __future__ import annotations

from datetime import date, datetime, time

from core.domain.calendar import WorkCalendar, kyiv


class Days:
    """Working days counted from ``today``."""

    def __init__(self, today: date, calendar: WorkCalendar) -> None:
        self.today, self.calendar = today, calendar

    def day(self, count: int) -> date:
        return self.calendar.add_working_days(self.today, count)

    def at(self, count: int, hour: int, minute: int = 0) -> datetime:
        return kyiv(self.day(count), time(hour, minute))
