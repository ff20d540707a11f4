"""What is said again on another track, and suggested to an applicant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
        "appeal": ("appeal", city.desk_appeals.by_name["in_work"].pk),
        "nothing": ("nothing", 1),
    }


ABOUT = {
    "tracks:again": _again,
    "tracks_desk:suggest": lambda city, parameters: {
        name: (city.desk_appeals.by_name[name].pk,) for name in ("in_work", "received", "answered")
    },
}
