"""Differences between a spreadsheet and the disposition table, row by row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
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
from consultations.dispositions.models import Assignment, Disposition
from consultations.models import Consultation, Remark
from consultations.sheets.columns import fingerprint_words, label_of, version_of
from consultations.sheets.reading import SheetRow
from core.audit_log.chaining import to_ranges
from discussions.models import Comment
from drafts.versions.published import Text

#: Rows that are read from PostgreSQL at once.
_CHUNK = 500


class Outcome(StrEnum):
    """Outcome of a line."""

    CHANGES = "changes"
    #: Somebody has changed the row since it was taken out.
    CONFLICT = "conflict"
    #: The mark of when it was taken out is gone: nobody knows whether somebody has.
    UNCHECKED = "unchecked"
    ERROR = "error"
    SAME = "same"


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
    #: Fingerprint of the remark's words; "" of words that stand in no file.
    said: str
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
    def has_changed_words(self) -> bool:
        """Whether the remark says something else in the file than on the site."""
        told = (self.sheet.said, self.row.said if self.row else "")
        return all(told) and told[0] != told[1]

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
    #: Lines in which the words of the remark are others, and the first of them.
    changed_words: int = 0
    first_changed_words: list[Compared] = field(default_factory=list)

    def add(self, compared: Iterable[Compared]) -> Summary:
        """Count these, too; kept are ``most`` of each outcome, and none that stay as they are."""
        for each in compared:
            self.counts[each.outcome] += 1
            if each.has_changed_words:
                self.changed_words += 1
                if self.changed_words <= self.most:
                    self.first_changed_words.append(each)
            kept = self.first[each.outcome]
            if len(kept) < self.most and each.outcome is not Outcome.SAME:
                kept.append(each)
        return self


def _kind_label(kind: str) -> str:
    return str(Disposition.Kind(kind).label) if kind else _("not decided")


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


@dataclass(frozen=True, slots=True)
class Absent:
    """Rows of the table that no line of a file is about: how many of how many, and which."""

    number: int
    of: int
    #: First and last of each unbroken row of numbers.
    ranges: list[tuple[int, int]]


def find_absent(told: Collection[int], visible: Any) -> Absent:
    """The numbered rows of ``visible`` that are not ``told``: one query."""
    numbers = visible.filter(number__isnull=False).order_by("number")
    every = list(numbers.values_list("number", flat=True))
    absent = [number for number in every if number not in told]
    return Absent(len(absent), len(every), to_ranges(absent))


def _stored_rows(visible: Any) -> Iterator[Stored]:
    found = visible.order_by("number").values_list(
        *("pk", "number", "kind", "disposition__kind", "disposition__reason"),
        *("disposition__resulting_key", "disposition__changed_at"),
        *("comment__hidden_at", "comment__text", "comment__proposal"),
        *("assignment__person", "assignment__department"),
    )
    for pk, number, remark_kind, kind, reason, key, at, *rest in found.iterator(chunk_size=_CHUNK):
        hidden_at, words, proposal, person, department = rest
        said = "" if hidden_at else fingerprint_words(words, proposal)
        assigned_to = Assignment(person_id=person, department_id=department)
        yield Stored(pk, number, remark_kind, kind or "", reason or "", key, at, said, assigned_to)


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
    outcome = Outcome.UNCHECKED
    if line.version:
        is_as_taken_out = line.version == version_of(row.kind, row.reason, label)
        outcome = Outcome.CHANGES if is_as_taken_out else Outcome.CONFLICT
    return current(outcome, resulting_key=new_key)
