"""News as Atom, dates as iCalendar: public, stable, and in the city's own days."""

from __future__ import annotations

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from icalendar import Calendar

from consultations.life import actions
from consultations.models import Consultation, State
from core.domain import clock as database_clock
from core.domain.calendar import local_date
from core.web.pages import forget_pages
from tests import factories

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
FEED, CALENDAR = "/consultations/feed.atom", "/consultations/calendar.ics"


@pytest.fixture(autouse=True)
def nothing_kept():
    forget_pages()


def _entries(client, path: str = FEED) -> list[tuple[str, str, str]]:
    feed = ElementTree.fromstring(client.get(path).content)  # noqa: S314 - our own
    return [
        (
            entry.findtext(f"{ATOM}id"),
            entry.findtext(f"{ATOM}title"),
            entry.findtext(f"{ATOM}summary"),
        )
        for entry in feed.iter(f"{ATOM}entry")
    ]


def _events(client, path: str = CALENDAR) -> dict[str, dict]:
    calendar = Calendar.from_ical(client.get(path).content)
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def _extend(consultation: Consultation, by) -> Consultation:
    actions.change_dates(
        consultation,
        by=by,
        opens_on=consultation.opens_on,
        last_day=consultation.last_day + timedelta(days=7),
        reason="Просили мешканці.",
    )
    forget_pages()
    return Consultation.objects.get(pk=consultation.pk)


def test_tells_what_happened_in_every_state(client, department):
    for state in State:
        factories.consultation(department, state)
    kinds = [what.rpartition("/")[2] for what, _title, _text in _entries(client)]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "announced": 5,
        "opened": 3,
        "closed": 2,
        "reported": 1,
        "withdrawn": 1,
    }


def test_tells_a_change_of_dates_with_its_reason(client, opened, ofi):
    _extend(opened, ofi)
    (newest, *_rest) = _entries(client)
    assert "/dates/" in newest[0]
    assert "Просили мешканці." in newest[2]


def test_what_is_not_announced_is_not_told(client, preparing):
    assert _entries(client) == []
    assert _events(client) == {}
    assert client.get(f"/consultations/{preparing.pk}/calendar.ics").status_code == 404


def test_the_feed_is_the_same_news_in_english(client, opened):
    ukrainian, english = _entries(client), _entries(client, f"/en{FEED}")
    assert [entry[0] for entry in ukrainian] == [entry[0] for entry in english]
    assert ("Announced: " + opened.title) in [entry[1] for entry in english]
    assert ("Announced: " + opened.title) not in [entry[1] for entry in ukrainian]


def test_markup_in_a_title_is_text(client, department):
    factories.consultation(department, title="<script>alert(1)</script> & ]]>")
    assert any("<script>alert(1)</script> & ]]>" in title for _id, title, _text in _entries(client))
    assert "<script>" not in client.get(FEED).content.decode()


def test_dates_are_whole_days_in_kyiv(client, department):
    made = factories.consultation(
        department,
        State.ANNOUNCED,
        opens_at="2031-03-29T22:00:00Z",
        closes_at="2031-04-20T21:00:00Z",
        report_due_on=date(2031, 5, 30),
    )
    by_kind = {uid.split("-")[2].partition("@")[0]: event for uid, event in _events(client).items()}
    days = {kind: (event["DTSTART"].dt, event["DTEND"].dt) for kind, event in by_kind.items()}
    assert days == {
        "opens": (date(2031, 3, 30), date(2031, 3, 31)),
        "closes": (date(2031, 4, 20), date(2031, 4, 21)),
        "report": (date(2031, 5, 30), date(2031, 5, 31)),
    }
    answer = client.get(CALENDAR)
    calendar = Calendar.from_ical(answer.content)
    # RFC 7986, 5.7: what is no duration makes strict readers refuse the whole file.
    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in answer.content
    assert (calendar["METHOD"], calendar["VERSION"]) == ("PUBLISH", "2.0")
    assert made.title in str(by_kind["opens"]["SUMMARY"])


def test_a_change_keeps_the_uid_and_raises_the_sequence(client, opened, ofi):
    path = f"/consultations/{opened.pk}/calendar.ics"
    before = _events(client, path)
    changed = _extend(opened, ofi)
    after = _events(client, path)
    assert set(before) == set(after)
    assert {int(event["SEQUENCE"]) for event in before.values()} == {0}
    assert {int(event["SEQUENCE"]) for event in after.values()} == {1}
    (closes,) = [event for uid, event in after.items() if "closes" in uid]
    assert closes["DTSTART"].dt == changed.last_day
    assert closes["DTSTAMP"].dt > before[str(closes["UID"])]["DTSTAMP"].dt


def test_a_withdrawn_one_is_cancelled(client, opened, ofi):
    actions.withdraw(opened, by=ofi, reason="Проєкт відкликано.")
    events = _events(client).values()
    assert {str(event["STATUS"]) for event in events} == {"CANCELLED"}
    assert {int(event["SEQUENCE"]) for event in events} == {1}


def test_the_common_calendar_forgets_what_is_long_over(client, department, clock):
    factories.consultation(department)
    assert _events(client)
    clock.advance(days=500)
    forget_pages()
    assert not _events(client)
    assert local_date(database_clock.now()).year > 2026


@pytest.mark.parametrize("path", [FEED, CALENDAR, "/consultations/{pk}/calendar.ics"])
def test_are_shared_without_cookies_and_in_few_queries(
    client, opened, ofi, django_assert_max_num_queries, path
):
    for _number in range(5):
        _extend(factories.consultation(opened.department), ofi)
    with django_assert_max_num_queries(8):
        answer = client.get(path.format(pk=opened.pk))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=0, s-maxage=1"
    assert not answer.cookies
    kinds = {"/consultations/feed.atom": "application/atom+xml"}
    assert answer.headers["Content-Type"].startswith(kinds.get(path, "text/calendar"))
