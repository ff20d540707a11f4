"""What a spreadsheet would change in the disposition table, row by row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any
from uuid import UUID

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.dispositions import reading, rules
from consultations.dispositions.forms import clause_names
from consultations.dispositions.models import LONGEST_REASON, Disposition
from consultations.models import Consultation
from consultations.sheets.columns import NAMES, NEEDED, heads, kinds, label_of, version_of
from core.export import spreadsheets
from core.export.csv import NotATable
from drafts.published import Text

#: Lines of a spreadsheet.
MOST_LINES = 10_000


class Outcome(StrEnum):
    """What becomes of a line."""

    CHANGES = "changes"
    #: Somebody has changed the row since it was taken out.
    CONFLICT = "conflict"
    ERROR = "error"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A line of a spreadsheet that is about a row of the table."""

    line: int
    number: int
    kind: str
    reason: str
    resulting: str
    version: str

    @property
    def is_untouched(self) -> bool:
        """Whether it says what it said when it was taken out."""
        return self.version == version_of(self.kind, self.reason, self.resulting)

    def values(self) -> list[Any]:
        return [self.line, self.number, self.kind, self.reason, self.resulting, self.version]


@dataclass(frozen=True, slots=True)
class LineError:
    """A line that says nothing that could be stored, and why."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A line beside the row as it is now."""

    sheet: SheetRow
    outcome: Outcome
    message: str = ""
    row: reading.Row | None = None
    #: What the row holds now.
    kind: str = ""
    reason: str = ""
    resulting: str = ""
    resulting_key: UUID | None = None

    @property
    def changed_at(self) -> datetime | None:
        return self.row.disposition.changed_at if self.row and self.row.disposition else None

    @property
    def kind_label(self) -> str:
        return _kind_label(self.kind)

    @property
    def new_kind_label(self) -> str:
        return _kind_label(self.sheet.kind)


def _kind_label(kind: str) -> str:
    return str(Disposition.Kind(kind).label) if kind else _("not decided")


def read_rows(content: bytes) -> tuple[list[SheetRow], list[LineError]]:
    """The lines of a spreadsheet that are about rows, and what is wrong with others. Raises
    NotATable."""
    needed = {name: str(NAMES[name]) for name in NEEDED}
    named = kinds()
    rows: list[SheetRow] = []
    errors: list[LineError] = []
    seen: dict[int, int] = {}
    found = spreadsheets.rows_of(content, heads(), needed=needed, most=MOST_LINES)
    for line, cells in found:
        words = cells.get("number", "").removeprefix("№").strip()
        number = int(words) if words.isascii() and words.isdecimal() and len(words) < 9 else 0
        kind = named.get(cells.get("disposition", "").strip().lower())
        reason = cells.get("reason", "").replace("\r\n", "\n").strip()
        if not number:
            message = _("“%(words)s” is no number of a remark.") % {
                "words": Truncator(words).chars(30)
            }
        elif number in seen:
            message = _("Remark No. %(number)d stands in line %(line)d, too.") % {
                "number": number,
                "line": seen[number],
            }
        elif kind is None:
            message = _("“%(words)s” is no disposition. Write one of: %(kinds)s.") % {
                "words": Truncator(cells.get("disposition", "")).chars(30),
                "kinds": ", ".join(str(each.label) for each in Disposition.Kind),
            }
        elif len(reason) > LONGEST_REASON:
            message = str(rules.TOO_LONG)
        else:
            seen[number] = line
            resulting = cells.get("resulting", "")
            rows.append(
                SheetRow(line, number, kind, reason, resulting, cells.get("version", "").strip())
            )
            continue
        errors.append(LineError(line, message))
    if not rows and not errors:
        raise NotATable(_("The table has no rows."))
    return rows, errors


def compare(
    rows: Iterable[SheetRow],
    consultation: Consultation,
    *,
    visible: Any,
    by: User,
    now: datetime,
) -> Iterator[Compared]:
    """Each line beside its row as it is now: five queries. ``visible``: rows that ``by`` sees."""
    lines = list(rows)
    text = reading.newest_text(consultation)
    found = reading.drawable(visible.filter(number__in=[line.number for line in lines]))
    by_number = {row.number: row for row in reading.show_rows(found, text)}
    keys = _keys(text)
    for line in lines:
        yield _compare(line, by_number.get(line.number), keys, text, consultation, by, now)


def _keys(text: Text | None) -> dict[str, UUID]:
    """What a clause may be called, in small letters -> its key."""
    names = clause_names(text.version_id) if text else {}
    return {name.lower(): key for key, name in names.items()}


def _compare(
    line: SheetRow,
    row: reading.Row | None,
    keys: dict[str, UUID],
    text: Text | None,
    consultation: Consultation,
    by: User,
    now: datetime,
) -> Compared:
    if row is None:
        return Compared(line, Outcome.ERROR, str(rules.GONE))
    key = row.disposition.resulting_key if row.disposition else None
    label = label_of(key, text)
    current = partial(Compared, line, row=row, kind=row.kind, reason=row.reason, resulting=label)
    is_same = (line.kind, line.reason) == (row.kind, row.reason.strip()) and (
        line.resulting.lower() == label.lower()
    )
    if line.is_untouched or is_same:
        return current(Outcome.SAME)
    new_key = keys.get(line.resulting.lower()) if line.resulting else None
    if line.resulting and new_key is None:
        message = _("There is no clause “%(label)s” in the newest text.") % {
            "label": Truncator(line.resulting).chars(40)
        }
        return current(Outcome.ERROR, message)
    is_assigned = rules.is_given_to(row.assignment, by)
    verdict = rules.fill(by, consultation, now=now, is_assigned=is_assigned) and rules.settle(
        row.remark, kind=line.kind, is_deleted=False
    )
    if not verdict:
        return current(Outcome.ERROR, str(verdict.message))
    is_empty = not (row.kind or row.reason or key)
    was = version_of(row.kind, row.reason, label)
    is_as_taken_out = line.version == was or (not line.version and is_empty)
    outcome = Outcome.CHANGES if is_as_taken_out else Outcome.CONFLICT
    return current(outcome, resulting_key=new_key)


def count(compared: Collection[Compared]) -> dict[str, int]:
    """How many lines there are of each outcome."""
    return {outcome.value: sum(each.outcome is outcome for each in compared) for outcome in Outcome}
