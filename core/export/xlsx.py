"""Write tables as an Excel workbook (ISO/IEC 29500), row by row.

    xlsx([Sheet("Results", ("Option", "Votes"), [("007", 12)])])

Text is written as text: Excel neither runs «=1+1» nor drops the zeros of «007». The sheets are
those of core/export/ods.py; docs/adr/0028 says why openpyxl writes this and nobody that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from itertools import islice, zip_longest
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from core.export.ods import Cell, Sheet

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What a cell can hold, by the standard.
_LONGEST = 32_767
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_NAME = re.compile(r"[\[\]*?:/\\']")
_LONGEST_NAME = 31
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_BOLD = Font(bold=True)
#: Name of the hidden sheet of words that cells may hold.
_CHOICES = "choices"
#: The last line of a sheet, by the standard.
_LAST_LINE = 1_048_576


def xlsx(
    sheets: Iterable[Sheet],
    *,
    widths: Sequence[int] = (),
    choices: Mapping[int, Sequence[str]] | None = None,
) -> bytes:
    """The file. ``widths``: of the columns, in characters; titles stay in sight.

    ``choices``: of a column's index from 0, the words that its cells may hold (or be empty). Each
    cell offers them as a list; they stand on a hidden sheet behind the others.
    """
    book = Workbook(write_only=True)
    allowed = {column: words for column, words in (choices or {}).items() if words}
    for sheet in sheets:
        written = book.create_sheet(_NO_NAME.sub(" ", _text(sheet.name))[:_LONGEST_NAME])
        written.freeze_panes = "A2"
        for number, width in enumerate(islice(widths, len(sheet.titles)), start=1):
            written.column_dimensions[get_column_letter(number)].width = width
        written.append([_cell(written, title, font=_BOLD) for title in sheet.titles])
        for row in sheet.rows:
            written.append([_cell(written, value) for value in row])
        for place, (column, words) in enumerate(allowed.items()):
            written.data_validations.append(_choice_of(place, column, len(words)))
    if allowed:
        _write_choices(book, list(allowed.values()))
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _choice_of(place: int, column: int, number: int) -> DataValidation:
    """Rule of a column's cells: one of so many words of the hidden sheet's column ``place``.

    A list within the rule itself would end at 255 characters, and at a comma in its words.
    """
    source, target = get_column_letter(place + 1), get_column_letter(column + 1)
    return DataValidation(
        type="list",
        formula1=f"'{_CHOICES}'!${source}$1:${source}${number}",
        allow_blank=True,
        showErrorMessage=True,
        sqref=f"{target}2:{target}{_LAST_LINE}",
    )


def _write_choices(book: Workbook, columns: Sequence[Sequence[str]]) -> None:
    hidden = book.create_sheet(_CHOICES)
    hidden.sheet_state = "hidden"
    for words in zip_longest(*columns):
        hidden.append([_cell(hidden, word) for word in words])


def _cell(sheet: Any, value: Cell, font: Font | None = None) -> Any:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, _text(value)[:_LONGEST])
    cell.data_type = "s"  # openpyxl takes what begins with «=» for a formula
    cell.alignment = _WRAPPED
    if font is not None:
        cell.font = font
    return cell


def _text(value: str) -> str:
    return _UNWRITABLE.sub(" ", value.replace("\r\n", "\n"))
