"""Read the rows of an ODS from the events of a parser: no tree is kept, however large the file is.

    for times, cells in read_rows(file, limits): ...

``file`` is the content.xml of the archive.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext_lazy as _
from lxml import etree

from core.export.csv import NotATable

TOO_MUCH = _("The file unpacks to more than a table of dispositions can hold.")
BROKEN = _("The file is damaged and cannot be read.")

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_TABLE, _TEXT, _OFFICE = (f"{{{_OASIS}:{name}:1.0}}" for name in ("table", "text", "office"))
_SHEET, _ROW = f"{_TABLE}table", f"{_TABLE}table-row"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_PARAGRAPH, _SPACES = f"{_TEXT}p", f"{_TEXT}s"
_SIGNS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_FORMULA, _VALUE_TYPE = f"{_TABLE}formula", f"{_OFFICE}value-type"
_CHUNK = 64 * 1024
#: Bytes that may come without the end of a tag: more are attributes to fill the memory with.
_LONGEST_TAG = 1024 * 1024
#: Spaces that one element may stand for.
_MOST_SPACES = 100

type Row = tuple[int, list[str]]


class WithoutValue(str):
    """The words of a cell with a formula whose value nobody knows: none, but not an empty cell."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """Columns that are read of a row; characters and elements of the whole sheet."""

    columns: int
    characters: int
    nodes: int


def read_rows(file: IO[bytes], limits: Limits) -> Iterator[Row]:
    """Each row of the first sheet: how often it is repeated, and its cells. Raises NotATable, and
    lxml's errors of what is no XML."""
    sheet = _Sheet(limits)
    parser = etree.XMLParser(
        target=sheet, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    silent = 0
    while not sheet.is_over:
        chunk = file.read(_CHUNK)
        if not chunk:
            parser.close()
            return
        before = sheet.nodes
        parser.feed(chunk)
        silent = silent + len(chunk) if sheet.nodes == before else 0
        if silent > _LONGEST_TAG:
            raise NotATable(str(TOO_MUCH))
        yield from sheet.rows
        sheet.rows.clear()


class _Sheet:
    """Target of a parser; ``rows`` holds those that have ended since it was emptied.

    Depths say which element is open: 0 for none.
    """

    def __init__(self, limits: Limits) -> None:
        self.rows: list[Row] = []
        self.is_over = False
        self.nodes = 0
        self._limits = limits
        self._characters = 0
        self._depth = self._row = self._cell = self._paragraph = self._skipped = 0
        self._row_times = self._cell_times = 1
        self._is_unknown = False
        self._cells: list[str] = []
        self._lines: list[str] = []
        self._words: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        self.nodes += 1
        if self.nodes > self._limits.nodes:
            raise NotATable(str(TOO_MUCH))
        if self._skipped or self.is_over:
            return
        if self._paragraph:
            self._start_in_words(tag, attributes)
        elif self._cell:
            if tag == _PARAGRAPH and self._depth == self._cell + 1:
                self._paragraph = self._depth
                self._words = []
        elif self._row:
            if tag in _CELLS and self._depth == self._row + 1:
                self._cell = self._depth
                self._cell_times = _times(attributes, f"{_TABLE}number-columns-repeated")
                self._is_unknown = _FORMULA in attributes and _VALUE_TYPE not in attributes
                self._lines = []
        elif tag == _ROW:
            self._row = self._depth
            self._row_times = _times(attributes, f"{_TABLE}number-rows-repeated")
            self._cells = []

    def _start_in_words(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Notes that stand beside the cell are no words of it."""
        if tag.startswith(_OFFICE):
            self._skipped = self._depth
        elif tag == _SPACES:
            self._say(" " * min(_times(attributes, f"{_TEXT}c"), _MOST_SPACES))
        elif sign := _SIGNS.get(tag):
            self._say(sign)

    def end(self, tag: str) -> None:
        if self._depth == self._skipped:
            self._skipped = 0
        elif self._skipped or self.is_over:
            pass
        elif self._depth == self._paragraph:
            self._paragraph = 0
            self._lines.append("".join(self._words))
        elif self._depth == self._cell:
            self._cell = 0
            times = min(self._cell_times, self._limits.columns - len(self._cells))
            is_unknown = self._is_unknown and not self._lines
            self._cells += [WithoutValue() if is_unknown else "\n".join(self._lines)] * times
        elif self._depth == self._row:
            self._row = 0
            self.rows.append((self._row_times, self._cells))
        elif tag == _SHEET and not self._row:
            self.is_over = True
        self._depth -= 1

    def data(self, words: str) -> None:
        if self._paragraph and not self._skipped:
            self._say(words)

    def _say(self, words: str) -> None:
        self._characters += len(words)
        if self._characters > self._limits.characters:
            raise NotATable(str(TOO_MUCH))
        self._words.append(words)

    def doctype(self, *_declared: str | None) -> None:
        """No office writes one."""
        raise NotATable(str(BROKEN))

    def close(self) -> None:
        """Nothing is made but rows."""


def _times(attributes: Mapping[str, str], name: str) -> int:
    words = attributes.get(name, "1")
    return max(int(words), 1) if words.isdecimal() and len(words) < 8 else 1
