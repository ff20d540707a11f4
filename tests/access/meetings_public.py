"""Public pages of meetings: what their routes are about, and their forms filled."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from core.domain import clock
from meetings.displays.join import code_of
from meetings.hall import codes
from meetings.models import State
from tests.access.meetings import About, Things, meetings

if TYPE_CHECKING:
    from tests.access.city import City


def _questions(city: City, _parameters: tuple[str, ...]) -> Things:
    """Of the meeting that goes on; and by another meeting's address."""
    made = city.meetings
    running, closed = (made.by_state[state].pk for state in (State.RUNNING, State.CLOSED))
    return {
        "shown": (running, made.shown.pk),
        "waiting": (running, made.waiting.pk),
        "astray": (closed, made.shown.pk),
    }


def _roll_calls(city: City, _parameters: tuple[str, ...]) -> Things:
    made = city.meetings
    running, closed = (made.by_state[state].pk for state in (State.RUNNING, State.CLOSED))
    return {
        "open": (running, made.roll_call.pk),
        "published": (running, made.published.pk),
        "astray": (closed, made.published.pk),
    }


def _unanswered(city: City, _parameters: tuple[str, ...]) -> Things:
    made = city.meetings
    return {
        "olena's": (made.heard.pk, made.unanswered.pk),
        "promised": (made.heard.pk, made.promised.pk),
        "astray": (made.by_state[State.RUNNING].pk, made.unanswered.pk),
    }


def _speakers(city: City, _parameters: tuple[str, ...]) -> Things:
    made = city.meetings
    return {"in the hall": (made.by_state[State.RUNNING].pk, made.speaker.pk)}


def _displays(city: City, _parameters: tuple[str, ...]) -> Things:
    """One that is paired, one that is not, and one of a meeting that nobody is told of."""
    running, draft = (city.meetings.by_state[state].pk for state in (State.RUNNING, State.DRAFT))
    return {"paired": (running, 1), "free": (running, 2), "draft": (draft, 1)}


def _hands(city: City, _parameters: tuple[str, ...]) -> Things:
    """The show of hands of the meeting in which no roll-call is open; and by another's address."""
    made = city.meetings
    closed = made.by_state[State.CLOSED].pk
    return {"open": (made.hands.meeting_id, made.hands.pk), "astray": (closed, made.hands.pk)}


def _codes(city: City, _parameters: tuple[str, ...]) -> Things:
    """The code that stands on the hall's display, and one that was made up."""
    running = city.meetings.by_state[State.RUNNING].pk
    return {
        "right": (running, codes.code_at(running, clock.now())),
        "made up": (running, "aaaaaaaaaaaaaaaa"),
    }


def _keys(city: City, _parameters: tuple[str, ...]) -> Things:
    running = city.meetings.by_state[State.RUNNING].pk
    return {"right": (running, codes.display_key(running)), "made up": (running, "aaaaaaaa")}


def _surveys(city: City, _parameters: tuple[str, ...]) -> Things:
    """Of the meeting that goes on; and by another meeting's address."""
    made = city.meetings
    running, closed = (made.by_state[state].pk for state in (State.RUNNING, State.CLOSED))
    return {"closed": (running, made.survey.poll_id), "astray": (closed, made.survey.poll_id)}


def _claims(city: City, _parameters: tuple[str, ...]) -> Things:
    """Of the meeting that goes on; and by another meeting's address."""
    made = city.meetings
    running, closed = (made.by_state[state].pk for state in (State.RUNNING, State.CLOSED))
    return {"waits": (running, made.claim.pk), "astray": (closed, made.claim.pk)}


def _join_codes(city: City, _parameters: tuple[str, ...]) -> Things:
    """The short code of a meeting, of one that nobody is told of, and one that is none."""
    made = {state: city.meetings.by_state[state].pk for state in (State.RUNNING, State.DRAFT)}
    codes_of = {state.value: (code_of(pk),) for state, pk in made.items()}
    return codes_of | {"none": ("ABC",)}


def _signals(city: City, _parameters: tuple[str, ...]) -> Things:
    """A signal of the hall, and one that there is not."""
    running = city.meetings.by_state[State.RUNNING].pk
    return {"louder": (running, "louder"), "made up": (running, "dance")}


#: Route -> what its addresses are about.
ABOUT: dict[str, About] = {
    "meetings:": meetings,
    "meetings:support": _questions,
    "meetings:paired": _displays,
    "meetings:go_on": _unanswered,
    "meetings:roll_call": _roll_calls,
    "meetings:cast": _roll_calls,
    "meetings:raise_hand": _hands,
    "meetings:scan": _codes,
    "meetings:hall_code": _keys,
    "meetings:cast_poll": _surveys,
    "meetings:lower_hand": _speakers,
    "meetings:confirm_present": _claims,
    "join-code": _join_codes,
    "meetings:guest_signal": _signals,
}


def _same(**data: Any) -> Callable[[City, tuple[Any, ...]], dict[str, Any]]:
    return lambda city, arguments: data


FORMS: dict[str, Callable[[City, tuple[Any, ...]], dict[str, Any]]] = {
    "meetings:ask": _same(text="Хто платить?"),
    "meetings:hand": _same(kind="speech", stance="none"),
    "meetings:support": _same(value="1"),
    "meetings:cast": _same(choice="for"),
    "meetings:raise_hand": _same(value="1"),
    "meetings:guest_signal": _same(value="1"),
}
