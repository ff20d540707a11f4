"""What is said again on another track, and suggested to an applicant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from appeals.models import State
from tests.appeals import factories

if TYPE_CHECKING:
    from tests.access.city import City

Things = dict[str, tuple[Any, ...]]


def _again(city: City, parameters: tuple[str, ...]) -> Things:
    return {
        "remark": ("remark", city.shown.pk),
        "hidden": ("remark", city.hidden.pk),
        "deleted": ("remark", city.deleted.pk),
        "petition": ("petition", city.petitions["refused"].pk),
        "draft": ("petition", city.petitions["draft"].pk),
        "appeal": ("appeal", _appeal(city)),
        "nothing": ("nothing", 1),
    }


def _appeal(city: City) -> int:
    """Olena's, which the department of the consultations considers."""
    made = factories.appeal(city.people["olena"], State.IN_WORK, by=city.opened.department)
    return made.pk


ABOUT = {
    "tracks:again": _again,
    "tracks_desk:suggest": lambda city, parameters: {"": (_appeal(city),)},
}
