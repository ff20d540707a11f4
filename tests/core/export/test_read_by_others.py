"""What readers of calendars and feeds refuse, and that each of ours is read in the tests."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from core.export import atom, ical
from tests.access import table
from tests.read_by_others import read_calendar, read_feed

NOW = datetime(2026, 12, 2, 9, tzinfo=UTC)
TITLE = "Громадське обговорення проєкту рішення: про відновлення руху автобуса № 7, «а» та інших"


@pytest.fixture
def calendar() -> bytes:
    day = ical.Dated(
        "consultation-1-opens", 1, NOW, date(2026, 12, 3), TITLE, "Текст;\nі ще", "/a/"
    )
    moment = ical.Dated("meeting-1", 2, NOW, NOW, TITLE, "Текст", "/b/", True, NOW, "Зала, 1; 2")
    return ical.answer("Календар", [day, moment]).content


@pytest.fixture
def feed() -> bytes:
    entry = atom.Entry("/a/", "petition/1/answered", NOW, NOW, TITLE, "<script>a</script> \x0b")
    return atom.answer("Новини", path="/feed.atom", page="/", entries=[entry]).content


def test_ours_are_read(calendar, feed, db):
    read_calendar(calendar)
    read_feed(feed)


@pytest.mark.parametrize(
    ("ours", "other"),
    [
        # As it was written until readers refused the whole file.
        (b"REFRESH-INTERVAL;VALUE=DURATION:PT6H", b"REFRESH-INTERVAL;VALUE=DURATION:6:00:00"),
        (b"DTSTART;VALUE=DATE:20261203", b"DTSTART;VALUE=DATE:2026-12-03"),
        (b"UID:meeting-1@", b"UID:consultation-1-opens@"),
        (b"VERSION:2.0\r\n", b"VERSION:2.0\n"),
        (b"END:VEVENT\r\nEND:VCALENDAR", b"END:VCALENDAR"),
        (b"SUMMARY:", b"SUMMARY:" + b"x" * 80),
    ],
)
def test_what_a_strict_reader_refuses_fails(calendar, ours, other):
    assert ours in calendar
    with pytest.raises(AssertionError):
        read_calendar(calendar.replace(ours, other))


@pytest.mark.parametrize(
    ("ours", "other"),
    [(b"</entry>", b""), (b"<id>", b"<x>"), (b"<updated>", b"<up>"), (b"<title>", b"<t>")],
)
def test_what_a_reader_of_feeds_refuses_fails(feed, ours, other, db):
    assert ours in feed
    with pytest.raises(AssertionError):
        read_feed(feed.replace(ours, other))


def routes(patterns, space=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from routes(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and str(pattern.pattern).endswith((".ics", ".atom")):
            yield f"{space}{pattern.name}"


def test_each_is_asked_for_by_the_list_of_routes():
    """That list asks every route of the city; what it gets, the plugin reads."""
    found = set(routes(get_resolver().url_patterns))
    asked = {line.route for line in table.read() if "200" in line.cells}
    assert len(found) >= 13
    assert found <= asked
