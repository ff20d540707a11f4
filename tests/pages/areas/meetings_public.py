"""Public pages of meetings, and the display of one."""

from __future__ import annotations

from playwright.sync_api import Page

from core.domain import clock
from meetings.course import actions as course_actions
from meetings.displays.join import hall_code_of
from meetings.hall import actions as hall
from meetings.hall import codes
from meetings.hall.figures import Figures
from meetings.minutes import actions as minutes
from meetings.models import Meeting, RollCall, ShowOfHands, State
from meetings.outcome import actions as outcome
from meetings.questions import actions as questions_actions
from meetings.quickpolls import actions as quickpolls_actions
from meetings.record import actions as record_actions
from meetings.rollcalls import actions as rollcalls_actions
from meetings.speakers import actions as speakers_actions
from meetings.video import actions as video
from meetings.video.parsing import Cue
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
    questions_actions.put_live(live, by=by, seen_live=None)
    speakers_actions.begin_speech(
        factories.speaker(item, stance="against"), by=by, seen_speaker=None
    )
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


def _guest(town: PageWalk) -> list[PageCheck]:
    """From the typed code to the page of a guest, wide and on a telephone."""
    meeting = _surveyed()
    factories.question(meeting, town.people["olena"], state="shown")

    def become_guest(page: Page) -> None:
        page.locator("#hall-typed-code").fill(hall_code_of(meeting.pk, clock.now()))
        page.locator(".hall-typed button").click()
        page.locator("[aria-describedby=guest-privacy]").click()
        page.wait_for_url("**/guest/")

    return [
        of("meetings:hall", meeting.pk, then=become_guest),
        of("meetings:hall", meeting.pk, then=become_guest, width=360, height=740),
    ]


def _said(town: PageWalk) -> list[PageCheck]:
    """With subtitles, sought in vain, and without."""
    meeting = _over()
    if not meeting.subtitles.exists():
        cues = [
            Cue(1000 * place, 1000 * place + 900, "Слово надається. " * 9) for place in range(30)
        ]
        video.import_subtitles(meeting, by=factories.secretary(), cues=cues)
    return [
        of("meetings:transcript", meeting.pk),
        of("meetings:transcript", meeting.pk, query="?q=трамвай"),
        of("meetings:transcript", _running(town).pk),
    ]


def _published(meeting: Meeting) -> RollCall:
    assert meeting.body is not None
    by = factories.secretary()
    roll_call = factories.roll_call(meeting)
    for deputy in factories.deputies(meeting.body)[:4]:
        rollcalls_actions.enter_vote(roll_call, deputy, by=by, choice="for")
    return rollcalls_actions.publish_roll_call(
        rollcalls_actions.close_roll_call(roll_call, by=by), by=by
    )


def _over() -> Meeting:
    """One with its record."""
    voted = RollCall.objects.exclude(published_at=None).values("item__meeting")
    found = Meeting.objects.past().exclude(video_url="").filter(pk__in=voted).first()
    if found is not None:
        return found
    meeting = factories.meeting(State.RUNNING, kind="committee")
    factories.everybody_is_here(meeting)
    factories.on_item(meeting)
    _published(meeting)
    by = factories.secretary()
    meeting = course_actions.close_meeting(meeting, by=by, seen_item=meeting.current_item_id)
    return record_actions.publish_video(meeting, by=by, url="https://video.example/1.mp4")


def _with_minutes() -> Meeting:
    """One whose minutes were published twice."""
    meeting = _over()
    by = factories.secretary()
    if meeting.minutes_edition is None:
        texts = {"chair": "Бондар О. І.", "guests": "Ткач Ю. П., начальниця управління"}
        minutes.save(meeting, by=by, section="head", texts=texts)
        minutes.publish(meeting, by=by, knowing=True)
        minutes.publish(meeting, by=by, knowing=True, reason="Описка в назві питання")
    return meeting


def _announced() -> Meeting:
    found = Meeting.objects.coming().filter(opened_at=None).first()
    return found or factories.meeting(State.ANNOUNCED)


def _surveyed() -> Meeting:
    """One in which those present are asked, and were asked before."""
    meeting = factories.meeting(State.RUNNING, kind="hearing")
    by = factories.secretary()
    quickpolls_actions.close_quick_poll(factories.quick_poll(meeting, "Оголосити перерву?"), by=by)
    factories.quick_poll(meeting, "Який варіант кращий?", "Перший", "Другий " * 12)
    return meeting


def _details(town: PageWalk) -> list[PageCheck]:
    surveyed = _surveyed()
    meetings = (
        *(_running(town), surveyed, _over(), _announced(), factories.meeting(State.CANCELLED)),
    )
    return [
        *(of("meetings:detail", meeting.pk) for meeting in meetings),
        of("meetings:detail", factories.interrupted().pk, width=360, height=740),
        of("meetings:detail", meetings[0].pk, who="olena"),
        of("meetings:detail", meetings[0].pk, who="bohdan"),
        of("meetings:detail", _asked().pk, who="charlie"),
        of("meetings:detail", surveyed.pk, who="olena"),
        of("meetings:detail", surveyed.pk, who="olena", width=360, height=740),
    ]


def _displays(town: PageWalk) -> list[PageCheck]:
    blank = factories.meeting(State.RUNNING, kind="hearing")
    course_actions.blank(blank, by=factories.secretary())
    meetings = (_running(town), _over(), _announced(), blank, _surveyed())
    key = f"?hall={codes.display_key(_asked().pk)}"
    return [
        *(of("meetings:display", each.pk, width=1920, height=1080) for each in meetings),
        of("meetings:display", _asked().pk, query=key, width=1920, height=1080),
        of("meetings:display", factories.interrupted().pk, width=1920, height=1080),
    ]


def _go_on(town: PageWalk) -> list[PageCheck]:
    meeting = factories.meeting(State.RUNNING, kind="hearing")
    by = factories.secretary()
    asked = factories.question(meeting, town.people["olena"], state="shown", text="Чому? " * 80)
    course_actions.close_meeting(meeting, by=by, seen_item=None)
    outcome.publish_outcome(meeting, by=by, text="Враховано. " * 40, url="https://rada.example/1")
    return [
        of("meetings:go_on", meeting.pk, asked.pk, who="olena"),
        of("meetings:detail", meeting.pk, who="olena"),
    ]


def _roll_call(town: PageWalk) -> list[PageCheck]:
    meeting = _over()
    roll_call = RollCall.objects.filter(item__meeting=meeting).first()
    assert roll_call is not None
    return [of("meetings:roll_call", meeting.pk, roll_call.pk)]


PAGES: dict[str, PageChecks] = {
    "meetings:go_on": _go_on,
    "meetings:list": lambda town: [
        of("meetings:list", query=query)
        for query in ("", "?state=past", "?q=трамвай")
        if _running(town) and _over()
    ],
    "meetings:detail": _details,
    "meetings:display": _displays,
    "meetings:roll_call": _roll_call,
    "meetings:log": lambda town: [
        of("meetings:log", each.pk) for each in (_over(), _running(town))
    ],
    "meetings:minutes": lambda town: [of("meetings:minutes", _with_minutes().pk)],
    "meetings:open_data": lambda town: [of("meetings:open_data")],
    "meetings:ask": lambda town: (
        [of("meetings:ask", _running(town).pk, who="charlie", then=step) for step in (None, send)]
        + [of("meetings:ask", _over().pk, who="charlie")]
    ),
    "meetings:hand": lambda town: [
        of("meetings:hand", pk, who="charlie") for pk in (_running(town).pk, _announced().pk)
    ],
    "meetings:hall": _hall,
    "meetings:guest": _guest,
    "meetings:transcript": _said,
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
    "meetings:feed": "Atom",
    "meetings:subtitles": "subtitles for a player",
    "meetings:guest_mine": "JSON",
    **dict.fromkeys(
        (
            *("meetings:guest_enter", "meetings:guest_leave"),
            "meetings:guest_signal",
        ),
        "POST",
    ),
    "meetings:dates": "iCalendar",
    "meetings:card": "a picture",
    "meetings:course": "a region of the meeting's page",
    "meetings:floor": "a region of the meeting's page",
    "meetings:mine": "JSON",
    "meetings:hall_code": "a region of a display in the hall",
    **dict.fromkeys(
        (f"meetings:{name}" for name in ("enter_hall", "leave_hall", "raise_hand")), "POST"
    ),
    **dict.fromkeys(
        (f"meetings:{name}" for name in ("support", "lower_hand", "cast", "cast_poll")), "POST"
    ),
    **dict.fromkeys(("meetings:say_present", "meetings:confirm_present"), "POST"),
    **dict.fromkeys(
        (
            *("meetings:data_csv", "meetings:data_json"),
            *("meetings:meeting_data_csv", "meetings:meeting_data_json"),
        ),
        "a file to be saved",
    ),
    "meetings:minutes_manifest": "text for programs",
    **dict.fromkeys(("meetings:minutes_docx", "meetings:minutes_pdf"), "a file to be saved"),
    **dict.fromkeys(
        ("embed:meeting", "embed:consultation", "embed:poll"),
        "a display as at its own address, in another site's frame (tests/portal/test_embed.py)",
    ),
}
