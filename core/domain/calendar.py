"""Days, periods and deadlines of Ukrainian law, counted in dates of Europe/Kyiv.

Which days are working days depends on a switch: while martial law lasts, articles 67(3)-(5) and 73
of the Labour Code are not applied (law 2136-IX art. 6(6)), so every Monday to Friday is a working
day; in peacetime holidays are days off, and one that falls on a weekend moves its day off to the
next working day (Labour Code arts 67(3), 73). The dates of martial law are the council's data and
are passed in as `WorkCalendar(periods)`; the holidays themselves come from the `holidays` library.

Periods are counted by the Civil Code: from the day *after* the event (art. 253), months end on the
same number or on the last day of the month (art. 254(3)), a last day that is not a working day
moves to the next working day (art. 254(5)), and what is done before the end of the last day is in
time (art. 255). A period is never a number of hours: a day in Kyiv has 23, 24 or 25 of them.
"""

import calendar as gregorian
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

import holidays
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

KYIV = ZoneInfo("Europe/Kyiv")
ONE_DAY = dt.timedelta(days=1)
SATURDAY = 5


class SkippedTimeError(ValueError):
    """The clocks of Kyiv skipped this time: they went forward over it."""


class RepeatedTimeError(ValueError):
    """The clocks of Kyiv showed this time twice: they went back over it."""


class Kind(StrEnum):
    """Why nobody has to work on a day."""

    WEEKEND = "weekend"
    HOLIDAY = "holiday"  # a day of art. 73, or one that the Cabinet made free by moving work
    TRANSFER = "transfer"  # the day off of a holiday that fell on a weekend, art. 67(3)


@dataclass(frozen=True)
class DayOff:
    """Why a day is off; `holiday` is the date of the holiday, None for a plain weekend."""

    kind: Kind
    holiday: dt.date | None = None


WEEKEND = DayOff(Kind.WEEKEND)

type MartialLaw = tuple[tuple[dt.date, dt.date | None], ...]


class WorkCalendar:
    """Which days are working days, given the dates of martial law.

    `martial_law` holds (first day, last day) with both days inside, the last None while it goes on.
    Calendars with equal periods are equal and share their cached years.
    """

    def __init__(self, martial_law: Iterable[tuple[dt.date, dt.date | None]] = ()) -> None:
        periods = tuple(
            sorted(
                ((first, last) for first, last in martial_law),
                key=lambda period: period[0],
            )
        )
        for first, last in periods:
            if last is not None and last < first:
                raise ValueError(f"martial law ends on {last}, before it starts on {first}")
        self.martial_law: MartialLaw = periods

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WorkCalendar) and self.martial_law == other.martial_law

    def __hash__(self) -> int:
        return hash(self.martial_law)

    def __repr__(self) -> str:
        return f"WorkCalendar({self.martial_law!r})"

    def is_martial_law(self, day: dt.date) -> bool:
        return _is_within(self.martial_law, day)

    def day_off(self, day: dt.date) -> DayOff | None:
        """Why this day is off, or None when it is a working day."""
        year = _year(day.year, self.martial_law)
        if day in year.off:
            return year.off[day]
        return WEEKEND if day.weekday() >= SATURDAY and day not in year.worked else None

    def is_working_day(self, day: dt.date) -> bool:
        return self.day_off(day) is None

    def next_working_day(self, day: dt.date) -> dt.date:
        """The day itself when it is a working day, else the first one after it."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

    def add_working_days(self, day: dt.date, count: int) -> dt.date:
        """The `count`-th working day after `day`; before it when negative; the day itself for 0."""
        step = ONE_DAY if count > 0 else -ONE_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day


class Unit(TextChoices):
    DAYS = "days", _("calendar days")
    WORKING_DAYS = "working_days", _("working days")
    MONTHS = "months", _("months")


LONGEST = {Unit.DAYS: 3660, Unit.WORKING_DAYS: 2500, Unit.MONTHS: 120}


@dataclass(frozen=True)
class Period:
    """A term of the law: 1 to ten years' worth of days, working days or months; else ValueError."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        object.__setattr__(self, "unit", Unit(self.unit))
        if not 1 <= self.amount <= LONGEST[self.unit]:
            raise ValueError(f"a period of {self.amount} {self.unit.value}")

    def __str__(self) -> str:
        text = {
            Unit.DAYS: ngettext("%(amount)d day", "%(amount)d days", self.amount),
            Unit.WORKING_DAYS: ngettext(
                "%(amount)d working day", "%(amount)d working days", self.amount
            ),
            Unit.MONTHS: ngettext("%(amount)d month", "%(amount)d months", self.amount),
        }[self.unit]
        return text % {"amount": self.amount}

    def last_day(self, start: dt.date, calendar: WorkCalendar) -> dt.date:
        """The last day of a period that an event on `start` set going; always a working day.

        The whole of it belongs to the period: it closes at `end_of_day(last_day)`.
        """
        if self.unit == Unit.WORKING_DAYS:
            return calendar.add_working_days(start, self.amount)
        if self.unit == Unit.MONTHS:
            return calendar.next_working_day(add_months(start, self.amount))
        return calendar.next_working_day(start + self.amount * ONE_DAY)


def add_months(day: dt.date, months: int) -> dt.date:
    """The same number of a later (or, negative, earlier) month, or its last day if it has none."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = gregorian.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def kyiv(day: dt.date, time: dt.time = dt.time.min, *, fold: int | None = None) -> dt.datetime:
    """The instant when the clocks of Kyiv show `day`, `time` (naive), as an aware datetime.

    SkippedTimeError where clocks went forward over it. Where they went back it happened twice:
    `fold` 0 takes the first, 1 the second; without it RepeatedTimeError is raised. Two such
    instants on either side of a change differ by wall-clock time when subtracted: count in dates,
    or in UTC.
    """
    first = dt.datetime.combine(day, time.replace(fold=0), KYIV)
    second = first.replace(fold=1)
    if first.utcoffset() == second.utcoffset():
        return first
    if first.astimezone(dt.UTC).astimezone(KYIV).replace(tzinfo=None) != first.replace(tzinfo=None):
        raise SkippedTimeError(f"{day} {time} does not exist in Kyiv")
    if fold is None:
        raise RepeatedTimeError(f"{day} {time} happens twice in Kyiv")
    return second if fold else first


def end_of_day(day: dt.date) -> dt.datetime:
    """The moment from which `day` is over: midnight in Kyiv. 23:59:59.999999 is still before it."""
    return kyiv(day + ONE_DAY)


def local_date(moment: dt.datetime) -> dt.date:
    """The date in Kyiv at an aware moment; ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("a naive datetime has no date in Kyiv")
    return moment.astimezone(KYIV).date()


def last_date(closes_at: dt.datetime) -> dt.date:
    """The last date of what closes at this moment: `last_date(end_of_day(day)) == day`."""
    return local_date(closes_at.astimezone(dt.UTC) - dt.timedelta(microseconds=1))


@dataclass(frozen=True)
class _Year:
    off: Mapping[dt.date, DayOff]
    worked: frozenset[dt.date]  # weekend days on which the Cabinet's transfer put work


@lru_cache(maxsize=512)
def _year(year: int, martial_law: MartialLaw) -> _Year:
    """Holidays and transfers of a year, less what martial law suspends.

    A transfer needs both ends in peacetime: art. 73 must make the holiday, art. 67(3) move it.
    """
    library = _library(year)
    found = {day: DayOff(Kind.HOLIDAY, day) for day in library if not _is_within(martial_law, day)}
    off = dict(found)
    for day in sorted(found):
        if day.weekday() < SATURDAY:
            continue
        moved = day
        while moved.weekday() >= SATURDAY or moved in off:
            moved += ONE_DAY
        if not _is_within(martial_law, moved):
            off[moved] = DayOff(Kind.TRANSFER, day)
    worked = frozenset(
        day
        for day in library.weekend_workdays
        if day.year == year and not _is_within(martial_law, day)
    )
    return _Year(MappingProxyType(off), worked)


@lru_cache(maxsize=128)
def _library(year: int) -> holidays.HolidayBase:
    """The library's year as article 73 has it, martial law left out.

    The library keeps what it holds to be suspended by martial law under `workday`, by a starting
    date of its own; the two categories together are the peacetime list whatever that date is. Its
    transfers follow the same switch, hence `observed=False`: `_year` makes them.
    """
    return holidays.country_holidays(
        "UA",
        years=year,
        expand=False,
        observed=False,
        categories=(holidays.PUBLIC, holidays.WORKDAY),
    )


def _is_within(periods: MartialLaw, day: dt.date) -> bool:
    return any(first <= day and (last is None or day <= last) for first, last in periods)


PEACETIME = WorkCalendar()
