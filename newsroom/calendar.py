"""The calendar of a month: events of the newsroom and meetings, by their days."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise

from core.domain import clock
from core.domain.calendar import kyiv, local_date
from meetings.models import Meeting
from newsroom import queries
from newsroom.models import Article
from newsroom.presenters import ShownArticle

#: Of one kind in a month; more stand in the list alone.
MOST = 300
_YEARS = range(2015, 2101)
_WEEKS = calendar.Calendar(firstweekday=0)


@dataclass(frozen=True, slots=True)
class Dated:
    """One thing of the calendar; ``ends_at`` where it is known, on that day or a later one."""

    begins_at: datetime
    ends_at: datetime | None
    title: str
    url: str
    kind: str | Promise
    place: str
    is_cancelled: bool = False

    @property
    def ends_on_its_day(self) -> bool:
        return self.ends_at is not None and local_date(self.begins_at) == local_date(self.ends_at)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the agenda with what it has, the earliest first."""

    day: date
    things: list[Dated]
    is_past: bool
    is_today: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the month's table; ``number``: of things on it; ``is_here``: of this month."""

    day: date
    number: int
    is_here: bool
    is_today: bool


def month_of(params: QueryDict, today: date) -> date:
    """The first day of the month that is asked for (``?month=2026-11``), else of this one."""
    year, _dash, month = params.get("month", "").partition("-")
    for number in (year, month):
        if not (number.isascii() and number.isdecimal() and len(number) <= 4):
            return today.replace(day=1)
    if int(year) in _YEARS and 1 <= int(month) <= 12:
        return date(int(year), int(month), 1)
    return today.replace(day=1)


def calendar_context(params: QueryDict) -> dict[str, Any]:
    """A month as a table and as an agenda: three queries."""
    today = local_date(clock.now())
    first = month_of(params, today)
    following = (first + timedelta(days=32)).replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    things = sorted(_things(first, following), key=attrgetter("begins_at"))
    by_day: dict[date, list[Dated]] = {}
    for each in things:
        by_day.setdefault(local_date(each.begins_at), []).append(each)
    weeks = [
        [
            Cell(day, len(by_day.get(day, ())), day.month == first.month, day == today)
            for day in week
        ]
        for week in _WEEKS.monthdatescalendar(first.year, first.month)
    ]
    return {
        "month": first,
        "weeks": weeks,
        "days": [
            Day(day, found, is_past=day < today, is_today=day == today)
            for day, found in by_day.items()
        ],
        "is_this_month": first == today.replace(day=1),
        "today": today,
        "previous_url": _url(before),
        "previous": before,
        "next_url": _url(following),
        "next": following,
    }


def _url(month: date) -> str:
    """URL of a month's page; "" beyond the years that a calendar has."""
    return f"{reverse('newsroom:calendar')}?month={month:%Y-%m}" if month.year in _YEARS else ""


def _things(first: date, following: date) -> Iterator[Dated]:
    within = {"begins_at__gte": kyiv(first), "begins_at__lt": kyiv(following)}
    events = queries.for_page(Article.objects.published().events()).filter(**within)
    for row in events.order_by("begins_at", "pk")[:MOST]:
        yield Dated(
            row.begins_at,
            row.ends_at,
            ShownArticle.of(row).title,
            row.get_absolute_url(),
            row.get_kind_display(),
            row.place,
        )
    meetings = Meeting.objects.published().filter(**within).defer("search")
    for meeting in meetings.order_by("begins_at", "pk")[:MOST]:
        yield Dated(
            meeting.begins_at,
            meeting.ends_at,
            meeting.title,
            meeting.get_absolute_url(),
            meeting.get_kind_display(),
            meeting.place,
            bool(meeting.cancelled_at),
        )
