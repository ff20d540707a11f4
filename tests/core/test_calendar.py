"""Working days, periods and deadlines, by the Labour Code, law 2136-IX and the Civil Code."""

import datetime as dt

import holidays
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from core.domain.calendar import (
    KYIV,
    LONGEST,
    ONE_DAY,
    PEACETIME,
    Kind,
    Period,
    RepeatedTimeError,
    SkippedTimeError,
    Unit,
    WorkCalendar,
    add_months,
    end_of_day,
    kyiv,
    last_date,
    local_date,
)

D = dt.date
WAR = WorkCalendar([(D(2022, 3, 24), None)])

days = st.dates(D(2000, 1, 1), D(2060, 12, 31))
calendars = st.lists(
    st.tuples(days, st.one_of(st.none(), st.integers(0, 2000).map(dt.timedelta))),
    max_size=2,
).map(lambda rows: WorkCalendar([(first, None if n is None else first + n) for first, n in rows]))
units = st.sampled_from(list(Unit))
periods = st.builds(Period, st.integers(1, 40), units)


# --- which days are working days ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (D(2027, 1, 1), Kind.HOLIDAY),
        (D(2027, 1, 7), None),  # no day off since 2024
        (D(2027, 5, 1), Kind.HOLIDAY),  # a Saturday
        (D(2027, 5, 2), Kind.HOLIDAY),  # Easter
        (D(2027, 5, 3), Kind.TRANSFER),
        (D(2027, 5, 4), Kind.TRANSFER),
        (D(2027, 5, 5), None),
        (D(2027, 6, 12), Kind.WEEKEND),
        (D(2027, 12, 27), Kind.TRANSFER),
        (D(2021, 8, 23), Kind.HOLIDAY),  # made free by the Cabinet…
        (D(2021, 8, 28), None),  # …and worked on this Saturday
    ],
)
def test_peacetime_days(day, kind):
    off = PEACETIME.day_off(day)
    assert (off.kind if off else None) == kind
    assert PEACETIME.is_working_day(day) == (kind is None)


@given(st.dates(D(2022, 3, 24), D(2045, 1, 1)))
def test_under_martial_law_every_weekday_is_worked(day):
    assert WAR.is_working_day(day) == (day.weekday() < 5)
    assert WAR.is_martial_law(day)


def test_martial_law_includes_both_its_ends():
    calendar = WorkCalendar([(D(2027, 3, 8), D(2027, 6, 28))])
    assert calendar.is_working_day(D(2027, 3, 8))
    assert calendar.is_working_day(D(2027, 6, 28))
    assert not calendar.is_working_day(D(2027, 1, 1))
    assert not calendar.is_working_day(D(2027, 8, 24))
    assert not calendar.is_martial_law(D(2027, 3, 7))
    assert not calendar.is_martial_law(D(2027, 6, 29))


def test_the_periods_decide_and_not_the_library():
    """The library starts the rule on another date; ours alone counts, in 2022 and afterwards."""
    assert not PEACETIME.is_working_day(D(2022, 8, 24))
    assert not PEACETIME.is_working_day(D(2026, 12, 25))
    assert WAR.is_working_day(D(2022, 8, 24))
    assert not WAR.is_working_day(D(2022, 3, 7))  # the Cabinet's transfer, before the law
    assert WorkCalendar([(D(2022, 2, 24), None)]).is_working_day(D(2022, 3, 7))


def test_a_day_off_moves_only_in_peacetime():
    # Saturday 1 May and Easter on Sunday 2 May 2027 give Monday and Tuesday off.
    ends_before_easter = WorkCalendar([(D(2026, 1, 1), D(2027, 5, 1))])
    assert not ends_before_easter.is_working_day(D(2027, 5, 3))
    assert ends_before_easter.is_working_day(D(2027, 5, 4))
    starts_on_monday = WorkCalendar([(D(2027, 5, 3), None)])
    assert starts_on_monday.is_working_day(D(2027, 5, 3))
    assert starts_on_monday.is_working_day(D(2027, 5, 4))


def test_peacetime_agrees_with_the_library_before_the_war():
    """Our transfers of days off against the library's own, over twenty years."""
    for year in range(2000, 2022):
        theirs = holidays.country_holidays("UA", years=year, expand=False)
        for ordinal in range(D(year, 1, 1).toordinal(), D(year + 1, 1, 1).toordinal()):
            day = D.fromordinal(ordinal)
            assert PEACETIME.is_working_day(day) == theirs.is_working_day(day), day


def test_calendars_with_equal_periods_are_equal():
    one = WorkCalendar([(D(2024, 1, 1), D(2024, 2, 1)), (D(2022, 3, 24), D(2023, 1, 1))])
    two = WorkCalendar(((D(2022, 3, 24), D(2023, 1, 1)), (D(2024, 1, 1), D(2024, 2, 1))))
    assert one == two
    assert hash(one) == hash(two)
    assert one != PEACETIME
    assert repr(PEACETIME) == "WorkCalendar(())"


def test_martial_law_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="before it starts"):
        WorkCalendar([(D(2024, 1, 2), D(2024, 1, 1))])


# --- counting working days ---------------------------------------------------------------------


def test_ten_working_days_in_peace_and_war():
    friday = D(2027, 4, 23)
    assert WAR.add_working_days(friday, 10) == D(2027, 5, 7)
    assert PEACETIME.add_working_days(friday, 10) == D(2027, 5, 12)


@given(calendars, days, st.integers(-60, 60).filter(bool))
def test_adding_counts_the_working_days_on_the_way(calendar, day, count):
    reached = calendar.add_working_days(day, count)
    assert calendar.is_working_day(reached)
    assert (reached > day) == (count > 0)
    first, last = sorted((day + ONE_DAY, reached) if count > 0 else (reached, day - ONE_DAY))
    passed = [first + n * ONE_DAY for n in range((last - first).days + 1)]
    assert sum(map(calendar.is_working_day, passed)) == abs(count)


@given(calendars, days)
def test_adding_none_stays(calendar, day):
    assert calendar.add_working_days(day, 0) == day


@given(calendars, days, st.integers(0, 40), st.integers(0, 40))
def test_adding_in_two_steps_is_adding_at_once(calendar, day, one, two):
    twice = calendar.add_working_days(calendar.add_working_days(day, one), two)
    assert twice == calendar.add_working_days(day, one + two)


@given(calendars, days)
def test_next_working_day_skips_only_days_off(calendar, day):
    found = calendar.next_working_day(day)
    assert calendar.is_working_day(found)
    while day < found:
        assert not calendar.is_working_day(day)
        day += ONE_DAY


# --- months ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (D(2027, 1, 31), 1, D(2027, 2, 28)),
        (D(2028, 1, 31), 1, D(2028, 2, 29)),
        (D(2028, 2, 29), 12, D(2029, 2, 28)),
        (D(2027, 11, 30), 3, D(2028, 2, 29)),
        (D(2027, 8, 17), 3, D(2027, 11, 17)),
        (D(2027, 12, 31), 1, D(2028, 1, 31)),
        (D(2027, 3, 31), -1, D(2027, 2, 28)),
        (D(2027, 1, 15), -1, D(2026, 12, 15)),
        (D(2027, 1, 15), 0, D(2027, 1, 15)),
    ],
)
def test_months_end_on_the_same_number_or_the_last_day(day, months, expected):
    assert add_months(day, months) == expected


@given(days, st.integers(-120, 120))
def test_months_go_so_many_months_further(day, months):
    found = add_months(day, months)
    assert (found.year - day.year) * 12 + found.month - day.month == months
    assert found.day == day.day or (found.day < day.day and (found + ONE_DAY).day == 1)


# --- periods -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "start", "calendar", "last_day"),
    [
        (Period(10, Unit.WORKING_DAYS), D(2026, 11, 24), WAR, D(2026, 12, 8)),
        (Period(10, Unit.WORKING_DAYS), D(2026, 12, 14), WAR, D(2026, 12, 28)),
        (Period(10, Unit.WORKING_DAYS), D(2026, 12, 14), PEACETIME, D(2026, 12, 29)),
        (Period(15, Unit.WORKING_DAYS), D(2027, 4, 26), PEACETIME, D(2027, 5, 20)),
        (
            Period(1, Unit.MONTHS),
            D(2027, 1, 31),
            WAR,
            D(2027, 3, 1),
        ),  # 28 February is a Sunday
        (
            Period(1, Unit.MONTHS),
            D(2027, 4, 1),
            PEACETIME,
            D(2027, 5, 5),
        ),  # five days off
        (Period(1, Unit.MONTHS), D(2027, 4, 1), WAR, D(2027, 5, 3)),
        (
            Period(30, Unit.DAYS),
            D(2027, 3, 1),
            WAR,
            D(2027, 3, 31),
        ),  # the clocks change on the 28th
        (
            Period(5, Unit.DAYS),
            D(2026, 11, 24),
            WAR,
            D(2026, 11, 30),
        ),  # the 29th is a Sunday
        (Period(1, Unit.DAYS), D(2026, 11, 24), WAR, D(2026, 11, 25)),
    ],
)
def test_last_day(period, start, calendar, last_day):
    assert period.last_day(start, calendar) == last_day


@given(calendars, days, periods)
def test_a_period_ends_after_its_start_on_a_working_day(calendar, start, period):
    last_day = period.last_day(start, calendar)
    assert last_day > start
    assert calendar.is_working_day(last_day)


@given(calendars, days, periods)
def test_a_later_start_or_a_longer_period_never_ends_earlier(calendar, start, period):
    last_day = period.last_day(start, calendar)
    assert period.last_day(start + ONE_DAY, calendar) >= last_day
    assert Period(period.amount + 1, period.unit).last_day(start, calendar) >= last_day


@given(days, periods)
def test_martial_law_never_makes_a_period_longer_than_peace(start, period):
    """It only turns days off into working days (from 2022 on no Saturday is worked in exchange)."""
    start = max(start, D(2022, 4, 1))
    assert period.last_day(start, WAR) <= period.last_day(start, PEACETIME)


@pytest.mark.parametrize("unit", Unit)
@pytest.mark.parametrize("beyond", [0, -3, None])
def test_a_period_is_of_a_sensible_length(unit, beyond):
    with pytest.raises(ValueError, match="a period of"):
        Period(LONGEST[unit] + 1 if beyond is None else beyond, unit)


def test_a_period_is_made_from_stored_values_and_equals_by_value():
    assert Period(10, "working_days") == Period(10, Unit.WORKING_DAYS)
    with pytest.raises(ValueError, match="fortnights"):
        Period(2, "fortnights")


@pytest.mark.parametrize(
    ("period", "text"),
    [
        (Period(1, Unit.DAYS), "1 day"),
        (Period(10, Unit.WORKING_DAYS), "10 working days"),
        (Period(3, Unit.MONTHS), "3 months"),
    ],
)
def test_a_period_in_words(period, text):
    with translation.override("en"):
        assert str(period) == text


# --- clocks ------------------------------------------------------------------------------------

SPRING = D(2027, 3, 28)  # 03:00 becomes 04:00
AUTUMN = D(2027, 10, 31)  # 04:00 becomes 03:00


def test_a_day_ends_at_midnight_in_kyiv():
    assert end_of_day(D(2027, 1, 15)) == dt.datetime(2027, 1, 15, 22, tzinfo=dt.UTC)
    assert end_of_day(D(2027, 7, 15)) == dt.datetime(2027, 7, 15, 21, tzinfo=dt.UTC)
    last = dt.datetime(2027, 1, 15, 23, 59, 59, 999999, KYIV)
    assert last < end_of_day(D(2027, 1, 15))
    assert last_date(end_of_day(D(2027, 1, 15))) == D(2027, 1, 15)


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25), (D(2027, 6, 1), 24)])
def test_days_have_as_many_hours_as_the_clocks_give_them(day, hours):
    start, end = end_of_day(day - ONE_DAY), end_of_day(day)
    assert end.astimezone(dt.UTC) - start.astimezone(dt.UTC) == dt.timedelta(hours=hours)


def test_thirty_days_across_the_change_are_thirty_dates_and_719_hours():
    start = D(2027, 3, 1)
    last = Period(30, Unit.DAYS).last_day(start, WAR)
    assert last - start == dt.timedelta(days=30)
    passed = end_of_day(last).astimezone(dt.UTC) - end_of_day(start).astimezone(dt.UTC)
    assert passed == dt.timedelta(hours=719)


def test_a_time_that_the_clocks_skipped_is_refused():
    with pytest.raises(SkippedTimeError):
        kyiv(SPRING, dt.time(3, 30))
    with pytest.raises(SkippedTimeError):
        kyiv(SPRING, dt.time(3, 30), fold=1)
    assert kyiv(SPRING, dt.time(2, 59, 59)) == dt.datetime(2027, 3, 28, 0, 59, 59, tzinfo=dt.UTC)
    assert kyiv(SPRING, dt.time(4)) == dt.datetime(2027, 3, 28, 1, tzinfo=dt.UTC)


def test_a_time_that_happened_twice_must_be_told_apart():
    with pytest.raises(RepeatedTimeError):
        kyiv(AUTUMN, dt.time(3, 30))
    first = dt.datetime(2027, 10, 31, 0, 30, tzinfo=dt.UTC)
    assert kyiv(AUTUMN, dt.time(3, 30), fold=0).astimezone(dt.UTC) == first
    assert kyiv(AUTUMN, dt.time(3, 30), fold=1).astimezone(dt.UTC) == first + dt.timedelta(hours=1)
    assert kyiv(AUTUMN, dt.time(4)) == dt.datetime(2027, 10, 31, 2, tzinfo=dt.UTC)


@given(days)
def test_dates_and_moments_agree_on_every_day(day):
    assert local_date(end_of_day(day)) == day + ONE_DAY
    assert last_date(end_of_day(day)) == day
    assert local_date(kyiv(day, dt.time(12))) == day


def test_the_date_in_kyiv_is_not_the_date_in_utc():
    assert local_date(dt.datetime(2027, 1, 15, 22, 30, tzinfo=dt.UTC)) == D(2027, 1, 16)
    with pytest.raises(ValueError, match="naive"):
        local_date(dt.datetime(2027, 1, 15, tzinfo=dt.UTC).replace(tzinfo=None))
