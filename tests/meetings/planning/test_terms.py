"""Terms of what is published of a meeting: each row with its article, in peace and under martial
law; when something is late."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from consultations.models import Consultation
from core.domain.calendar import PEACETIME, WorkCalendar, kyiv
from meetings import terms
from meetings.models import Item, Kind, Meeting, RollCall

WAR = WorkCalendar([(date(2022, 2, 24), None)])


def moment(text: str) -> datetime:
    """«2027-04-30 23:59» on the clocks of Kyiv."""
    shown = datetime.fromisoformat(text)
    return kyiv(shown.date(), shown.time(), fold=1)


#: article, kind of meeting, short notice, begins at, last day of its notice.
NOTICES = [
    ("280/97-ВР 46(10)", "session", "", "2027-03-25 10:00", "2027-03-15"),
    ("280/97-ВР 46(10)", "session", "", "2027-03-11 10:00", "2027-03-01"),
    ("280/97-ВР 46(10)", "session", "", "2027-03-11 00:30", "2027-03-01"),
    # Days, not working days: it may fall on a day off.
    ("280/97-ВР 46(10)", "session", "", "2027-03-31 10:00", "2027-03-21"),
    # In exceptional cases, with the reason.
    ("280/97-ВР 46(10)", "session", "Бюджет", "2027-03-25 10:00", "2027-03-24"),
    # The law names no term for others.
    ("280/97-ВР 47", "committee", "", "2027-03-25 10:00", None),
    ("280/97-ВР 13", "hearing", "", "2027-03-25 10:00", None),
]


@pytest.mark.parametrize(("article", "kind", "short", "begins_at", "last_day"), NOTICES)
def test_the_notice_of_a_session(article, kind, short, begins_at, last_day):
    meeting = Meeting(kind=kind, short_notice_reason=short, begins_at=moment(begins_at))
    found = terms.notice_day(meeting)
    assert (found.isoformat() if found else None) == last_day, article
    if found is not None:
        assert terms.is_notice_in_time(meeting, moment(f"{last_day} 23:59"))
        assert not terms.is_notice_in_time(meeting, moment(begins_at))


#: article, begins at, last day for drafts in peace, under martial law. On 8 March 2027, a Monday,
#: is a holiday, but not under martial law.
DRAFTS = [
    ("2939-VI 15(4)", "2027-03-25 10:00", "2027-03-11", "2027-03-11"),
    ("2939-VI 15(4)", "2027-03-17 10:00", "2027-03-02", "2027-03-03"),
    ("2939-VI 15(4)", "2027-02-01 10:00", "2027-01-18", "2027-01-18"),
]


@pytest.mark.parametrize(("article", "begins_at", "peace", "war"), DRAFTS)
def test_drafts_ten_working_days_before(article, begins_at, peace, war):
    meeting = Meeting(kind="session", begins_at=moment(begins_at))
    assert terms.draft_day(meeting, PEACETIME).isoformat() == peace, article
    assert terms.draft_day(meeting, WAR).isoformat() == war, article


#: article, kind, closed at, last day of the video, of the minutes in peace, under martial law.
RECORDS = [
    ("280/97-ВР 46(18)", "session", "2027-03-25 14:00", "2027-03-26", "2027-04-01", "2027-04-01"),
    # A session that ends after midnight is that of the next day.
    ("280/97-ВР 46(18)", "session", "2027-03-26 00:10", "2027-03-27", "2027-04-02", "2027-04-02"),
    # The next day is the next one, be it a day off.
    ("280/97-ВР 46(18)", "session", "2027-03-05 14:00", "2027-03-06", "2027-03-15", "2027-03-12"),
    ("280/97-ВР 47(9), (10)", "committee", "2027-03-25 14:00", "2027-03-26", "2027-04-01", None),
    ("2939-VI 15(2)", "executive", "2027-03-25 14:00", None, "2027-04-01", None),
    ("280/97-ВР 13", "hearing", "2027-03-25 14:00", None, None, None),
]


@pytest.mark.parametrize(("article", "kind", "closed_at", "video", "minutes", "at_war"), RECORDS)
def test_the_record_of_a_meeting(article, kind, closed_at, video, minutes, at_war):
    meeting = Meeting(kind=kind, closed_at=moment(closed_at))
    assert _iso(terms.video_day(meeting)) == video, article
    assert _iso(terms.minutes_day(meeting, PEACETIME)) == minutes, article
    if at_war:
        assert _iso(terms.minutes_day(meeting, WAR)) == at_war, article


#: article, kind, closed at, last day for the result.
ROLL_CALLS = [
    ("280/97-ВР 59(3)", "session", "2027-03-25 23:59", "2027-03-25"),
    ("280/97-ВР 59(3)", "session", "2027-03-26 00:00", "2027-03-26"),
    ("280/97-ВР 47(10)", "committee", "2027-03-25 12:00", None),
]


@pytest.mark.parametrize(("article", "kind", "closed_at", "last_day"), ROLL_CALLS)
def test_a_roll_call_on_the_same_day(article, kind, closed_at, last_day):
    roll_call = RollCall(closed_at=moment(closed_at))
    assert _iso(terms.roll_call_day(Meeting(kind=kind), roll_call)) == last_day, article
    assert terms.roll_call_day(Meeting(kind=kind), RollCall()) is None


def test_what_was_done_late_stays_late():
    meeting = Meeting(
        kind=Kind.SESSION,
        begins_at=moment("2027-03-25 10:00"),
        published_at=moment("2027-03-16 09:00"),
        closed_at=moment("2027-03-25 14:00"),
        video_published_at=moment("2027-03-26 20:00"),
        minutes_due_on=date(2027, 4, 1),
    )
    item = Item(title="Бюджет")
    item.consultation = Consultation(announced_at=moment("2027-03-12 09:00"))
    roll_call = RollCall(closed_at=moment("2027-03-25 12:00"))

    def late(today: str, calendar: WorkCalendar) -> dict[str, bool]:
        found = terms.due_items(
            meeting, items=[item, Item(title="Різне")], roll_calls=[roll_call], calendar=calendar
        )
        return {due.code: due.is_late_on(date.fromisoformat(today)) for due in found}

    assert late("2027-03-25", PEACETIME) == {
        "notice": True,
        "draft": True,
        "roll_call": False,
        "video": False,
        "minutes": False,
    }
    # The law does not bind local drafts while martial law lasts (389-VIII art. 9(10)).
    assert late("2027-04-02", WAR) == {
        "notice": True,
        "draft": False,
        "roll_call": True,
        "video": False,
        "minutes": True,
    }
    meeting.cancelled_at = moment("2027-03-20 10:00")
    assert late("2027-04-02", WAR) == {}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
