"""Objects for the routes of open data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.access.city import City

Things = dict[str, tuple[Any, ...]]


def _dataset(_city: City, parameters: tuple[str, ...]) -> Things:
    kind = ("csv",) if "kind" in parameters else ()
    return {"petitions": ("petitions", *kind), "none": ("nothing", *kind)}


ABOUT = {"opendata:": _dataset, "data_files:": _dataset}
