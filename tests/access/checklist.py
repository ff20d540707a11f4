"""The checklist, elections and acts without a consultation for the table of access."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from city.models import LocalElection
from consultations.acts.models import UrgentAct
from consultations.models import PublicDiscussion
from core.domain import clock
from core.domain.calendar import kyiv, local_date

if TYPE_CHECKING:
    from tests.access.city import City

type Things = dict[str, tuple[Any, ...]]

#: An act as its form is filled; the day is the test's own.
ACT = {
    "title": "Про обмеження руху мостом",
    "number": "77",
    "ground": "danger",
    "need": "Міст може обвалитися.",
    "justification": "Висновок обстеження.",
    "text": "1. Закрити міст.",
}


def _today() -> date:
    return local_date(clock.now())


def act(city: Any) -> UrgentAct:
    """One that is published."""
    found = UrgentAct.objects.filter(number="70").first()
    return found or UrgentAct.objects.create(
        **(ACT | {"number": "70", "adopted_on": _today()}),
        department=city.opened.department,
        by=city.people["ofi"],
    )


def discussion(city: Any) -> PublicDiscussion:
    """One of the open consultation that is still to come."""
    return PublicDiscussion.objects.get_or_create(
        consultation=city.opened,
        form="meeting",
        held_at=kyiv(_today() + timedelta(days=9)),
        place="Палац культури",
    )[0]


def election() -> LocalElection:
    return LocalElection.objects.get_or_create(
        name="Місцеві вибори", starts_on=date(2035, 9, 1), ends_on=date(2035, 11, 1)
    )[0]


def _discussion(city: City, _parameters: Any) -> Things:
    pk = discussion(city).pk
    return {"open": (city.opened.pk, pk), "astray": (city.by_state["closed"].pk, pk)}


def _plan(_city: City, _arguments: Any) -> dict[str, Any]:
    day = _today() + timedelta(days=20)
    return {
        "discussion-form": "meeting",
        "discussion-held_at": f"{day.isoformat()}T16:00",
        "discussion-place": "Палац культури",
    }


def _urgent(city: City, _arguments: Any) -> dict[str, Any]:
    day = _today().isoformat()
    return ACT | {"department": city.opened.department_id, "adopted_on": day}


#: Route -> what its addresses are about.
ABOUT: Mapping[str, Callable[[City, Any], Things]] = {
    "desk:cancel_discussion": _discussion,
    "acts:urgent_act": lambda city, _parameters: {"": (act(city).pk,)},
    "city_desk:election": lambda *_: {"": (election().pk,)},
}
#: Route -> its form, filled for the thing that the address names.
FORMS: Mapping[str, Callable[[City, Any], dict[str, Any]]] = {
    "desk:checklist": lambda *_: {"reason": "Готують."},
    "desk:plan_discussion": _plan,
    "desk:cancel_discussion": lambda *_: {"reason": "Захворів доповідач."},
    "desk:new_urgent_act": _urgent,
    "city_desk:new_election": lambda *_: {"name": "Вибори", "starts_on": "2040-09-01"},
    "city_desk:election": lambda *_: {"name": "Інші вибори", "starts_on": "2035-09-02"},
}
