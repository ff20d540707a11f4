"""Write tables as an OpenDocument spreadsheet (ISO/IEC 26300).

    ods([Sheet("Results", ("Option", "Votes"), [("007", 12)])])

Text is written as text: a spreadsheet neither runs «=1+1» nor drops the zeros of «007». Numbers
are numbers. docs/adr/0028 says why this is written here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from lxml import etree

type Cell = str | int | float | None

MIME = "application/vnd.oasis.opendocument.spreadsheet"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_OFFICE, _TABLE, _TEXT = f"{_OASIS}:office:1.0", f"{_OASIS}:table:1.0", f"{_OASIS}:text:1.0"
_STYLE, _FO = f"{_OASIS}:style:1.0", f"{_OASIS}:xsl-fo-compatible:1.0"
_NAMES = {
    "office": _OFFICE,
    "table": _TABLE,
    "text": _TEXT,
    "style": _STYLE,
    "fo": _FO,
    "of": f"{_OASIS}:of:1.2",
}
_MANIFEST = f"{_OASIS}:manifest:1.0"
#: What XML cannot hold, and what no office takes in the name of a sheet.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_NAME = re.compile(r"[\[\]*?:/\\']")
_LONGEST_NAME = 31


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its name, the titles of its columns, its rows."""

    name: str
    titles: Sequence[str]
    rows: Iterable[Sequence[Cell]] = field(default_factory=list)


def ods(sheets: Iterable[Sheet], *, choices: Mapping[int, Sequence[str]] | None = None) -> bytes:
    """The file; the same tables give the same bytes. ``choices``: of a column's index from 0, the
    words that its cells may hold (or be empty): each cell of the rows offers them as a list."""
    allowed = {column: words for column, words in (choices or {}).items() if words}
    kept = BytesIO()
    with ZipFile(kept, "w") as packed:
        # The first entry, not compressed, is how the kind of the file is told.
        packed.writestr(ZipInfo("mimetype"), MIME, ZIP_STORED)
        packed.writestr(ZipInfo("META-INF/manifest.xml"), _manifest(), ZIP_DEFLATED)
        packed.writestr(ZipInfo("content.xml"), _content(sheets, allowed), ZIP_DEFLATED)
    return kept.getvalue()


def _content(sheets: Iterable[Sheet], allowed: Mapping[int, Sequence[str]]) -> bytes:
    document = etree.Element(f"{{{_OFFICE}}}document-content", nsmap=_NAMES)
    document.set(f"{{{_OFFICE}}}version", "1.3")
    styles = etree.SubElement(document, f"{{{_OFFICE}}}automatic-styles")
    bold = etree.SubElement(styles, f"{{{_STYLE}}}style")
    bold.set(f"{{{_STYLE}}}name", "title")
    bold.set(f"{{{_STYLE}}}family", "table-cell")
    letters = etree.SubElement(bold, f"{{{_STYLE}}}text-properties")
    letters.set(f"{{{_FO}}}font-weight", "bold")
    body = etree.SubElement(document, f"{{{_OFFICE}}}body")
    book = etree.SubElement(body, f"{{{_OFFICE}}}spreadsheet")
    if allowed:
        _write_choices(book, allowed)
    lists = {column: f"list{column}" for column in allowed}
    for sheet in sheets:
        table = etree.SubElement(book, f"{{{_TABLE}}}table")
        table.set(f"{{{_TABLE}}}name", _NO_NAME.sub(" ", _escape_text(sheet.name))[:_LONGEST_NAME])
        column = etree.SubElement(table, f"{{{_TABLE}}}table-column")
        column.set(f"{{{_TABLE}}}number-columns-repeated", str(max(len(sheet.titles), 1)))
        _row(table, sheet.titles, style="title")
        for row in sheet.rows:
            _row(table, row, lists=lists)
    content: bytes = etree.tostring(document, xml_declaration=True, encoding="UTF-8")
    return content


def _write_choices(book: etree._Element, allowed: Mapping[int, Sequence[str]]) -> None:
    """Rules by which cells hold one of a list of words; they stand before the tables."""
    rules = etree.SubElement(book, f"{{{_TABLE}}}content-validations")
    for column, words in allowed.items():
        rule = etree.SubElement(rules, f"{{{_TABLE}}}content-validation")
        rule.set(f"{{{_TABLE}}}name", f"list{column}")
        listed = ";".join('"' + _escape_text(word).replace('"', '""') + '"' for word in words)
        rule.set(f"{{{_TABLE}}}condition", f"of:cell-content-is-in-list({listed})")
        rule.set(f"{{{_TABLE}}}allow-empty-cell", "true")
        rule.set(f"{{{_TABLE}}}display-list", "unsorted")
        error = etree.SubElement(rule, f"{{{_TABLE}}}error-message")
        error.set(f"{{{_TABLE}}}message-type", "stop")
        error.set(f"{{{_TABLE}}}display", "true")


def _row(
    table: etree._Element,
    cells: Sequence[Cell],
    style: str = "",
    lists: Mapping[int, str] | None = None,
) -> None:
    row = etree.SubElement(table, f"{{{_TABLE}}}table-row")
    for column, value in enumerate(cells):
        cell = etree.SubElement(row, f"{{{_TABLE}}}table-cell")
        if style:
            cell.set(f"{{{_TABLE}}}style-name", style)
        if lists and column in lists:
            cell.set(f"{{{_TABLE}}}content-validation-name", lists[column])
        if value is None or value == "":
            continue
        is_text = isinstance(value, str)
        cell.set(f"{{{_OFFICE}}}value-type", "string" if is_text else "float")
        if not is_text:
            cell.set(f"{{{_OFFICE}}}value", str(value))
        for line in _escape_text(str(value)).split("\n"):
            etree.SubElement(cell, f"{{{_TEXT}}}p").text = line


def _escape_text(text: str) -> str:
    return _UNWRITABLE.sub(" ", text.replace("\r\n", "\n"))


def _manifest() -> bytes:
    manifest = etree.Element(f"{{{_MANIFEST}}}manifest", nsmap={"manifest": _MANIFEST})
    manifest.set(f"{{{_MANIFEST}}}version", "1.3")
    for path, kind in (("/", MIME), ("content.xml", "text/xml")):
        entry = etree.SubElement(manifest, f"{{{_MANIFEST}}}file-entry")
        entry.set(f"{{{_MANIFEST}}}full-path", path)
        entry.set(f"{{{_MANIFEST}}}media-type", kind)
    content: bytes = etree.tostring(manifest, xml_declaration=True, encoding="UTF-8")
    return content
