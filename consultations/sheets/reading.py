"""Lines of a spreadsheet of the disposition table: what each says, what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from consultations.dispositions import rules
from consultations.dispositions.models import LONGEST_REASON, Disposition
from consultations.sheets.columns import (
    NAMES,
    NEEDED,
    fingerprint_words,
    heads,
    kinds,
    version_of,
    whole_draft,
)
from core.export import spreadsheets
from core.export.csv import NotATable
from core.export.ods_rows import WithoutValue

#: Lines of a spreadsheet.
MOST_LINES = 10_000


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A line of a spreadsheet that is about a row of the table."""

    line: int
    number: int
    kind: str
    reason: str
    resulting: str
    version: str
    #: Fingerprint of the remark's words in the file; "" where it has no such columns.
    said: str = ""

    @property
    def is_untouched(self) -> bool:
        """Whether it says what it said when it was taken out."""
        return self.version == version_of(self.kind, self.reason, self.resulting)

    def values(self) -> list[Any]:
        return list(astuple(self))


@dataclass(frozen=True, slots=True)
class LineError:
    """A line that says nothing that could be stored, and why; ``number``: 0 where none is read."""

    line: int
    message: str
    number: int = 0

    def values(self) -> list[Any]:
        return list(astuple(self))


def read_rows(content: bytes) -> tuple[list[SheetRow], list[LineError]]:
    """The lines of a spreadsheet that are about rows, and what is wrong with others. Raises
    NotATable."""
    needed = {name: str(NAMES[name]) for name in NEEDED}
    named, whole = kinds(), whole_draft()
    rows: list[SheetRow] = []
    errors: list[LineError] = []
    seen: dict[int, int] = {}
    found = spreadsheets.rows_of(content, heads(), needed=needed, most=MOST_LINES)
    for line, cells in found:
        words = cells.get("number", "").removeprefix("№").strip()
        number = int(words) if words.isascii() and words.isdecimal() and len(words) < 9 else 0
        if message := _judge(cells, words, number, seen, named):
            errors.append(LineError(line, message, number))
            continue
        seen[number] = line
        resulting = cells.get("resulting", "")
        rows.append(
            SheetRow(
                line,
                number,
                named[cells.get("disposition", "").lower()],
                _reason(cells),
                "" if resulting.lower() in whole else resulting,
                cells.get("version", "").strip(),
                _fingerprint(cells),
            )
        )
    if not rows and not errors:
        raise NotATable(_("The table has no rows."))
    return rows, errors


def _judge(
    cells: Mapping[str, str],
    words: str,
    number: int,
    seen: Mapping[int, int],
    named: Mapping[str, str],
) -> str:
    """The fault of a line in words; "" of none. ``words``: its number as it is written."""
    for name in NEEDED:
        if isinstance(cells.get(name), WithoutValue):
            return _(
                "The formula in the column “%(column)s” has no value. Write the words instead of "
                "it, or open the file in Excel or LibreOffice and save it there."
            ) % {"column": NAMES[name]}
    if not number:
        return _("“%(words)s” is not the number of a remark.") % {
            "words": Truncator(words).chars(30)
        }
    if number in seen:
        return _("Remark No. %(number)d stands in line %(line)d, too.") % {
            "number": number,
            "line": seen[number],
        }
    kind = cells.get("disposition", "")
    if kind.lower() not in named:
        return _("“%(words)s” is not a disposition. Write one of: %(kinds)s.") % {
            "words": Truncator(kind).chars(30),
            "kinds": ", ".join(str(each.label) for each in Disposition.Kind),
        }
    return str(rules.TOO_LONG) if len(_reason(cells)) > LONGEST_REASON else ""


def _reason(cells: Mapping[str, str]) -> str:
    return cells.get("reason", "").replace("\r\n", "\n").strip()


def _fingerprint(cells: Mapping[str, str]) -> str:
    if "text" not in cells or "proposal" not in cells:
        return ""
    return fingerprint_words(cells["text"], cells["proposal"])
