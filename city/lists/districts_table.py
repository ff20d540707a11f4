"""A list of districts as a table (CSV)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from core.export.csv import rows_of

#: What a column may be headed with, in lower case.
_HEADS = {
    **{name: name for name in ("slug", "name", "name_en", "population", "closed", "was")},
    "назва": "name",
    "район": "name",
    "назва англійською": "name_en",
    "населення": "population",
    "закрито": "closed",
}
_YES = frozenset({"1", "yes", "true", "так", "+"})


def read(content: bytes, *, most: int) -> list[tuple[int, dict[str, Any]]]:
    """The rows as city.lists.description takes them, each with its line.

    What is empty is left as it is stored; a number may have its thousands apart. Raises
    core.export.csv.NotATable.
    """
    rows = rows_of(content, _HEADS, needed={"name": _("name")}, most=most)
    return [(number, _row(cells)) for number, cells in rows]


def _row(cells: dict[str, str]) -> dict[str, Any]:
    row: dict[str, Any] = {name: " ".join(cell.split()) for name, cell in cells.items() if cell}
    if "population" in row:
        digits = row["population"].replace(" ", "")
        row["population"] = int(digits) if digits.isdecimal() else row["population"]
    if "closed" in row:
        row["closed"] = row["closed"].casefold() in _YES
    return row
