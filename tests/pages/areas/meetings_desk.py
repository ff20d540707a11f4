"""Meetings at the desk, and running them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from meetings.course import actions as course_actions
from meetings.hall import actions as hall
from meetings.hall.figures import Figures
from meetings.minutes import actions as minutes
from meetings.models import Meeting, RollCall, Seat, State
from meetings.outcome import actions as outcome
from meetings.prepared import actions as prepared
from meetings.presence import actions as presence_actions
from meetings.questions import actions as questions_actions
from meetings.record import actions as record_actions
from meetings.rollcalls import actions as rollcalls_actions
from meetings.speakers import actions as speakers_actions
from tests.meetings import factories
from tests.pages.page_checks import PageCheck, PageChecks, of, simple
from tests.pages.page_walk import PageWalk
from tests.pages.steps import open_all, send

TITLE = (
    "Тридцять восьма позачергова сесія міської ради про внесення змін до бюджету територіальної "
    "громади та програми капітального ремонту водопровідних мереж"
)


def send_nothing(page: Page) -> None:
    """Send the form with its words emptied: it comes back with its errors."""
    words = "main form[method=post]:not(#run) :is(textarea, input[type=text]):visible"
    for field in page.locator(words).all():
        field.fill("")
    send(page)


def _full() -> Meeting:
    """One that is going on with all that a meeting can have."""
    meeting = factories.meeting(State.RUNNING, title=TITLE)
    by = factories.secretary()
    assert meeting.body is not None
    factories.everybody_is_here(meeting)
    one, two, *_others = factories.deputies(meeting.body)
    presence_actions.leave(meeting, two, by=by)
    item = factories.on_item(meeting)
    first = factories.roll_call(meeting)
    rollcalls_actions.enter_vote(first, one, by=by, choice="for")
    rollcalls_actions.close_roll_call(first, by=by)
    second = factories.roll_call(meeting, question="Повернутися до обговорення", needs="procedural")
    rollcalls_actions.enter_vote(second, one, by=by, choice="against")
    speaking = factories.speaker(item)
    factories.speaker(item, name="", deputy=one, stance="against")
    speakers_actions.begin_speech(speaking, by=by, seen_speaker=None)
    meeting.refresh_from_db()
    return meeting


def _votes(route: str) -> list[PageCheck]:
    """A page about one vote, or all, of a meeting that is going on, and its form refused."""
    meeting = _full()
    opened = RollCall.objects.get(item__meeting=meeting, closed_at=None)
    closed = RollCall.objects.filter(item__meeting=meeting, closed_at__isnull=False)[0]
    assert meeting.body is not None
    one, two, *_others = factories.deputies(meeting.body)
    about: dict[str, tuple[int, ...]] = {
        "meetings_control:arrival": (opened.pk, two.pk),
        "meetings_control:replace_vote": (opened.pk, one.pk),
        "meetings_control:several_votes": (opened.pk,),
        "meetings_control:annul": (closed.pk,),
    }
    return [of(route, meeting.pk, *about[route], who="admin", then=step) for step in (None, send)]


def _gone_home() -> Meeting:
    """One interrupted amid a roll-call, to which too few came back."""
    meeting = factories.interrupted()
    assert meeting.body is not None
    for deputy in factories.deputies(meeting.body)[:3]:
        presence_actions.leave(meeting, deputy, by=factories.secretary())
    return meeting


def _asked(town: PageWalk, meeting: Meeting) -> Meeting:
    """The same with questions in every state."""
    olena, bohdan = town.people["olena"], town.people["bohdan"]
    factories.question(meeting, bohdan, text="Чому так дорого? " * 12)
    for state in ("hidden", "answered", "later"):
        factories.question(meeting, olena, state=state, text=f"Запитання {state}")
    shown = factories.question(meeting, olena, state="shown", text="Коли почнуть?")
    questions_actions.support(shown, by=bohdan)
    questions_actions.put_live(shown, by=factories.secretary(), seen_live=None)
    return meeting


def _control(town: PageWalk) -> list[PageCheck]:
    full = _asked(town, _full())
    blank = factories.meeting(State.RUNNING)
    course_actions.blank(blank, by=factories.secretary())
    surveyed = factories.meeting(State.RUNNING, kind="hearing")
    factories.quick_poll(surveyed, "Який варіант кращий?", "Синій", "Жовтий" * 12)
    meetings = [
        full,
        surveyed,
        blank,
        factories.meeting(State.DRAFT),
        factories.meeting(State.CLOSED),
    ]
    pages = [of("meetings_control:control", each.pk, who="admin") for each in meetings]
    return [
        *pages,
        of("meetings_control:control", full.pk, who="admin", then=open_all),
        of("meetings_control:control", full.pk, who="admin", width=360, height=740),
        of("meetings_control:control", factories.meeting().pk, who="admin"),
        of(
            "meetings_control:control",
            factories.interrupted().pk,
            who="admin",
            width=360,
            height=740,
        ),
        *_with_hands(),
    ]


def _with_hands() -> list[PageCheck]:
    """While a show of hands is open, with figures counted in the hall; and when it has closed."""
    by, found = factories.secretary(), []
    for is_closed in (False, True):
        show = factories.show_of_hands(factories.meeting(State.RUNNING, title=TITLE))
        show = hall.count_hands(show, by=by, counted=Figures(41, 0, 1204), seen=None)
        if is_closed:
            hall.close_show(show, by=by)
        route = "meetings_control:control"
        found.append(of(route, show.meeting_id, who="admin", width=360, height=740))
    return found


def _questions(town: PageWalk) -> list[PageCheck]:
    pk = _asked(town, factories.meeting(State.RUNNING)).pk
    return [
        of("meetings_control:questions", pk, who="admin", query=f"?list={name}")
        for name in ("waiting", "shown", "done", "hidden")
    ]


def _question(name: str, *then: Any) -> PageChecks:
    def checks(town: PageWalk) -> list[PageCheck]:
        meeting = factories.meeting(State.RUNNING)
        olena = town.people["olena"]
        lonely = factories.question(meeting, olena)
        found = [of(name, meeting.pk, lonely.pk, who="admin")]
        if name == "meetings_control:merge":
            meeting = factories.meeting(State.RUNNING)
            factories.question(meeting, olena, state="shown", text="А хто платить?")
            other = factories.question(meeting, olena)
            found.append(of(name, meeting.pk, other.pk, who="admin"))
        return [*found, *(of(name, meeting.pk, lonely.pk, who="admin", then=step) for step in then)]

    return checks


def _each(route: str, *states: State, wrong: bool = True) -> PageChecks:
    """The page of a meeting in these states; of the first also sent with nothing in it."""

    def checks(town: PageWalk) -> list[PageCheck]:
        made = [factories.meeting(state, title=TITLE) for state in states]
        pages = [of(route, each.pk, who="admin") for each in made]
        if wrong:
            pages.append(of(route, made[0].pk, who="admin", then=send_nothing))
        return pages

    return checks


def _of_running(make: Callable[[Meeting], tuple[Any, ...]], name: str) -> PageChecks:
    def checks(town: PageWalk) -> list[PageCheck]:
        meeting = factories.meeting(State.RUNNING)
        address = (meeting.pk, *make(meeting))
        route = f"meetings_control:{name}"
        return [
            of(route, *address, who="admin"),
            of(route, *address, who="admin", then=send_nothing),
        ]

    return checks


def _over(town: PageWalk) -> Meeting:
    """One that is over, with minutes."""
    found = Meeting.objects.filter(minutes_edition__isnull=False).first()
    if found is not None:
        return found
    meeting = factories.meeting(State.RUNNING, title=TITLE)
    by = factories.secretary()
    factories.everybody_is_here(meeting)
    item = factories.on_item(meeting)
    speaker = factories.speaker(item, stance="for")
    speakers_actions.end_speech(
        speakers_actions.begin_speech(speaker, by=by, seen_speaker=None), by=by
    )
    factories.question(meeting, town.people["olena"], state="answered")
    roll_call = rollcalls_actions.close_roll_call(factories.roll_call(meeting), by=by)
    rollcalls_actions.publish_roll_call(roll_call, by=by)
    meeting.refresh_from_db()
    meeting = course_actions.close_meeting(meeting, by=by, seen_item=item.pk)
    minutes.save(meeting, by=by, section="head", texts={"number": "12", "guests": "Ткач Ю. П."})
    minutes.publish(meeting, by=by, knowing=True)
    meeting.refresh_from_db()
    return meeting


def _minutes(town: PageWalk) -> list[PageCheck]:
    meetings = (_over(town), _full())
    return [of("meetings_desk:minutes", each.pk, who="admin") for each in meetings]


def _council(town: PageWalk) -> list[PageCheck]:
    factories.meeting()  # with its body
    return [of("deputies_desk:list", who="admin")]


def _heard(town: PageWalk) -> Meeting:
    """A hearing that is over, with what followed and questions that wait for an answer."""
    found = Meeting.objects.past().filter(kind="hearing", title=TITLE).first()
    if found is not None:
        return found
    made = factories.meeting(State.RUNNING, kind="hearing", title=TITLE)
    for state in ("later", "shown"):
        text = f"Чому так дорого? ({state}) " * 8
        factories.question(made, town.people["olena"], state=state, text=text)
    made = course_actions.close_meeting(made, by=factories.secretary(), seen_item=None)
    outcome.publish_outcome(made, by=factories.secretary(), text="Пандус – враховано.")
    return made


def _promised(town: PageWalk) -> tuple[int, int]:
    meeting = _heard(town)
    return meeting.pk, meeting.questions.promised().get().pk


def _with_video() -> Meeting:
    meeting = factories.meeting(State.CLOSED)
    by = factories.secretary()
    return record_actions.publish_video(meeting, by=by, url="https://video.example/1.mp4")


def _prepared() -> Meeting:
    meeting, by = factories.meeting(State.ANNOUNCED), factories.secretary()
    options = ("Липи", "Галявина " * 8)
    prepared.prepare(
        meeting, by=by, kind="survey", text="Який сквер?", options=options, how="ranked"
    )
    prepared.prepare(meeting, by=by, kind="announcement", text="Перерва до 12:00")
    return meeting


def _concluded() -> tuple[int, int]:
    made = factories.meeting(State.RUNNING, kind="committee")
    item = factories.on_item(made)
    course_actions.close_meeting(made, by=factories.secretary(), seen_item=item.pk)
    return made.pk, item.pk


def _seat(town: PageWalk) -> Seat:
    found = Seat.objects.filter(body=factories.meeting().body_id).first()
    assert found is not None
    return found


PAGES: dict[str, PageChecks] = {
    "meetings_desk:list": lambda town: [
        of("meetings_desk:list", who="admin", query=f"?list={name}")
        for name in ("", "over")
        if factories.meeting(State.CLOSED if name else State.ANNOUNCED, title=TITLE)
    ],
    "meetings_desk:new": simple("meetings_desk:new", "admin", send),
    "meetings_desk:detail": _each("meetings_desk:detail", *State, wrong=False),
    "meetings_desk:edit": _each("meetings_desk:edit", State.ANNOUNCED),
    "meetings_desk:publish": _each("meetings_desk:publish", State.DRAFT),
    "meetings_desk:cancel": _each("meetings_desk:cancel", State.ANNOUNCED),
    "meetings_desk:discard": _each("meetings_desk:discard", State.DRAFT, wrong=False),
    "meetings_desk:video": _each("meetings_desk:video", State.CLOSED, wrong=False),
    "meetings_desk:subtitles": lambda town: [
        of("meetings_desk:subtitles", _with_video().pk, who="admin", then=step)
        for step in (None, send)
    ],
    "meetings_desk:prepared": lambda town: [
        of("meetings_desk:prepared", _prepared().pk, who="admin"),
        of("meetings_desk:prepared", factories.meeting(State.RUNNING).pk, who="admin", then=send),
    ],
    "meetings_desk:minutes": _minutes,
    "meetings_desk:minutes_address": _each(
        "meetings_desk:minutes_address", State.CLOSED, wrong=False
    ),
    "meetings_desk:minutes_section": lambda town: [
        of("meetings_desk:minutes_section", meeting.pk, section, who="admin")
        for meeting in [_over(town)]
        for section in ("head", f"item-{meeting.items.get(order=1).pk}", "closing")
    ],
    "meetings_desk:publish_minutes": lambda town: [
        of("meetings_desk:publish_minutes", _over(town).pk, who="admin"),
        of("meetings_desk:publish_minutes", _full().pk, who="admin"),
    ],
    "meetings_desk:decision": lambda town: [
        of("meetings_desk:decision", made.pk, made.items.get(order=1).pk, who="admin")
        for made in [_full()]
    ],
    "meetings_desk:minutes_versions": lambda town: [
        of("meetings_desk:minutes_versions", _over(town).pk, who="admin"),
        of("meetings_desk:minutes_versions", _full().pk, who="admin"),
    ],
    "meetings_desk:proposals": lambda town: [
        of("meetings_desk:proposals", _heard(town).pk, who="admin", then=step)
        for step in (None, send_nothing)
    ],
    "meetings_desk:conclusions": lambda town: [
        of("meetings_desk:conclusions", *_concluded(), who="admin", then=step)
        for step in (None, send_nothing)
    ],
    "meetings_desk:answer": lambda town: (
        [
            of("meetings_desk:answer", *_promised(town), who="admin", then=step)
            for step in (None, send_nothing)
        ]
        + [of("meetings_desk:detail", _heard(town).pk, who="admin")]
    ),
    "meetings_desk:new_item": _each("meetings_desk:new_item", State.DRAFT),
    "meetings_desk:item": lambda town: [
        of("meetings_desk:item", made.pk, made.items.get(order=1).pk, who="admin")
        for made in [factories.meeting(State.DRAFT)]
    ],
    "meetings_control:control": _control,
    "meetings_control:close": _each("meetings_control:close", State.RUNNING, wrong=False),
    "meetings_control:new_speaker": _of_running(
        lambda meeting: (factories.on_item(meeting).pk,), "new_speaker"
    ),
    "meetings_control:new_roll_call": _of_running(
        lambda meeting: factories.on_item(meeting) and (), "new_roll_call"
    ),
    **{
        f"meetings_control:{name}": lambda town, name=name: _votes(f"meetings_control:{name}")
        for name in ("arrival", "replace_vote", "several_votes", "annul")
    },
    "meetings_control:repeat": lambda town: [
        of("meetings_control:repeat", made.pk, who="admin", then=then)
        for made in [_gone_home()]
        for then in (None, send)
    ],
    "meetings_control:pause_until": _each(
        "meetings_control:pause_until", State.RUNNING, wrong=False
    ),
    "meetings_control:new_bundle": _of_running(
        lambda meeting: factories.on_item(meeting) and (), "new_bundle"
    ),
    "meetings_control:voting_file": _of_running(lambda _meeting: (), "voting_file"),
    "meetings_desk:paste": _each("meetings_desk:paste", State.DRAFT),
    "meetings_control:new_show": _each("meetings_control:new_show", State.RUNNING),
    "meetings_control:count_hands": lambda town: [
        of("meetings_control:count_hands", show.meeting_id, show.pk, who="admin", then=then)
        for show in [factories.show_of_hands(factories.meeting(State.RUNNING))]
        for then in (None, send)
    ],
    "meetings_control:new_poll": _of_running(lambda _meeting: (), "new_poll"),
    "meetings_control:questions": _questions,
    "meetings_control:hide": _question("meetings_control:hide", send_nothing),
    "meetings_control:merge": _question("meetings_control:merge"),
    "deputies_desk:list": _council,
    "deputies_desk:new": simple("deputies_desk:new", "admin", send),
    "deputies_desk:paste": simple("deputies_desk:paste", "admin", send),
    "deputies_desk:new_body": simple("deputies_desk:new_body", "admin", send),
    "deputies_desk:new_faction": simple("deputies_desk:new_faction", "admin", send),
    "deputies_desk:new_seat": lambda town: [
        of("deputies_desk:new_seat", _seat(town).deputy_id, who="admin")
    ],
    "deputies_desk:end_seat": lambda town: [
        of("deputies_desk:end_seat", _seat(town).pk, who="admin"),
    ],
    "deputies_desk:edit": lambda town: [
        of("deputies_desk:edit", _seat(town).deputy_id, who="admin"),
    ],
    **{
        name: lambda town, name=name: [of(name, _seat(town).body_id, who="admin")]
        for name in (
            *("deputies_desk:edit_body", "deputies_desk:chair"),
            *("deputies_desk:seat_numbers", "deputies_desk:times"),
        )
    },
    "deputies_desk:video": lambda town: [
        of("deputies_desk:video", _seat(town).body_id, who="admin", then=step)
        for step in (None, send)
    ],
    "deputies_desk:edit_faction": lambda town: [
        of("deputies_desk:edit_faction", _seat(town).deputy.faction_id, who="admin"),
    ],
}
_ONLY_POST = "takes a button’s post and leads back to its page"
#: Routes that show no page, and why.
NO_PAGE: dict[str, str] = {
    **dict.fromkeys(
        (
            *("meetings_desk:move_item", "meetings_desk:delete_item", "meetings_desk:drop_item"),
            *("meetings_control:open", "meetings_control:next", "meetings_control:go_to_item"),
            *("meetings_control:screens", "meetings_control:speaker", "meetings_control:member"),
            *("meetings_control:vote", "meetings_control:roll_call", "meetings_control:question"),
            *("meetings_control:all_come", "meetings_control:member_numbers"),
            *("meetings_control:rest", "meetings_control:vote_numbers"),
            "meetings_control:close_show",
            "meetings_control:close_poll",
            *("meetings_control:all_claims", "meetings_control:claim"),
            *("meetings_desk:confirm_decisions", "deputies_desk:end_video"),
            "meetings_desk:restore_minutes",
            "meetings_desk:discard_prepared",
        ),
        _ONLY_POST,
    ),
    **dict.fromkeys(
        ("meetings_desk:minutes_draft_docx", "meetings_desk:minutes_draft_pdf"),
        "a file to be saved",
    ),
    "meetings_control:now": "the live region of meetings_control:control",
    **dict.fromkeys(("api:meetings", "api:meeting", "api:meeting_log", "api:roll_calls"), "JSON"),
    "api:shows_of_hands": "JSON",
}
