"""What the law has published of a meeting, and by when (280/97-ВР arts 46, 47, 59)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.domain.calendar import WorkCalendar, local_date
from meetings.models import Kind, Meeting, RollCall

#: The notice of a session: so many days before it (280/97-ВР art. 46(10)).
NOTICE_DAYS = 10


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is to be published by the end of a day, in Kyiv."""

    code: str
    label: str | Promise
    article: str
    last_day: date
    done_on: date | None = None
    #: The one roll-call that it is about.
    roll_call_id: int | None = None

    def is_late(self, today: date) -> bool:
        """Whether it is overdue, or was done late."""
        return (self.done_on or today) > self.last_day


def notice_day(meeting: Meeting, calendar: WorkCalendar) -> date | None:
    """The last day on which its notice comes in time; None: the law names none for its kind."""
    if meeting.kind == Kind.SESSION:
        return local_date(meeting.begins_at) - timedelta(days=NOTICE_DAYS)
    return None


def notice_in_time(meeting: Meeting, now: datetime, calendar: WorkCalendar) -> bool:
    """Whether a notice published ``now`` comes in time."""
    last_day = notice_day(meeting, calendar)
    return last_day is None or local_date(now) <= last_day


def due_items(
    meeting: Meeting, roll_calls: Iterable[RollCall], calendar: WorkCalendar
) -> list[Due]:
    """All that is to be published of it, with what was, by the last day."""
    return []
