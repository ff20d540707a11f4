"""Our peacetime days off against an independently compiled list for 2024-2035."""

import datetime as dt
import json
import os
from pathlib import Path

import pytest

from core.domain.calendar import PEACETIME, Kind, WorkCalendar

SHARED = Path(os.environ.get("VICHE_SHARED", Path(__file__).parents[3] / "shared"))
FILE = SHARED / "data/calendar/ua_holidays_2024_2035.json"

pytestmark = pytest.mark.skipif(not FILE.exists(), reason=f"no real data: {FILE} is absent")

D = dt.date.fromisoformat


@pytest.fixture(scope="module")
def table():
    return json.loads(FILE.read_text())


def test_every_day_of_twelve_years_agrees(table):
    assert sorted(table["years"]) == [str(year) for year in range(2024, 2036)]
    for year, rows in table["years"].items():
        listed = {D(row["date"]): Kind.HOLIDAY for row in rows}
        listed |= {
            D(row["day_off_moved_to"]): Kind.TRANSFER for row in rows if row["day_off_moved_to"]
        }
        day = dt.date(int(year), 1, 1)
        while day.year == int(year):
            expected = listed.get(day) or (Kind.WEEKEND if day.weekday() >= 5 else None)
            found = PEACETIME.day_off(day)
            assert (found and found.kind) == expected, day
            day += dt.timedelta(days=1)


def test_every_transfer_knows_its_holiday(table):
    for rows in table["years"].values():
        for row in rows:
            if row["day_off_moved_to"]:
                assert PEACETIME.day_off(D(row["day_off_moved_to"])).holiday == D(row["date"])


def test_under_the_listed_martial_law_every_weekday_is_worked(table):
    periods = [
        (D(row["from"]), D(row["to"]) if row["to"] else None)
        for row in table["martial_law_periods"]
    ]
    calendar = WorkCalendar(periods)
    for rows in table["years"].values():
        for row in rows:
            for day in filter(None, (row["date"], row["day_off_moved_to"])):
                assert calendar.is_working_day(D(day)) == (D(day).weekday() < 5)
