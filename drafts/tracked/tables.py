"""Tables of a draft with tracked changes, from the HTML of their clauses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from lxml import etree
from lxml import html as lxml_html

from drafts.tracked.revisions import Revisions, child
from drafts.versions import difference
from drafts.versions.difference import Op

_WIDTH = 9_350  # twentieths of a point: the text's width on A4
_MOST_SPAN = 100


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text, how many columns it takes; ``merge``: Word's vMerge, empty for none."""

    text: str
    width: int = 1
    merge: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells; ``is_header`` where each page repeats it."""

    cells: tuple[Cell, ...]
    is_header: bool = False

    @property
    def shape(self) -> tuple[tuple[int, str], ...]:
        return tuple((cell.width, cell.merge) for cell in self.cells)


def rows_of(html: str, text: str) -> list[Row]:
    """The rows of a table's HTML; of a text without any, a row a line and a cell a tab."""
    table = lxml_html.fragment_fromstring(html, create_parent="div").find("table") if html else None
    if table is None:
        return [Row(tuple(map(Cell, line.split("\t")))) for line in text.split("\n")]
    rows = []
    open_cells: dict[int, tuple[int, int]] = {}  # by column: rows that a cell goes on, its width
    for tr in table.iter("tr"):
        cells: list[Cell] = []
        column = 0
        own = list(tr.iterchildren("td", "th"))
        while own or column in open_cells:
            if column in open_cells:
                left, width = open_cells.pop(column)
                if left > 1:
                    open_cells[column] = left - 1, width
                cells.append(Cell("", width, "continue"))
            else:
                cell = own.pop(0)
                width, height = _span(cell, "colspan"), _span(cell, "rowspan")
                if height > 1:
                    open_cells[column] = height - 1, width
                cells.append(Cell(_text(cell), width, "restart" if height > 1 else ""))
            column += width
        parent = tr.getparent()
        rows.append(Row(tuple(cells), parent is not None and parent.tag == "thead"))
    return rows


def write_table(
    body: etree._Element,
    revisions: Revisions,
    old: Sequence[Row] | None,
    new: Sequence[Row] | None,
    author: str,
) -> None:
    """A table before and after (None: there is none): cell by cell where its shape is the same,
    else the former one taken out and the new one put in."""
    if old is not None and new is not None:
        if [row.shape for row in old] == [row.shape for row in new]:
            _write(body, revisions, old, new, author)
            return
        _write(body, revisions, old, None, author)
        child(body, "p")  # two tables without a paragraph between them are one for Word
    _write(body, revisions, None if new is not None else old, new, author)


def _write(
    body: etree._Element,
    revisions: Revisions,
    old: Sequence[Row] | None,
    new: Sequence[Row] | None,
    author: str,
) -> None:
    rows = new if new is not None else old or ()
    columns = max((sum(cell.width for cell in row.cells) for row in rows), default=1)
    width = _WIDTH // columns
    tbl = child(body, "tbl")
    properties = child(tbl, "tblPr")
    child(properties, "tblStyle", val="TableGrid")
    child(properties, "tblW", w="5000", type="pct")
    grid = child(tbl, "tblGrid")
    for _ in range(columns):
        child(grid, "gridCol", w=str(width))
    whole = Op.INSERT if old is None else Op.DELETE if new is None else Op.EQUAL
    for row, was in zip_longest(rows, old if new is not None and old is not None else ()):
        tr = revisions.row(tbl, whole, author, is_header=row.is_header)
        for at, cell in enumerate(row.cells):
            tc = child(tr, "tc")
            shape = child(tc, "tcPr")
            child(shape, "tcW", w=str(width * cell.width), type="dxa")
            if cell.width > 1:
                child(shape, "gridSpan", val=str(cell.width))
            if cell.merge:
                child(shape, "vMerge", val=cell.merge)
            p = revisions.paragraph(tc, mark=whole, author=author)
            if whole == Op.EQUAL:
                for op, text in difference.words(was.cells[at].text, cell.text):
                    revisions.run(p, op, text, author=author)
            else:
                revisions.run(p, whole, cell.text, author=author)


def _text(cell: lxml_html.HtmlElement) -> str:
    """The text of a cell; markup writes a line break after each br."""
    text: str = cell.text_content()
    return text.strip()


def _span(cell: lxml_html.HtmlElement, name: str) -> int:
    value = cell.get(name, "1")
    return max(1, min(int(value), _MOST_SPAN)) if value.isdecimal() else 1
