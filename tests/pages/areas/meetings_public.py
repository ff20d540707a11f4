"""Public pages of meetings, and the display of one."""

from __future__ import annotations

from meetings.actions import course, questions, record, rollcalls, speakers
from meetings.hall import actions as hall
from meetings.hall import codes
from meetings.hall.figures import Figures
from meetings.models import Meeting, RollCall, ShowOfHands, State
from tests.meetings import factories
from tests.pages.page_checks import PageCheck, PageChecks, of
from tests.pages.page_walk import PageWalk
from tests.pages.steps import send


def _running(town: PageWalk) -> Meeting:
    """One with all that a meeting can have; bohdan is its deputy."""
    found = Meeting.objects.running().first()
    if found is not None:
        return found
    meeting = factories.meeting(
        State.RUNNING,
        accessibility="Пандус з двору, переклад жестовою мовою.",
        stream_url="https://video.example/live",
        capacity=40,
    )
    assert meeting.body is not None
    deputies = factories.deputies(meeting.body)
    deputies[0].user = town.people["bohdan"]
    deputies[0].save()
    factories.everybody_is_here(meeting)
    item = factories.on_item(meeting)
    by = factories.secretary()
    _published(meeting)
    olena = town.people["olena"]
    for state in ("waiting", "hidden", "answered", "later"):
        factories.question(meeting, olena, state=state)
    live = factories.question(meeting, olena, state="shown")
    questions.put_live(live, by=by, seen_live=None)
    speakers.begin_speech(factories.speaker(item, stance="against"), by=by, seen_speaker=None)
    factories.speaker(item, name="Іван Сич", stance="for")
    factories.roll_call(meeting)
    return meeting


def _asked() -> Meeting:
    """One with a show of hands that is open, and one that has closed."""
    found = ShowOfHands.objects.filter(closed_at=None).first()
    if found is not None:
        return found.meeting
    meeting = factories.meeting(State.RUNNING, kind="hearing")
    by = factories.secretary()
    factories.on_item(meeting)
    show = factories.show_of_hands(meeting)
    counted = hall.count_hands(show, by=by, counted=Figures(1204, 30, 7), seen=None)
    hall.close_show(counted, by=by)
    show = factories.show_of_hands(meeting, question="Чи переносити зупинку до лікарні? " * 5)
    hall.count_hands(show, by=by, counted=Figures(41, 3, 1), seen=None)
    return meeting


def _hall(town: PageWalk) -> list[PageCheck]:
    """In the hall, without its code, and after the meeting."""
    meeting = _asked()
    hall.enter_hall(meeting, by=town.people["olena"], has_scanned=True)
    return [
        of("meetings:hall", meeting.pk, who="olena"),
        of("meetings:hall", meeting.pk, who="bohdan"),
        of("meetings:hall", _over().pk, who="bohdan"),
    ]


def _published(meeting: Meeting) -> RollCall:
    assert meeting.body is not None
    by = factories.secretary()
    roll_call = factories.roll_call(meeting)
    for deputy in factories.deputies(meeting.body)[:4]:
        rollcalls.enter_vote(roll_call, deputy, by=by, choice="for")
    return rollcalls.publish_roll_call(rollcalls.close_roll_call(roll_call, by=by), by=by)


def _over() -> Meeting:
    """One with its record."""
    found = Meeting.objects.past().exclude(video_url="").first()
    if found is not None:
        return found
    meeting = factories.meeting(State.RUNNING, kind="committee")
    factories.everybody_is_here(meeting)
    factories.on_item(meeting)
    _published(meeting)
    by = factories.secretary()
    meeting = course.close_meeting(meeting, by=by, seen_item=meeting.current_item_id)
    return record.publish_video(meeting, by=by, url="https://video.example/1.mp4")


def _announced() -> Meeting:
    found = Meeting.objects.coming().filter(opened_at=None).first()
    return found or factories.meeting(State.ANNOUNCED)


def _details(town: PageWalk) -> list[PageCheck]:
    meetings = (_running(town), _over(), _announced(), factories.meeting(State.CANCELLED))
    return [
        *(of("meetings:detail", meeting.pk) for meeting in meetings),
        of("meetings:detail", meetings[0].pk, who="olena"),
        of("meetings:detail", meetings[0].pk, who="bohdan"),
        of("meetings:detail", _asked().pk, who="charlie"),
    ]


def _displays(town: PageWalk) -> list[PageCheck]:
    blank = factories.meeting(State.RUNNING, kind="hearing")
    course.blank(blank, by=factories.secretary())
    meetings = (_running(town), _over(), _announced(), blank)
    key = f"?hall={codes.display_key(_asked().pk)}"
    return [
        *(of("meetings:display", each.pk, width=1920, height=1080) for each in meetings),
        of("meetings:display", _asked().pk, query=key, width=1920, height=1080),
    ]


def _roll_call(town: PageWalk) -> list[PageCheck]:
    meeting = _over()
    roll_call = RollCall.objects.filter(item__meeting=meeting).first()
    assert roll_call is not None
    return [of("meetings:roll_call", meeting.pk, roll_call.pk)]


PAGES: dict[str, PageChecks] = {
    "meetings:list": lambda town: [
        of("meetings:list", query=query)
        for query in ("", "?state=past")
        if _running(town) and _over()
    ],
    "meetings:detail": _details,
    "meetings:display": _displays,
    "meetings:roll_call": _roll_call,
    "meetings:log": lambda town: [
        of("meetings:log", each.pk) for each in (_over(), _running(town))
    ],
    "meetings:ask": lambda town: (
        [of("meetings:ask", _running(town).pk, who="charlie", then=step) for step in (None, send)]
        + [of("meetings:ask", _over().pk, who="charlie")]
    ),
    "meetings:hand": lambda town: [
        of("meetings:hand", pk, who="charlie") for pk in (_running(town).pk, _announced().pk)
    ],
    "meetings:hall": _hall,
    "meetings:scan": lambda town: [
        of("meetings:scan", _asked().pk, "aaaaaaaaaaaaaaaa", status=410)
    ],
    "meetings:vote": lambda town: [
        of("meetings:vote", _running(town).pk, who=who) for who in ("bohdan", "charlie")
    ],
}
#: Routes that show no page, and why.
NO_PAGE: dict[str, str] = {
    "meetings:calendar": "iCalendar",
    "meetings:dates": "iCalendar",
    "meetings:course": "a region of the meeting's page",
    "meetings:floor": "a region of the meeting's page",
    "meetings:mine": "JSON",
    "meetings:hall_code": "a region of a display in the hall",
    **dict.fromkeys(
        (f"meetings:{name}" for name in ("enter_hall", "leave_hall", "raise_hand")), "POST"
    ),
    **dict.fromkeys((f"meetings:{name}" for name in ("support", "lower_hand", "cast")), "POST"),
}
