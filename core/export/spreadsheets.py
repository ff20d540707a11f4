"""Read a table that people bring as .xlsx, .ods or .csv, within limits.

What the file is its content says, never its name. An archive is judged before anything of it is
unpacked: its size, that of what is in it, and that it holds no macros. No formula is computed; the
value that the office stored last counts. Entities are not resolved (openpyxl reads with defusedxml,
ODS is read with lxml without them).
"""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree
from openpyxl import load_workbook

from core.domain.numbers import grouped
from core.export.csv import NotATable
from core.export.csv import rows_of as rows_of_csv

MAX_BYTES = 5 * 1024 * 1024
#: Of all that an archive holds, and how many entries.
MAX_UNPACKED = 40 * 1024 * 1024
MAX_ENTRIES = 500
MAX_COLUMNS = 50
#: Characters of all cells that are read.
MAX_CHARACTERS = 10_000_000

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_TABLE, _TEXT, _OFFICE = (f"{{{_OASIS}:{name}:1.0}}" for name in ("table", "text", "office"))
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

    Of a workbook the first sheet is read. Raises NotATable, in the middle too.
    """
    if len(content) > MAX_BYTES:
        raise NotATable(_("The file is larger than 5 MB."))
    if not content.startswith(b"PK\x03\x04"):
        yield from rows_of_csv(content, heads, needed=needed, most=most)
        return
    try:
        lines = _ods(content, most) if _judge(content) else _xlsx(content, most)
        yield from _named(lines, heads, needed, most)
    except NotATable:
        raise
    except _BROKEN as damage:
        raise NotATable(_("The file is damaged and cannot be read.")) from damage


def _judge(content: bytes) -> bool:
    """Whether it is .ods; else it is .xlsx."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        names = {entry.filename for entry in entries}
        if len(entries) > MAX_ENTRIES or sum(each.file_size for each in entries) > MAX_UNPACKED:
            raise NotATable(_("The file unpacks to more than a table of dispositions can hold."))
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


def _head(archive: zipfile.ZipFile, name: str, names: set[str]) -> bytes:
    if name not in names:
        return b""
    with archive.open(name) as entry:
        return entry.read(1_000_000)


type Line = tuple[int, Sequence[str]]


def _named(
    lines: Iterator[Line], heads: Mapping[str, str], needed: Mapping[str, str], most: int
) -> Iterator[tuple[int, dict[str, str]]]:
    names: list[str] | None = None
    found = characters = 0
    for number, cells in lines:
        characters += sum(map(len, cells))
        if characters > MAX_CHARACTERS:
            raise NotATable(_("The file unpacks to more than a table of dispositions can hold."))
        if not any(cell.strip() for cell in cells):
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
                _("A table has %(most)s lines at most: split it.") % {"most": grouped(most)}
            )
        named = zip(names, cells, strict=False)
        yield number, {name: cell.strip() for name, cell in named if name}
    if names is None:
        raise NotATable(
            _("The first line must name the columns: %(columns)s.")
            % {"columns": ", ".join(needed.values())}
        )


def _xlsx(content: bytes, most: int) -> Iterator[Line]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions that openpyxl leaves out
        book: Any = load_workbook(
            io.BytesIO(content), read_only=True, data_only=True, keep_links=False
        )
        try:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            # A cell at the end of the sheet makes a million empty rows: they are counted.
            rows = sheet.iter_rows(max_row=most * 2 + 2, max_col=MAX_COLUMNS, values_only=True)
            for number, cells in enumerate(rows, start=1):
                yield number, [_words(cell) for cell in cells]
        finally:
            book.close()


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
        events = etree.iterparse(
            entry,
            events=("end",),
            tag=(f"{_TABLE}table-row", f"{_TABLE}table"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
        )
        number = 1
        for _event, element in events:
            if element.getroottree().docinfo.doctype:
                raise NotATable(_("The file is damaged and cannot be read."))
            if element.tag == f"{_TABLE}table":
                return
            times = _times(element, "number-rows-repeated")
            cells = _cells(element)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
            if any(cells):
                if times > most:
                    raise NotATable(
                        _("A table has %(most)s lines at most: split it.") % {"most": grouped(most)}
                    )
                for place in range(times):
                    yield number + place, cells
            number += times


def _cells(row: etree._Element) -> list[str]:
    cells: list[str] = []
    for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        times = min(_times(cell, "number-columns-repeated"), MAX_COLUMNS - len(cells))
        words = "\n".join(_spoken(line) for line in cell.iterchildren(f"{_TEXT}p"))
        cells += [words] * times
        if len(cells) >= MAX_COLUMNS:
            break
    return cells


def _spoken(element: etree._Element) -> str:
    """The words of a paragraph, without notes that stand beside the cell."""
    parts = [element.text or ""]
    for child in element.iterchildren():
        if child.tag == f"{_TEXT}s":
            parts.append(" " * min(_times(child, "c", _TEXT), 100))
        elif child.tag == f"{_TEXT}tab":
            parts.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            parts.append("\n")
        elif isinstance(child.tag, str) and not child.tag.startswith(_OFFICE):
            parts.append(_spoken(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _times(element: etree._Element, name: str, namespace: str = _TABLE) -> int:
    words = element.get(f"{namespace}{name}", "1")
    return max(int(words), 1) if words.isdecimal() and len(words) < 8 else 1
