"""Decisions for the table of access: one entered, one that waits; somebody's calendar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from accounts.deadlines.actions import make_calendar_link
from accounts.models import User
from city.models import Department
from consultations.decisions import actions
from consultations.decisions.models import ExecutionStep
from consultations.models import Consultation, State
from core.domain import clock
from core.domain.calendar import local_date
from tests import factories

if TYPE_CHECKING:
    from tests.access.city import City


@dataclass(frozen=True)
class Decisions:
    """``step``: of the decision on ``decided``; ``key``: of ofi's calendar."""

    decided: Consultation
    step: ExecutionStep
    key: str


def build(people: Mapping[str, User], department: Department) -> Decisions:
    ofi = people["ofi"]
    decided = factories.consultation(department, State.REPORTED, title="Вирішене")
    today = local_date(clock.now())
    act = {"outcome": "adopted", "decided_on": today, "number": "1"}
    decision = actions.enter(decided, by=ofi, fields=act)
    step = actions.add_step(decision, by=ofi, text="крок", responsible="департамент")
    return Decisions(decided, step, make_calendar_link(ofi))


def _decided(city: City, _parameters: Any) -> dict[str, tuple[Any, ...]]:
    return {"decided": (city.decisions.decided.pk,), "open": (city.opened.pk,)}


def _undecided(city: City, _parameters: Any) -> dict[str, tuple[Any, ...]]:
    waiting = city.by_state[State.REPORTED].pk
    return {"reported": (waiting,), **_decided(city, _parameters)}


def _step(city: City, _parameters: Any) -> dict[str, tuple[Any, ...]]:
    pk = city.decisions.step.pk
    return {"decided": (city.decisions.decided.pk, pk), "astray": (city.opened.pk, pk)}


def _calendar(city: City, _parameters: Any) -> dict[str, tuple[Any, ...]]:
    return {"ofi's": (city.decisions.key,), "forged": ("0" * 43,)}


#: Route -> what its addresses are about.
ABOUT: dict[str, Callable[[City, Any], dict[str, tuple[Any, ...]]]] = {
    "desk:decision": _undecided,
    "desk:change_decision": _decided,
    "desk:add_step": _decided,
    "desk:note_step": _step,
    "portal:deadline_calendar": _calendar,
}


def _act(number: str, **more: str) -> Callable[[City, Any], dict[str, Any]]:
    def filled(_city: City, _arguments: Any) -> dict[str, Any]:
        day = local_date(clock.now()).isoformat()
        return {"outcome": "adopted", "decided_on": day, "number": number, **more}

    return filled


#: Route -> its form, filled.
FORMS: dict[str, Callable[[City, Any], dict[str, Any]]] = {
    "desk:decision": _act("2"),
    "desk:change_decision": _act("3", why="описка"),
    "desk:add_step": lambda *_: {"text": "ще крок", "responsible": "департамент"},
    "desk:note_step": lambda _city, arguments: {f"s{arguments[1]}-text": "зроблено половину"},
    "portal:set_reminders": lambda *_: {"wanted": "no"},
}
