"""Electronic services: one that is a pilot, one that is ended, and forms filled for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from accounts.models import User
from city.models import Department
from core.domain import clock
from core.domain.calendar import local_date
from records.models import Service
from records.services import actions

if TYPE_CHECKING:
    from tests.access.city import City

Things = dict[str, tuple[Any, ...]]
Data = dict[str, Any]


@dataclass
class Services:
    """Both of the department of ofi, offered since half a year ago."""

    pilot: Service
    ended: Service


def build(people: Mapping[str, User], department: Department) -> Services:
    ofi, today = people["ofi"], local_date(clock.now())
    said = {
        "department": department,
        "name": "Карта ремонтів",
        "about": "Де перекрито вулиці.",
        "url": "https://karta.example/",
        "since": today - timedelta(days=180),
    }
    pilot = actions.add(by=ofi, fields=said | {"pilot_until": today + timedelta(days=30)})
    ended = actions.add(by=ofi, fields=said | {"name": "Черга до садка"})
    actions.conclude(
        ended, by=ofi, outcome="ended", words="Є державна.", last_day=today - timedelta(days=60)
    )
    return Services(pilot, Service.objects.get(pk=ended.pk))


def things(city: City, _parameters: tuple[str, ...]) -> Things:
    """A service by what became of it."""
    return {"pilot": (city.services.pilot.pk,), "ended": (city.services.ended.pk,)}


ABOUT: Mapping[str, Callable[[City, tuple[str, ...]], Things]] = {
    "services:": things,
    "services_desk:": things,
}


def _service(city: City, _arguments: tuple[Any, ...]) -> Data:
    pilot = city.services.pilot
    return {
        "department": pilot.department_id,
        "name": "Інша назва",
        "about": pilot.about,
        "url": pilot.url,
        "since": f"{pilot.since:%d.%m.%Y}",
    }


def _month(city: City, _arguments: tuple[Any, ...]) -> Data:
    month = (city.services.pilot.since.replace(day=28) + timedelta(days=5)).replace(day=1)
    return {"month": month.isoformat(), "number": "12"}


#: Route -> its form, filled for the thing that the address names.
FORMS: Mapping[str, Callable[[City, tuple[Any, ...]], Data]] = {
    "services_desk:new": _service,
    "services_desk:edit": _service,
    "services_desk:use": _month,
    "services_desk:conclude": lambda *_: {"outcome": "permanent", "words": "Корисна."},
}
