"""Write tables as an Excel workbook (ISO/IEC 29500), row by row.

    xlsx([Sheet("Results", ("Option", "Votes"), [("007", 12)])])

Text is written as text: Excel neither runs «=1+1» nor drops the zeros of «007». The sheets are
those of core/export/ods.py; docs/adr/0028 says why openpyxl writes this and nobody that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from itertools import islice
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from core.export.ods import Cell, Sheet

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What a cell can hold, by the standard.
_LONGEST = 32_767
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_NAME = re.compile(r"[\[\]*?:/\\']")
_LONGEST_NAME = 31
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_BOLD = Font(bold=True)


def xlsx(sheets: Iterable[Sheet], *, widths: Sequence[int] = ()) -> bytes:
    """The file. ``widths``: of the columns, in characters; titles stay in sight."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        written = book.create_sheet(_NO_NAME.sub(" ", _text(sheet.name))[:_LONGEST_NAME])
        written.freeze_panes = "A2"
        for number, width in enumerate(islice(widths, len(sheet.titles)), start=1):
            written.column_dimensions[get_column_letter(number)].width = width
        written.append([_cell(written, title, font=_BOLD) for title in sheet.titles])
        for row in sheet.rows:
            written.append([_cell(written, value) for value in row])
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


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
