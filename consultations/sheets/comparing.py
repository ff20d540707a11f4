"""Differences between a spreadsheet and the disposition table, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any
from uuid import UUID

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.dispositions import queries, rules
from consultations.dispositions.forms import clause_names
from consultations.dispositions.models import LONGEST_REASON, Assignment, Disposition
from consultations.models import Consultation, Remark
from consultations.sheets.columns import NAMES, NEEDED, heads, kinds, label_of, version_of
from core.export import spreadsheets
from core.export.csv import NotATable
from discussions.models import Comment
from drafts.versions.published import Text

#: Lines of a spreadsheet.
MOST_LINES = 10_000
#: Rows that are read from PostgreSQL at once.
_CHUNK = 500


class Outcome(StrEnum):
    """Outcome of a line."""

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
class Stored:
    """A stored row of the table, as far as a line is compared with it."""

    remark_id: int
    number: int
    remark_kind: str
    kind: str
    reason: str
    resulting_key: UUID | None
    changed_at: datetime | None
    assigned_to: Assignment


@dataclass(frozen=True, slots=True)
class Compared:
    """A line beside the row as it is now; ``row`` is None where the table has no such row."""

    sheet: SheetRow
    outcome: Outcome
    message: str = ""
    row: Stored | None = None
    #: What the clause to which it led is called now.
    resulting: str = ""
    resulting_key: UUID | None = None
    #: What the remark says (``with_words``).
    words: str = ""

    @property
    def kind(self) -> str:
        return self.row.kind if self.row else ""

    @property
    def reason(self) -> str:
        return self.row.reason if self.row else ""

    @property
    def kind_label(self) -> str:
        return _kind_label(self.kind)

    @property
    def new_kind_label(self) -> str:
        return _kind_label(self.sheet.kind)


@dataclass(slots=True)
class Summary:
    """Counts of lines by outcome, and the first lines of each."""

    most: int
    counts: dict[str, int] = field(default_factory=lambda: {each.value: 0 for each in Outcome})
    first: dict[str, list[Compared]] = field(
        default_factory=lambda: {each.value: [] for each in Outcome}
    )

    def add(self, compared: Iterable[Compared]) -> Summary:
        """Count these, too; kept are ``most`` of each outcome, and none that stay as they are."""
        for each in compared:
            self.counts[each.outcome] += 1
            kept = self.first[each.outcome]
            if len(kept) < self.most and each.outcome is not Outcome.SAME:
                kept.append(each)
        return self


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
            message = _("“%(words)s” is not the number of a remark.") % {
                "words": Truncator(words).chars(30)
            }
        elif number in seen:
            message = _("Remark No. %(number)d stands in line %(line)d, too.") % {
                "number": number,
                "line": seen[number],
            }
        elif kind is None:
            message = _("“%(words)s” is not a disposition. Write one of: %(kinds)s.") % {
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
    """Each line beside its row as it is now, by their numbers; lines without a row come last.

    Four queries. ``visible``: rows that ``by`` sees. Of a row only what is compared is read, some
    hundreds in memory at once: a file may have MOST_LINES lines.
    """
    by_number = {line.number: line for line in rows}
    text = queries.newest_text(consultation)
    keys = _keys(text)
    for stored in _stored_rows(visible.filter(number__in=list(by_number))):
        line = by_number.pop(stored.number)
        yield _compare(line, stored, keys, text, consultation, by, now)
    for line in by_number.values():
        yield Compared(line, Outcome.ERROR, str(rules.GONE))


def _stored_rows(visible: Any) -> Iterator[Stored]:
    found = visible.order_by("number").values_list(
        *("pk", "number", "kind", "disposition__kind", "disposition__reason"),
        *("disposition__resulting_key", "disposition__changed_at"),
        *("assignment__person", "assignment__department"),
    )
    for pk, number, remark_kind, kind, reason, key, at, person, department in found.iterator(
        chunk_size=_CHUNK
    ):
        assigned_to = Assignment(person_id=person, department_id=department)
        yield Stored(pk, number, remark_kind, kind or "", reason or "", key, at, assigned_to)


def with_words(compared: Iterable[Compared]) -> list[Compared]:
    """The same with what the remarks say: one query."""
    found = list(compared)
    ids = [each.row.remark_id for each in found if each.row]
    said = Comment.objects.filter(pk__in=ids).values_list("pk", "text", "proposal")
    words = {pk: text or proposal for pk, text, proposal in said}
    return [replace(each, words=words.get(each.row.remark_id, "")) for each in found if each.row]


def _keys(text: Text | None) -> dict[str, UUID]:
    """Names of clauses in small letters -> the clause's key."""
    names = clause_names(text.version_id) if text else {}
    return {name.lower(): key for key, name in names.items()}


def _compare(
    line: SheetRow,
    row: Stored,
    keys: dict[str, UUID],
    text: Text | None,
    consultation: Consultation,
    by: User,
    now: datetime,
) -> Compared:
    label = label_of(row.resulting_key, text)
    current = partial(Compared, line, row=row, resulting=label)
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
    is_assigned = rules.is_assigned_to(row.assigned_to, by)
    remark = Remark(pk=row.remark_id, kind=row.remark_kind)
    verdict = rules.fill(by, consultation, now=now, is_assigned=is_assigned) and rules.settle(
        remark,
        kind=line.kind,
        is_deleted=False,
        questions_only=consultation.procedure.notes_questions_only,
    )
    if not verdict:
        return current(Outcome.ERROR, str(verdict.message))
    is_empty = not (row.kind or row.reason or row.resulting_key)
    was = version_of(row.kind, row.reason, label)
    is_as_taken_out = line.version == was or (not line.version and is_empty)
    outcome = Outcome.CHANGES if is_as_taken_out else Outcome.CONFLICT
    return current(outcome, resulting_key=new_key)
