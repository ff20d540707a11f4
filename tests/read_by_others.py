"""Feeds and calendars as other programs read them: parsers that have not written them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

CALENDAR, FEED = "text/calendar", "application/atom+xml"
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def read_calendar(content: bytes) -> None:
    """Read iCalendar strictly (RFC 5545): AssertionError for what a reader may refuse."""
    from ical.calendar_stream import IcsCalendarStream
    from ical.exceptions import CalendarParseError

    assert content.endswith(b"END:VCALENDAR\r\n"), "does not end as a calendar"
    assert b"\n" not in content.replace(b"\r\n", b""), "a line ends without CR"
    assert not _CONTROL.search(content.replace(b"\r\n", b"")), "a control character"
    long = [line for line in content.split(b"\r\n") if len(line) > 75]
    assert not long, f"lines of more than 75 octets: {long}"
    try:
        (calendar,) = IcsCalendarStream.from_ics(content.decode("utf-8")).calendars
    except (CalendarParseError, ValueError) as error:
        raise AssertionError(f"a strict reader refuses the calendar: {error}") from error
    assert calendar.version == "2.0" and calendar.prodid
    told = [(event.uid, event.recurrence_id) for event in calendar.events]
    assert len(set(told)) == len(told), "two events of one UID"
    for event in calendar.events:
        assert event.uid and event.summary and event.dtstamp.tzinfo is not None
        assert event.dtend is None or _moment(event.dtend) >= _moment(event.dtstart)
        assert event.url and event.url.startswith("http")


def _moment(when: object) -> str:
    return when.isoformat() if isinstance(when, datetime) else str(when)


def read_feed(content: bytes) -> None:
    """Read Atom (RFC 4287): AssertionError for what a reader may refuse."""
    import feedparser

    read = feedparser.parse(content)
    assert not read.bozo, f"a reader refuses the feed: {read.get('bozo_exception')}"
    assert read.version == "atom10"
    feed = read.feed
    assert feed.get("id") and feed.get("title") and feed.get("updated_parsed")
    assert any(link.rel == "self" and link.href == feed.id for link in feed.links)
    assert feed.get("author_detail", {}).get("name")
    ids = [entry.get("id") for entry in read.entries]
    assert all(ids) and len(set(ids)) == len(ids), "entries without an id of their own"
    for entry in read.entries:
        assert entry.get("title") and entry.get("updated_parsed")
        assert entry.get("link", "").startswith("http")
        assert "<script" not in entry.get("summary", "").lower()


READERS: dict[str, Callable[[bytes], None]] = {CALENDAR: read_calendar, FEED: read_feed}
