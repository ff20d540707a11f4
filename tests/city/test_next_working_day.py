"""The next working day in a query is that of the calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db.models import DateField, Value
from django.utils import timezone

from city.calendar import NextWorkingDay, work_calendar
from city.models import Department, MartialLawPeriod

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("ends", [None, 60, -1])
def test_it_is_that_of_the_calendar(department, ends):
    """In war, in peace, and where peace begins among them."""
    first = timezone.now().date() - timedelta(days=20)
    MartialLawPeriod.objects.all().delete()
    if ends != -1:
        ends_on = None if ends is None else first + timedelta(days=ends)
        MartialLawPeriod.objects.create(starts_on=date(2022, 2, 24), ends_on=ends_on, act="Указ")
    calendar = work_calendar()
    days = [first + timedelta(days=number) for number in range(200)]
    asked = {
        f"on_{number}": NextWorkingDay(Value(day, DateField())) for number, day in enumerate(days)
    }
    found = Department.objects.filter(pk=department.pk).values_list(*asked.values()).get()
    assert list(found) == [calendar.next_working_day(day) for day in days]
