"""Calendars (iCalendar): make a view's response of events."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.http import HttpResponse
from icalendar import Calendar, Event, vDuration

from core.export.atom import host

#: Lines may end, and nothing else.
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Dated:
    """One event of a calendar.

    ``what``: «consultation-12-opens», unique for ever; ``sequence`` grows with every change, the
    last of which was at ``changed``. ``starts`` is a whole day, or a moment, which may have an end.
    """

    what: str
    sequence: int
    changed: datetime
    starts: date | datetime
    title: str
    text: str
    path: str
    is_cancelled: bool = False
    ends: datetime | None = None
    place: str = ""


def answer(name: str, events: Iterable[Dated]) -> HttpResponse:
    """The events as iCalendar (RFC 5545)."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{host()}//Viche//UK")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", _clean(name))
    calendar.add("x-wr-calname", _clean(name))
    calendar.add("x-wr-timezone", "Europe/Kyiv")
    calendar.add("refresh-interval", vDuration(timedelta(hours=6)), {"VALUE": "DURATION"})
    for dated in events:
        calendar.add_component(_event(dated))
    return HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")


def _event(dated: Dated) -> Event:
    """A moment without an end lasts as long as nothing (RFC 5545, 3.6.1)."""
    address = settings.SITE_URL + dated.path
    event = Event()
    event.add("uid", f"{dated.what}@{host()}")
    event.add("sequence", dated.sequence)
    event.add("dtstamp", dated.changed)
    event.add("last-modified", dated.changed)
    event.add("dtstart", dated.starts)
    if not isinstance(dated.starts, datetime):
        event.add("dtend", dated.starts + timedelta(days=1))
    elif dated.ends is not None:
        event.add("dtend", dated.ends)
    if dated.place:
        event.add("location", _clean(dated.place))
    event.add("summary", _clean(dated.title))
    event.add("description", _clean(f"{dated.text}\n{address}"))
    event.add("url", address)
    event.add("status", "CANCELLED" if dated.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def _clean(words: str) -> str:
    """Without control characters, which no text of a calendar may have (RFC 5545, 3.3.11)."""
    return _CONTROL.sub("", words)
