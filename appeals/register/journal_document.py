"""The journal of registration as a printed document."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from appeals.register.journal import JournalRow
from core.export.document import Column, Document, Table
from core.export.official_letter import LANGUAGE, format_day

_COLUMNS = [
    Column("№", 1),
    Column("Зареєстровано", 2.4),
    Column("Заявник, місце проживання", 4),
    Column("Вид, спосіб подання", 3),
    Column("Зміст", 5),
    Column("Виконавець", 3),
    Column("Строк", 2.2),
    Column("Стан", 3),
]


def journal_document(rows: Iterable[JournalRow], since: date, until: date) -> Document:
    """The lines of some days as a document for core.export.pdf: A4, landscape."""
    title = f"Журнал реєстрації звернень: {format_day(since)} – {format_day(until)}"
    cells = (
        (
            str(row.number),
            format_day(row.registered_on),
            _join_lines(row.name or "–", row.residence, _people(row.people or 1)),
            _join_lines(row.kind, row.via, row.privileged),
            row.subject,
            _join_lines(row.department, row.officer),
            format_day(row.due_on) if row.due_on else "",
            _join_lines(row.state, row.result, format_day(row.closed_on) if row.closed_on else ""),
        )
        for row in rows
    )
    return Document(title, [Table("", _COLUMNS, cells)], language=LANGUAGE, is_landscape=True)


def _people(number: int) -> str:
    return f"осіб: {number}" if number > 1 else ""


def _join_lines(*lines: str) -> str:
    return "\n".join(line for line in lines if line)
