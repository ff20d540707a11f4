"""Meetings at the desk and while they run: what the routes are about, and their forms filled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localtime

from core.domain import clock
from meetings.displays import codes
from meetings.models import Item, Meeting, MinutesVersion, Question, Seat, State
from tests.access import meetings

if TYPE_CHECKING:
    from tests.access.city import City

Things = dict[str, tuple[Any, ...]]
About = Callable[["City", tuple[str, ...]], Things]
Data = dict[str, Any]


def _in(*states: State) -> About:
    """Meetings in these states, the first the plainest."""
    return lambda city, _parameters: {
        str(state): (city.meetings.by_state[state].pk,) for state in states
    }


def _items(*states: State) -> About:
    """The last item of meetings in these states."""

    def things(city: City, _parameters: tuple[str, ...]) -> Things:
        found: Things = {}
        for state in states:
            meeting = city.meetings.by_state[state]
            found[str(state)] = (meeting.pk, meeting.items.latest("order").pk)
        other = city.meetings.by_state[State.CANCELLED]
        found["astray"] = (other.pk, city.meetings.item.pk)
        return found

    return things


def _section(city: City, _parameters: tuple[str, ...]) -> Things:
    """Sections of the minutes."""
    closed = city.meetings.by_state[State.CLOSED].pk
    return {"head": (closed, "head"), "no such section": (closed, "tail")}


def _version(city: City, _parameters: tuple[str, ...]) -> Things:
    """A version of the minutes, and the same one in another meeting's address."""
    closed, running = (city.meetings.by_state[state].pk for state in (State.CLOSED, State.RUNNING))
    version = MinutesVersion.objects.get(minutes=closed).pk
    return {"closed": (closed, version), "astray": (running, version)}


def _running(city: City) -> Meeting:
    return city.meetings.by_state[State.RUNNING]


def _of_running(**named: Callable[[City], tuple[Any, ...]]) -> About:
    """Things of the meeting that is going on, and the same ones in another meeting's address."""

    def things(city: City, _parameters: tuple[str, ...]) -> Things:
        found = {name: (_running(city).pk, *about(city)) for name, about in named.items()}
        astray = next(iter(found.values()))
        other = city.meetings.by_state[State.ANNOUNCED].pk
        return {**found, "astray": (other, *astray[1:])}

    return things


def _seats(city: City, _parameters: tuple[str, ...]) -> Things:
    return {"bohdan's": (Seat.objects.get(deputy=city.meetings.deputy).pk,)}


def _bodies(city: City, _parameters: tuple[str, ...]) -> Things:
    return {"bohdan's": (Seat.objects.get(deputy=city.meetings.deputy).body_id,)}


def _seat_numbers(_city: City, arguments: tuple[Any, ...]) -> dict[str, Any]:
    seats = Seat.objects.filter(body=arguments[0])
    return {"seen": " ".join(f"{pk}:" for pk in seats.values_list("pk", flat=True))}


def _factions(city: City, _parameters: tuple[str, ...]) -> Things:
    return {"bohdan's": (city.meetings.deputy.faction_id,)}


def _question(name: str, step: str) -> Callable[[City], tuple[Any, ...]]:
    return lambda city: (getattr(city.meetings, name).pk, *([step] if step else []))


def _hands(city: City, _parameters: tuple[str, ...]) -> Things:
    show = city.meetings.hands
    return {"open": (show.meeting_id, show.pk), "astray": (_running(city).pk, show.pk)}


DESK: Mapping[str, About] = {
    **dict.fromkeys(
        ("detail", "edit", "new_item", "paste"),
        _in(State.ANNOUNCED, State.DRAFT, State.RUNNING, State.CLOSED, State.CANCELLED),
    ),
    **dict.fromkeys(("publish", "discard"), _in(State.DRAFT, State.ANNOUNCED)),
    "cancel": _in(State.ANNOUNCED, State.DRAFT),
    **dict.fromkeys(
        (
            *("video", "minutes", "minutes_address", "publish_minutes", "minutes_versions"),
            *("subtitles", "prepared"),
        ),
        _in(State.CLOSED, State.RUNNING),
    ),
    **dict.fromkeys(("minutes_draft_docx", "minutes_draft_pdf"), _in(State.ANNOUNCED)),
    "minutes_section": _section,
    "restore_minutes": _version,
    **dict.fromkeys(("item", "move_item", "delete_item"), _items(State.DRAFT, State.CLOSED)),
    "drop_item": _items(State.ANNOUNCED, State.DRAFT),
    "confirm_decisions": _in(State.CLOSED, State.RUNNING),
    "decision": _items(State.RUNNING),
    "proposals": lambda city, _parameters: {
        "hearing": (city.meetings.heard.pk,),
        "running": (_running(city).pk,),
    },
    "conclusions": lambda city, _parameters: {
        "carried": (city.meetings.concluded.meeting_id, city.meetings.concluded.pk),
        "astray": (city.meetings.heard.pk, city.meetings.concluded.pk),
    },
    "discard_prepared": lambda city, _parameters: {
        "of another meeting": (_running(city).pk, 999_999),
    },
    "answer": lambda city, _parameters: {
        "promised": (city.meetings.heard.pk, city.meetings.promised.pk),
        "astray": (_running(city).pk, city.meetings.promised.pk),
    },
}
CONTROL: Mapping[str, About] = {
    **dict.fromkeys(
        ("control", "now", "questions"),
        _in(State.RUNNING, State.ANNOUNCED, State.DRAFT, State.CLOSED),
    ),
    **dict.fromkeys(
        ("displays", "displays_now", "preview", "delay"), _in(State.RUNNING, State.DRAFT)
    ),
    "look": _of_running(paired=lambda city: (1,)),
    "display_step": _of_running(
        agenda=lambda city: (1, "agenda"), unpair=lambda city: (1, "unpair")
    ),
    "open": _in(State.ANNOUNCED, State.DRAFT),
    **dict.fromkeys(
        (
            *("close", "next", "new_roll_call", "new_poll", "new_bundle", "voting_file"),
            *("all_come", "member_numbers"),
        ),
        _in(State.RUNNING, State.CLOSED),
    ),
    **dict.fromkeys(
        ("rest", "vote_numbers"),
        _of_running(
            open=lambda city: (city.meetings.roll_call.pk,),
            closed=lambda city: (city.meetings.published.pk,),
        ),
    ),
    **dict.fromkeys(("pause_until", "repeat", "undo", "reopen"), _in(State.RUNNING, State.CLOSED)),
    "pause": lambda city, _parameters: {
        "alarm": (_running(city).pk, "alarm"),
        "no such kind": (_running(city).pk, "lunch"),
    },
    "resume": lambda city, _parameters: {
        "not paused": (_running(city).pk, "continue"),
        "no such way": (_running(city).pk, "later"),
    },
    "screens": lambda city, _parameters: {
        "blank": (_running(city).pk, "blank"),
        "no such step": (_running(city).pk, "off"),
    },
    "go_to_item": _items(State.RUNNING),
    "new_speaker": _of_running(current=lambda city: (city.meetings.item.pk,)),
    "speaker": _of_running(begin=lambda city: (city.meetings.speaker.pk, "begin")),
    "member": _of_running(leave=lambda city: (city.meetings.deputy.pk, "leave")),
    "vote": _of_running(
        open=lambda city: (city.meetings.roll_call.pk, city.meetings.deputy.pk),
        closed=lambda city: (city.meetings.published.pk, city.meetings.deputy.pk),
    ),
    **dict.fromkeys(
        ("arrival", "replace_vote"),
        _of_running(open=lambda city: (city.meetings.roll_call.pk, city.meetings.deputy.pk)),
    ),
    "several_votes": _of_running(open=lambda city: (city.meetings.roll_call.pk,)),
    "annul": _of_running(published=lambda city: (city.meetings.published.pk,)),
    "all_claims": _in(State.RUNNING, State.CLOSED),
    "claim": _of_running(confirm=lambda city: (city.meetings.claim.pk, "confirm")),
    "roll_call": _of_running(
        close=lambda city: (city.meetings.roll_call.pk, "close"),
        publish=lambda city: (city.meetings.published.pk, "publish"),
    ),
    "new_show": lambda city, _parameters: {
        "open": (city.meetings.hands.meeting_id,),
        str(State.CLOSED): (city.meetings.by_state[State.CLOSED].pk,),
    },
    **dict.fromkeys(("count_hands", "close_show"), _hands),
    "close_poll": _of_running(closed=lambda city: (city.meetings.survey.poll_id,)),
    "question": _of_running(
        show=_question("waiting", "show"), answered=_question("shown", "answered")
    ),
    **dict.fromkeys(
        ("hide", "merge"),
        _of_running(waiting=_question("waiting", ""), shown=_question("shown", "")),
    ),
}
#: Route -> what its addresses are about.
ABOUT: Mapping[str, About] = {
    **{f"meetings_desk:{name}": about for name, about in DESK.items()},
    **{f"meetings_control:{name}": about for name, about in CONTROL.items()},
    "deputies_desk:new_seat": meetings.ABOUT["deputies:detail"],
    "deputies_desk:end_seat": _seats,
    "deputies_desk:edit": meetings.ABOUT["deputies:detail"],
    **dict.fromkeys(
        (
            *("deputies_desk:edit_body", "deputies_desk:chair"),
            *("deputies_desk:video", "deputies_desk:end_video", "deputies_desk:times"),
            "deputies_desk:seat_numbers",
        ),
        _bodies,
    ),
    "deputies_desk:edit_faction": _factions,
}


def _notice(city: City, _arguments: tuple[Any, ...]) -> Data:
    begins = localtime(clock.now()) + timedelta(days=30)
    return {
        "kind": "round_table",
        "department": city.opened.department_id,
        "title": "Круглий стіл",
        "place": "Бібліотека",
        "begins_at": begins.strftime("%Y-%m-%dT%H:%M"),
        "ends_at": (begins + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M"),
    }


def _seen_item(city: City, _arguments: tuple[Any, ...]) -> Data:
    return {"seen_item": city.meetings.item.pk}


def _into(city: City, arguments: tuple[Any, ...]) -> Data:
    others = Question.objects.filter(meeting=arguments[0], state="shown")
    other = others.exclude(pk=arguments[1]).first()
    return {"into": other.pk if other else ""}


#: Route -> its form, filled for the thing that the address names.
FORMS: Mapping[str, Callable[[City, tuple[Any, ...]], Data]] = {
    "meetings_desk:new": _notice,
    "meetings_desk:edit": _notice,
    "meetings_desk:publish": lambda *_: {"short_notice_reason": "Невідкладно"},
    "meetings_desk:cancel": lambda *_: {"reason": "Немає світла"},
    "meetings_desk:video": lambda *_: {"url": "https://video.example/1"},
    "meetings_desk:prepared": lambda *_: {"kind": "survey", "text": "Перерва?", "how": "one"},
    "meetings_desk:minutes_address": lambda *_: {"url": "https://rada.example/1.pdf"},
    "meetings_desk:minutes_section": lambda *_: {"number": "12", "chair": "Бойко Іван"},
    "meetings_desk:publish_minutes": lambda *_: {"reason": "Описка"},
    "meetings_desk:proposals": lambda *_: {"text": "Пандус – враховано"},
    "meetings_desk:conclusions": lambda *_: {"text": "Погодити"},
    "meetings_desk:answer": lambda *_: {"text": "Місто"},
    "meetings_desk:new_item": lambda *_: {"title": "Про різне"},
    "meetings_desk:paste": lambda *_: {"lines": "Про різне", "add": "1"},
    "meetings_desk:item": lambda *_: {"title": "Про інше"},
    "meetings_desk:move_item": lambda *_: {"up": "1"},
    **dict.fromkeys(
        (
            *("meetings_control:close", "meetings_control:next", "meetings_control:go_to_item"),
            "meetings_control:speaker",
        ),
        _seen_item,
    ),
    "meetings_control:pause_until": lambda *_: {"kind": "recess"},
    "deputies_desk:times": lambda *_: {
        "speech": "170",
        "reply": "50",
        "order": "50",
        "rapporteur": "500",
    },
    "meetings_control:displays": lambda *_: {"code": codes.code_of("hall", clock.now())},
    "meetings_control:delay": lambda *_: {"seconds": "10"},
    "meetings_control:look": lambda *_: {"picture": "clock", "theme": "dark", "seen_revision": "1"},
    "meetings_control:display_step": lambda *_: {"seen_revision": "1"},
    "meetings_control:new_speaker": lambda *_: {"name": "Мороз", "seconds": "60"},
    "meetings_control:new_roll_call": lambda city, arguments: {
        "question": "Прийняти?",
        "needs": "majority",
        **_seen_item(city, arguments),
    },
    "meetings_control:new_poll": lambda city, arguments: {
        "text": "Перерва?",
        "minutes": "3",
        **_seen_item(city, arguments),
    },
    "meetings_control:arrival": lambda *_: {
        "choice": "for",
        "since": localtime(clock.now()).strftime("%H:%M"),
    },
    "meetings_control:replace_vote": lambda *_: {"choice": "for", "reason": "Помилка"},
    "meetings_control:several_votes": lambda city, _arguments: {
        "choice": "for",
        "deputies": city.meetings.deputy.pk,
    },
    "meetings_control:annul": lambda *_: {"reason": "Помилка"},
    "meetings_desk:decision": lambda *_: {"roll_call": "0"},
    "deputies_desk:video": lambda *_: {"number": "12", "date": "2026-01-12"},
    "meetings_control:new_bundle": lambda city, arguments: {
        "question": "Прийняти?",
        "needs": "majority",
        "items": list(Item.objects.filter(meeting=arguments[0]).values_list("pk", flat=True))[-1:],
        **_seen_item(city, arguments),
    },
    "meetings_control:voting_file": lambda *_: {
        "table": '[["піб"], [["Бондар Олег Іванович"]]]',
        "names": "піб",
        "apply": "1",
    },
    **dict.fromkeys(
        ("meetings_control:member_numbers", "meetings_control:vote_numbers"),
        lambda *_: {"numbers": "1", "seen": "1"},
    ),
    **dict.fromkeys(
        ("meetings_control:vote", "meetings_control:rest"), lambda *_: {"choice": "for"}
    ),
    "meetings_control:new_show": lambda *_: {"question": "Чи потрібна зупинка?"},
    "meetings_control:count_hands": lambda *_: {
        "counted_for": "5",
        "counted_against": "0",
        "counted_abstained": "2",
    },
    "meetings_control:hide": lambda *_: {"reason": "Образа"},
    "meetings_control:merge": _into,
    "deputies_desk:paste": lambda *_: {"table": "ПІБ;Повноваження з\nБойко Іван;2025-11-01"},
    "deputies_desk:new": lambda *_: {"name": "Бойко Іван", "since": "2025-11-01"},
    "deputies_desk:new_body": lambda *_: {
        "name": "Комісія",
        "kind": "committee",
        "membership": "5",
    },
    "deputies_desk:new_faction": lambda *_: {"name": "Нова"},
    "deputies_desk:new_seat": lambda city, _arguments: {
        "body": city.meetings.by_state[State.RUNNING].body_id,
        "since": "2025-11-01",
    },
    "deputies_desk:end_seat": lambda *_: {"until": "2027-01-31"},
    "deputies_desk:edit": lambda *_: {"name": "Бойко Іван"},
    "deputies_desk:edit_body": lambda *_: {"name": "Рада міста", "membership": "64"},
    "deputies_desk:edit_faction": lambda *_: {"name": "Новіша"},
    "deputies_desk:seat_numbers": _seat_numbers,
    "deputies_desk:chair": lambda _city, arguments: {
        "deputy": Seat.objects.filter(body=arguments[0], is_chair=False)[0].deputy_id,
        "since": "2026-11-27",
    },
}
