"""A list of deputies as a table (CSV): name, faction, district, term."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.export.csv import rows_of

#: Lines of one table.
MOST = 300
#: What a column may be headed with, in lower case.
_HEADS = {
    **{name: name for name in ("name", "faction", "district", "since", "until")},
    **dict.fromkeys(
        ("піб", "п.і.б.", "прізвище, ім’я, по батькові", "прізвище, ім'я, по батькові"), "name"
    ),
    "депутат": "name",
    "фракція": "faction",
    "фракція або група": "faction",
    "район": "district",
    "округ": "district",
    **dict.fromkeys(("з", "з дня", "повноваження з"), "since"),
    **dict.fromkeys(("до", "по день", "повноваження до"), "until"),
}


@dataclass(frozen=True, slots=True)
class DeputyLine:
    """A line of the table: words as they stand there, "" where a column says nothing."""

    number: int
    name: str
    faction: str = ""
    district: str = ""
    since: str = ""
    until: str = ""


def read(content: bytes) -> list[DeputyLine]:
    """The lines of a table. Raises core.export.csv.NotATable."""
    rows = rows_of(content, _HEADS, needed={"name": _("full name")}, most=MOST)
    return [
        DeputyLine(number, **{name: " ".join(cell.split()) for name, cell in cells.items()})
        for number, cells in rows
    ]
