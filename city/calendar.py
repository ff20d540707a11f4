"""The calendar by which this city counts its terms."""

from __future__ import annotations

from city.models import MartialLawPeriod
from core.domain.calendar import WorkCalendar


def work_calendar() -> WorkCalendar:
    """The calendar with the martial-law periods that the city has recorded (one query)."""
    return WorkCalendar(MartialLawPeriod.objects.values_list("starts_on", "ends_on"))
