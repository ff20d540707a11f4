"""Tables that only lay a page out are read as paragraphs; tables of data stay tables.

Word files of councils put «ЗАТВЕРДЖЕНО», «Додаток 1» and whole acts into tables without borders.
A table lays a page out where

* it has one column, or one row with text in at most two of its cells;
* each of its rows has text in one cell, and it is no form whose other cells wait to be filled in;
* its first row opens an approved document or an annex: «Додаток 1» over the right column, or over
  the table of data that it begins;
* each of its rows is a number and the clause beside it: «1.1.», «Депутати звітують щороку.»

Cells without a letter or a digit (lines to sign on) count as empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from drafts.importing.blocks import Block, Cell, Span, table
from drafts.importing.markers import Form, Marker, recognise

_LONGEST_OF_FORM = 200  # characters in a cell of a form
_LONG_CLAUSE = 60  # characters of a clause that ends without a stop
_FEWEST_NUMBERED = 2  # rows of a table of clauses
_MOST_ROWS_BESIDE = 6  # of «ПОГОДЖЕНО» beside «ЗАТВЕРДЖЕНО»


@dataclass(slots=True)
class Laid:
    """A cell of a table, with the paragraphs and tables that are in it."""

    cell: Cell
    blocks: list[Block]

    @property
    def is_filled(self) -> bool:
        """Whether it says something."""
        if self.blocks and all(block.aside for block in self.blocks):
            return False
        return any(c.isalnum() for c in self.cell.text)

    @property
    def opens(self) -> bool:
        """Whether an approved document or an annex starts with it."""
        first = self.blocks[0] if self.blocks else None
        marker = recognise(first.text) if first and first.rows is None else None
        return bool(marker and marker.form in (Form.ANNEX, Form.APPROVED))


def blocks_of(rows: list[list[Laid]]) -> list[Block]:
    """Return a table as one block, or what a layout table holds, in reading order."""
    rows = [row for row in rows if row]
    said = [[laid for laid in row if laid.is_filled] for row in rows]
    if _is_layout(rows, said):
        return [block for row in rows for laid in row for block in laid.blocks]
    if _is_beside(rows, said):
        columns = ([row[at] for row in rows if at < len(row)] for at in range(2))
        return [block for column in columns for laid in column for block in laid.blocks]
    if _is_numbered(said):
        return [block for row in rows for block in _join_number_and_words(row)]
    head = _head(rows, said)
    before = [block for row in rows[:head] for laid in row for block in laid.blocks]
    return before + table([[laid.cell for laid in row] for row in rows[head:]])


def _is_layout(rows: list[list[Laid]], said: list[list[Laid]]) -> bool:
    if all(len(row) == 1 for row in rows):
        return True
    spoken = [cells for cells in said if cells]
    if len(spoken) == 1:
        return len(spoken[0]) <= 2 or any(laid.opens for laid in spoken[0])
    return all(len(cells) <= 1 for cells in said) and not _is_form(rows, said)


def _is_form(rows: list[list[Laid]], said: list[list[Laid]]) -> bool:
    """Whether most rows ask for something, shortly, before a cell that is left empty."""
    cells = [laid for row in said for laid in row]
    if any(laid.opens or len(laid.cell.text) > _LONGEST_OF_FORM for laid in cells):
        return False
    asks = sum(
        bool(filled) and not row[-1].is_filled for row, filled in zip(rows, said, strict=True)
    )
    return 2 * asks > len(cells)


def _is_beside(rows: list[list[Laid]], said: list[list[Laid]]) -> bool:
    """Whether it is «ПОГОДЖЕНО» beside «ЗАТВЕРДЖЕНО», each over the lines of its column."""
    if not 1 < len(rows) <= _MOST_ROWS_BESIDE or any(len(row) != 2 for row in rows):
        return False
    first = next((row for row, filled in zip(rows, said, strict=True) if filled), None)
    opening = [laid for row in said for laid in row if laid.opens]
    return first is not None and len(opening) == 1 and opening[0] is first[1]


def _is_numbered(said: list[list[Laid]]) -> bool:
    """Whether each row is a number and the clause beside it; numbers of data have no dot."""
    beside = [cells for cells in said if len(cells) > 1]
    if len(beside) < _FEWEST_NUMBERED or any(len(cells) != 2 for cells in beside):
        return False
    numbers = [number_alone(cells[0].cell.text) for cells in beside]
    speak = [len(c[1].cell.text) > _LONG_CLAUSE or c[1].cell.text[-1] in ".;:" for c in beside]
    rise = all(
        each and (before is None or each.form is not before.form or _goes_on(each, before))
        for before, each in zip([None, *numbers], numbers, strict=False)
    )
    return rise and 2 * sum(speak) > len(beside)


def _goes_on(marker: Marker, before: Marker) -> bool:
    return marker.is_after(before) or marker.value[-1] == 1


def number_alone(text: str) -> Marker | None:
    """Return the number that a cell holds and nothing else: «1.1.», «а)», not «5»."""
    marker = recognise(f"{text} А")
    is_whole = marker is not None and marker.printed == text and bool(marker.value)
    return marker if is_whole else None


def _join_number_and_words(row: list[Laid]) -> list[Block]:
    """The paragraphs of a row, its number put before the words beside it."""
    blocks = [block for laid in row for block in laid.blocks]
    for at, (number, words) in enumerate(pairwise(blocks)):
        if words.rows is None and number_alone(number.text) and not recognise(words.text):
            start = len(number.text) + 1
            spans = [Span(s.start + start, s.end + start, s.tag) for s in words.spans]
            text = f"{number.text} {words.text}"
            both = Block(text, words.heading, [*number.spans, *spans], counted=number.counted)
            return [*blocks[:at], both, *blocks[at + 2 :]]
    return blocks


def _head(rows: list[list[Laid]], said: list[list[Laid]]) -> int:
    """Number of first rows that only open the annex whose data follow in the same table."""
    head = next((at for at, cells in enumerate(said) if len(cells) > 1), len(rows))
    opens = any(laid.opens for cells in said[:head] for laid in cells)
    crossed = any(laid.cell.rowspan > head - at for at in range(head) for laid in rows[at])
    return head if opens and not crossed else 0
