"""The pieces of a page in the order in which people read them: lines, columns, tables.

A line is what stands at one height, whatever the order in which it was drawn. Two columns are read
one after the other where both are filled with text; what only stands side by side («Міський голова
… ПРИКЛАД») is one line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from drafts.importing.blocks import MAX_CELLS
from drafts.importing.pdf.lines import Line, TableCell
from drafts.importing.pdf.tables import Grid, Rule, find_grids
from drafts.importing.refusals import ImportRefused

_FEWEST_ROWS = 6  # side by side: fewer are no columns
_FEWEST_GOING_ON = 3  # rows in columns that were found before
_MIDDLE = (0.3, 0.7)  # of the width of the page: where columns meet
_WIDEST_GUTTER = 4  # heights of letters
_FILLED = 0.75  # of a column's width, by half of its lines
_NEAR = 3.0  # points
_Row = list[Line]


class Columns(NamedTuple):
    """The edges of the left column of a page, and of the right one."""

    left: tuple[float, float]
    right: tuple[float, float]

    @property
    def gutter(self) -> float:
        """The middle of what is between them."""
        return (self.left[1] + self.right[0]) / 2

    def hold(self, line: Line) -> bool:
        """Whether the line is in one of the two."""
        sides = (self.left, self.right)
        inside = any(x0 - _NEAR <= line.x0 and line.x1 <= x1 + _NEAR for x0, x1 in sides)
        return inside and not line.turned


def arrange(pages: Sequence[dict[str, Any]]) -> list[list[Line]]:
    """Return the lines of each page as the child tells them; a table is one line with its cells.

    Raises `ImportRefused` where there are more cells than a text may have.
    """
    columns: Columns | None = None
    arranged = []
    cells = 0
    for number, page in enumerate(pages, 1):
        rows = [[_line(piece, number) for piece in row] for row in page["rows"]]
        grids = find_grids([Rule(*rule) for rule in page["rules"]])
        inside: dict[int, list[Line]] = defaultdict(list)
        outside: list[_Row] = []
        for row in rows:
            for line in row:
                if (at := _grid_of(line, grids)) is not None:
                    inside[at].append(line)
            if left := [line for line in row if _grid_of(line, grids) is None]:
                outside.append(left)
        columns = _find_columns(outside, page["width"]) or columns
        lines: list[Line] = []
        for at, grid in enumerate(grids):
            if inside[at]:
                lines += _read([row for row in outside if _is_above(row, grid)], columns)
                lines.append(_table(grid, inside[at]))
                cells += sum(map(len, lines[-1].cells or ()))
                if cells > MAX_CELLS:
                    raise ImportRefused("too_long")
                outside = [row for row in outside if not _is_above(row, grid)]
        arranged.append(lines + _read(outside, columns))
    return arranged


def _line(piece: dict[str, Any], page: int) -> Line:
    where = {name: piece[name] for name in ("x0", "x1", "y", "height", "bold")}
    return Line(text=piece["text"], page=page, turned=piece["turned"], **where)


def _is_above(row: _Row, grid: Grid) -> bool:
    return row[0].y > grid.rows[0] and not row[0].turned


# --- Columns --------------------------------------------------------------------------------------


def _find_columns(rows: list[_Row], width: float) -> Columns | None:
    """The two columns in which most of a page's text stands, or none."""
    middles = [
        middle
        for row in rows
        for before, after in pairwise(row)
        if _MIDDLE[0] * width < (middle := (before.x1 + after.x0) / 2) < _MIDDLE[1] * width
    ]
    if len(middles) < _FEWEST_ROWS:
        return None
    gutter = median(middles)
    beside = [row for row in rows if not any(line.x0 < gutter < line.x1 for line in row)]
    sides = []
    for is_right in (False, True):
        halves = (_half(row, gutter, is_right=is_right) for row in beside)
        side = [_join_row(half) for half in halves if half]
        if len(side) < _FEWEST_ROWS:
            return None
        x0, x1 = min(line.x0 for line in side), max(line.x1 for line in side)
        if median(line.x1 - line.x0 for line in side) < _FILLED * (x1 - x0):
            return None  # short words side by side: «Міський голова … ПРИКЛАД», a list of people
        sides.append((x0, x1))
    height = median(line.height for row in beside for line in row)
    is_narrow = sides[1][0] - sides[0][1] < _WIDEST_GUTTER * height
    return Columns(*sides) if is_narrow else None


def _half(row: _Row, gutter: float, *, is_right: bool) -> _Row:
    return [line for line in row if (line.x0 > gutter) is is_right]


def _read(rows: list[_Row], columns: Columns | None) -> list[Line]:
    """Lines of rows; where they are in columns, the left one goes before the right one."""
    lines: list[Line] = []
    in_columns: list[_Row] = []
    for row in [*rows, None]:
        if row and columns and all(map(columns.hold, row)):
            in_columns.append(row)
            continue
        if columns and len(in_columns) >= _FEWEST_GOING_ON:
            for is_right, (left, right) in enumerate(columns):
                halves = (
                    _half(each, columns.gutter, is_right=bool(is_right)) for each in in_columns
                )
                lines += [replace(_join_row(h), left=left, right=right) for h in halves if h]
        else:
            lines += map(_join_row, in_columns)
        in_columns = []
        if row:
            lines.append(_join_row(row))
    return lines


def _join_row(row: _Row) -> Line:
    """The pieces of a row as one line, which looks as its longest one."""
    longest = max(row, key=lambda line: len(line.text))
    return replace(
        longest,
        text=" ".join(line.text.strip() for line in row),
        x0=min(line.x0 for line in row),
        x1=max(line.x1 for line in row),
        bold=all(line.bold for line in row),
    )


# --- Tables ---------------------------------------------------------------------------------------


def _grid_of(line: Line, grids: list[Grid]) -> int | None:
    if line.turned:
        return None
    middle = (line.x0 + line.x1) / 2
    return next((at for at, grid in enumerate(grids) if grid.holds(middle, line.y)), None)


def _table(grid: Grid, lines: list[Line]) -> Line:
    """A table as one line, which stands at its upper edge."""
    roots = grid.roots()
    said: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in sorted(lines, key=lambda each: (-each.y, each.x0)):
        said[roots[grid.cell((line.x0 + line.x1) / 2, line.y)]].append(line)
    parts: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for part, root in roots.items():
        parts[root].append(part)
    cells = [
        [
            TableCell(
                [line.text for line in said[at]],
                colspan=len({column for _, column in parts[at]}),
                rowspan=len({row for row, _ in parts[at]}),
            )
            for column in range(len(grid.columns) - 1)
            if (at := (row, column)) in parts
        ]
        for row in range(len(grid.rows) - 1)
    ]
    return replace(
        lines[0],
        text="",
        x0=grid.columns[0],
        x1=grid.columns[-1],
        y=grid.rows[0],
        cells=[row for row in cells if row],
    )


def join_tables(pages: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], list[Line]]:
    """Return the pages with tables that go on over them as one, and the headings that repeat."""
    joined: list[list[Line]] = []
    headings: list[Line] = []
    table: Line | None = None  # with which the page before ends
    for page in map(list, pages):
        first = page[0] if page else None
        if first and table and table.cells and first.cells and _is_same(table, first):
            rows = first.cells
            if len(rows) > 1 and _words(rows[0]) == _words(table.cells[0]):
                text = " ".join(_words(rows[0]))
                headings.append(replace(first, text=text, cells=None))
                rows = rows[1:]
            table.cells.extend(rows)
            page = page[1:]
        joined.append(page)
        if page:
            table = page[-1]
    return joined, headings


def _is_same(table: Line, other: Line) -> bool:
    return abs(table.x0 - other.x0) <= _NEAR and abs(table.x1 - other.x1) <= _NEAR


def _words(row: list[TableCell]) -> list[str]:
    return [text for cell in row for text in cell.lines]
