"""Public pages of meetings: what their routes are about, and their forms filled."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

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


#: Route -> what its addresses are about.
ABOUT: dict[str, About] = {
    "meetings:": meetings,
    "meetings:support": _questions,
    "meetings:go_on": _unanswered,
    "meetings:roll_call": _roll_calls,
    "meetings:cast": _roll_calls,
    "meetings:lower_hand": _speakers,
}


def _same(**data: Any) -> Callable[[City, tuple[Any, ...]], dict[str, Any]]:
    return lambda city, arguments: data


FORMS: dict[str, Callable[[City, tuple[Any, ...]], dict[str, Any]]] = {
    "meetings:ask": _same(text="Хто платить?"),
    "meetings:hand": _same(stance="none"),
    "meetings:support": _same(value="1"),
    "meetings:cast": _same(choice="for"),
}
