"""A list of streets as a table (CSV): what councils publish of their streets as open data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from city.models import District
from core.export.csv import rows_of

#: Streets in one file.
MOST = 20_000
#: What a column may be headed with, in lower case.
_HEADS = {
    **{name: name for name in ("slug", "name", "district", "latitude", "longitude", "closed")},
    **{name: name for name in ("former_names", "removed", "was")},
    "назва": "name",
    "вулиця": "name",
    "повна назва": "name",
    "район": "district",
    "колишні назви": "former_names",
    "попередня назва": "former_names",
    "широта": "latitude",
    "довгота": "longitude",
    "закрито": "closed",
}
_YES = frozenset({"1", "yes", "true", "так", "+"})


def read(content: bytes, *, most: int = MOST) -> list[tuple[int, dict[str, Any]]]:
    """The rows as city.lists.description takes them, each with its line.

    ``district``: its name or slug; ``former_names``: parted by ``|``; a coordinate with a point or
    a comma; what is empty is left as it is stored. Raises core.export.csv.NotATable. One query.
    """
    slugs = {
        word.casefold(): slug
        for name, slug in District.objects.values_list("name", "slug")
        for word in (name, slug)
    }
    rows = rows_of(content, _HEADS, needed={"name": _("name")}, most=most)
    return [(number, _row(cells, slugs)) for number, cells in rows]


def _row(cells: Mapping[str, str], slugs: Mapping[str, str]) -> dict[str, Any]:
    row: dict[str, Any] = {name: " ".join(cell.split()) for name, cell in cells.items() if cell}
    if "district" in row:
        row["district"] = slugs.get(row["district"].casefold(), row["district"])
    if "former_names" in row:
        row["former_names"] = [
            name.strip() for name in row["former_names"].split("|") if name.strip()
        ]
    for name in ("closed", "removed"):
        if name in row:
            row[name] = row[name].casefold() in _YES
    for name in ("latitude", "longitude"):
        if name in row:
            row[name] = _number(row[name])
    return row


def _number(cell: str) -> float | str:
    """The number; what is none stays as it is, and is refused where the column is known."""
    try:
        return float(cell.replace(",", "."))
    except ValueError:
        return cell
