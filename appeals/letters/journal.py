"""The journal of the register of appeals, as it is printed and as a table: of frozen rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date

from core.export.document import Column, Document, Table
from core.export.official_letter import format_day


@dataclass(frozen=True, slots=True)
class JournalRow:
    """A line of the journal; its texts are in Ukrainian, as the journal is kept."""

    number: str
    received_on: date
    #: Who has filed it, and where they live.
    applicant: str
    residence: str
    kind: str
    via: str
    subject: str
    department: str
    due_on: date
    state: str
    done_on: date | None = None


#: Columns of the printed journal, with their widths.
_COLUMNS = [
    Column("№ і дата", 2),
    Column("Надійшло", 2),
    Column("Заявник, місце проживання", 4),
    Column("Вид", 2),
    Column("Спосіб подання", 2),
    Column("Зміст", 5),
    Column("Виконавець", 3),
    Column("Строк", 2),
    Column("Стан", 3),
]

#: Names of the columns of the table for programs.
HEAD: Sequence[str] = tuple(field.name for field in fields(JournalRow))


def journal_document(rows: Iterable[JournalRow], first: date, last: date) -> Document:
    """The journal of some days as a document for core.export.pdf: A4, landscape."""
    title = f"Журнал реєстрації звернень: {format_day(first)} – {format_day(last)}"
    cells = (
        (
            row.number,
            format_day(row.received_on),
            "\n".join(filter(None, (row.applicant, row.residence))),
            row.kind,
            row.via,
            row.subject,
            row.department,
            format_day(row.due_on),
            f"{row.state} {format_day(row.done_on)}" if row.done_on else row.state,
        )
        for row in rows
    )
    return Document(title, [Table("", _COLUMNS, cells)], is_landscape=True)


def journal_cells(rows: Iterable[JournalRow]) -> Iterable[list[object]]:
    """The cells of its table for core.export.csv.as_csv (no cell is a formula there)."""
    for row in rows:
        yield [_cell(getattr(row, name)) for name in HEAD]


def _cell(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
