"""Read a table that people bring as .xlsx, .ods or .csv, within limits.

What the file is its content says, never its name. An archive is judged before anything of it is
read: its size, that of what is in it, how many elements and attributes that has (an element of four
bytes takes a hundred in memory), and that it holds no macros. No formula is computed; the value
that the office stored last counts. Entities are not resolved (openpyxl reads with defusedxml, ODS
is refused with any). Of an ODS no tree is kept: core/export/ods_rows.py.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree
from openpyxl import load_workbook

from core.domain.typography import group_thousands
from core.export.csv import NotATable
from core.export.csv import rows_of as rows_of_csv
from core.export.ods_rows import BROKEN, TOO_MUCH, Limits, WithoutValue, read_rows

MAX_BYTES = 5 * 1024 * 1024
#: Of all that an archive holds, and how many entries.
MAX_UNPACKED = 30 * 1024 * 1024
MAX_ENTRIES = 500
#: Elements and attributes of all its XML, and of its parts without cells: styles, relations.
MAX_NODES, MAX_NODES_ELSEWHERE = 2_000_000, 200_000
MAX_COLUMNS = 50
#: Characters of all cells that are read.
MAX_CHARACTERS = 10_000_000

_CELLS = ("content.xml", "xl/sharedStrings.xml", "xl/worksheets/")
_CHUNK = 64 * 1024
#: The beginning of a formula in the XML of a sheet, whatever prefix its writer gave the name.
_FORMULA = re.compile(rb"<(?:\w{1,20}:)?f[\s/>]")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    etree.LxmlError,
    SyntaxError,  # xml.etree's ParseError is one
)


def rows_of(
    content: bytes, heads: Mapping[str, str], *, needed: Mapping[str, str], most: int
) -> Iterator[tuple[int, dict[str, str]]]:
    """Lines as column -> words, each with its number, as core.export.csv.rows_of does.

    Of a workbook the first sheet is read; the words of a formula that has no value, or an error for
    one, are a WithoutValue. Raises NotATable, in the middle too.
    """
    if len(content) > MAX_BYTES:
        raise NotATable(_("The file is larger than 5 MB."))
    if not content.startswith(b"PK\x03\x04"):
        yield from rows_of_csv(content, heads, needed=needed, most=most)
        return
    try:
        lines = _ods(content, most) if _judge(content) else _xlsx(content, most)
        yield from _name_cells(lines, heads, needed, most)
    except NotATable:
        raise
    except _BROKEN as damage:
        raise NotATable(BROKEN) from damage


def _judge(content: bytes) -> bool:
    """Whether it is .ods; else it is .xlsx."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        names = {entry.filename for entry in entries}
        if len(entries) > MAX_ENTRIES or sum(each.file_size for each in entries) > MAX_UNPACKED:
            raise NotATable(TOO_MUCH)
        _judge_nodes(archive, entries)
        kinds = _head(archive, "[Content_Types].xml", names)
        has_macros = b"macroEnabled" in kinds or any(
            name.endswith("vbaProject.bin") or name.startswith(("Basic/", "Scripts/"))
            for name in names
        )
        if has_macros:
            raise NotATable(_("The file contains macros. Save it without them."))
        if _head(archive, "mimetype", names).strip() == _ODS and "content.xml" in names:
            return True
        if "xl/workbook.xml" in names and kinds:
            return False
    raise NotATable(_("Bring a table as .xlsx, .ods or .csv."))


def _judge_nodes(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Raise NotATable where the XML has more elements and attributes than a table needs."""
    cells = elsewhere = 0
    for entry in entries:
        if not entry.filename.lower().endswith((".xml", ".rels")):
            continue  # pictures are not read
        with archive.open(entry) as file:
            while chunk := file.read(_CHUNK):
                nodes = chunk.count(b"<") - chunk.count(b"</") + chunk.count(b"=")
                if entry.filename.startswith(_CELLS):
                    cells += nodes
                else:
                    elsewhere += nodes
                if cells > MAX_NODES or elsewhere > MAX_NODES_ELSEWHERE:
                    raise NotATable(TOO_MUCH)


def _head(archive: zipfile.ZipFile, name: str, names: set[str]) -> bytes:
    if name not in names:
        return b""
    with archive.open(name) as entry:
        return entry.read(1_000_000)


type Line = tuple[int, Sequence[str]]


def _name_cells(
    lines: Iterator[Line], heads: Mapping[str, str], needed: Mapping[str, str], most: int
) -> Iterator[tuple[int, dict[str, str]]]:
    names: list[str] | None = None
    found = characters = 0
    for number, cells in lines:
        characters += sum(map(len, cells))
        if characters > MAX_CHARACTERS:
            raise NotATable(TOO_MUCH)
        if not any(cell.strip() or isinstance(cell, WithoutValue) for cell in cells):
            continue
        if names is None:
            names = [heads.get(cell.strip().lower(), "") for cell in cells]
            if missing := [title for name, title in needed.items() if name not in names]:
                raise NotATable(
                    _("The first line must name the columns: %(columns)s.")
                    % {"columns": ", ".join(missing)}
                )
            continue
        found += 1
        if found > most:
            raise NotATable(
                _("A table has %(most)s lines at most: split it.") % {"most": group_thousands(most)}
            )
        named = zip(names, cells, strict=False)
        yield number, {name: _strip(cell) for name, cell in named if name}
    if names is None:
        raise NotATable(
            _("The first line must name the columns: %(columns)s.")
            % {"columns": ", ".join(needed.values())}
        )


def _strip(cell: str) -> str:
    return cell if isinstance(cell, WithoutValue) else cell.strip()


def _xlsx(content: bytes, most: int) -> Iterator[Line]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions that openpyxl leaves out
        if not _has_formulas(content):
            for number, values in enumerate(_sheet_rows(content, most, values_only=True), start=1):
                yield number, [_words(value) for value in values]
            return
        # openpyxl tells either a cell's value or its formula.
        rows = zip(
            _sheet_rows(content, most), _sheet_rows(content, most, data_only=False), strict=True
        )
        for number, (cells, formulas) in enumerate(rows, start=1):
            yield number, list(map(_words_of_cell, cells, formulas))


def _sheet_rows(
    content: bytes, most: int, *, data_only: bool = True, values_only: bool = False
) -> Iterator[Sequence[Any]]:
    book: Any = load_workbook(
        io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False
    )
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        # A cell at the end of the sheet makes a million empty rows: they are counted.
        yield from sheet.iter_rows(
            max_row=most * 2 + 2, max_col=MAX_COLUMNS, values_only=values_only
        )
    finally:
        book.close()


def _has_formulas(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return any(
            _FORMULA.search(archive.read(entry))
            for entry in archive.infolist()
            if entry.filename.startswith("xl/worksheets/")
        )


def _words_of_cell(cell: Any, formula: Any) -> str:
    """``formula``: the same cell, read for its formula."""
    is_unknown = cell.value is None or cell.data_type == "e"
    return WithoutValue() if is_unknown and formula.data_type == "f" else _words(cell.value)


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


def _ods(content: bytes, most: int) -> Iterator[Line]:
    """The rows of the first sheet. A row that the file repeats is given once for each, up to
    ``most``; empty ones are counted alone."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("content.xml") as entry:
        number = 1
        limits = Limits(columns=MAX_COLUMNS, characters=MAX_CHARACTERS, nodes=MAX_NODES)
        for times, cells in read_rows(entry, limits):
            if any(cells):
                if times > most:
                    raise NotATable(
                        _("A table has %(most)s lines at most: split it.")
                        % {"most": group_thousands(most)}
                    )
                for place in range(times):
                    yield number + place, cells
            number += times
