"""Word documents (.docx): paragraphs with their automatic numbers, and tables, in order.

Read as Word shows the text with all changes accepted: insertions are in, deletions are out (a
paragraph whose mark is deleted goes on in the next one, a deleted row is none), content controls
and text boxes are read, pictures, headers and footers are not. python-docx does not see text in
insertions and content controls, so the XML is read here.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from drafts.importing.blocks import (
    TITLE_BY_LOOK,
    Block,
    Cell,
    Counted,
    paragraph,
    superscript,
    table,
    tidy,
)
from drafts.importing.layout import Laid, blocks_of
from drafts.importing.numbering import Numbering, W
from drafts.importing.package import Package
from drafts.importing.places import Place, read_place
from drafts.importing.set_aside import CONTENTS
from drafts.importing.word_contents import is_style_of_contents, paragraphs_of_contents

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = {f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr")} | {
    f"{_COMPATIBILITY}Fallback"
}
_HOLDERS = ("body", "sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "txbxContent")
_WRAPPERS = {f"{W}{name}" for name in _HOLDERS}
_TRACKED = [f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo")]
_MARKS = {"b": "b", "i": "i", "u": "u"}
_CENTRED = {"center"}
_DEEPEST_STYLE = 12

#: The texts of a paragraph's runs with their marks.
type _Pieces = list[tuple[str, frozenset[str]]]


class Document(NamedTuple):
    """The blocks of a document, and how many tracked changes were read as accepted."""

    blocks: list[Block]
    tracked: int


def read(archive: zipfile.ZipFile) -> Document:
    """Return the blocks of the document, footnotes and endnotes after the text."""
    package = Package(archive)
    main = package.main()
    styles = _Styles(package.related("styles"))
    reader = _Reader(styles, Numbering(package.related("numbering")), main)
    blocks = list(reader.blocks(main))
    for kind in ("footnotes", "endnotes"):
        notes = package.related(kind)
        for note in () if notes is None else notes:
            if note.get(f"{W}type") is None:
                blocks.extend(reader.blocks(note))
    return Document(blocks, sum(1 for _ in main.iter(*_TRACKED)))


@dataclass(frozen=True, slots=True)
class _Style:
    base: str
    heading: int
    list_id: str
    level: int | None
    is_contents: bool


class _Styles:
    """Paragraph styles: heading levels and automatic numbers, inherited ones too."""

    def __init__(self, part: etree._Element | None) -> None:
        self._by_id: dict[str, _Style] = {}
        for style in () if part is None else part.iterfind(f"{W}style"):
            self._by_id[style.get(f"{W}styleId", "")] = _Style(
                base=_value(style, "basedOn"),
                heading=_heading(_value(style, "name")),
                list_id=_value(style, "pPr", "numPr", "numId"),
                level=_int(_value(style, "pPr", "numPr", "ilvl")),
                is_contents=is_style_of_contents(_value(style, "name")),
            )

    def _chain(self, style_id: str) -> Iterator[tuple[str, _Style]]:
        """The style and those it is based on; Word follows no more than ten."""
        for _ in range(_DEEPEST_STYLE):
            style = self._by_id.get(style_id)
            if style is None:
                return
            yield style_id, style
            style_id = style.base

    def heading(self, style_id: str) -> int:
        """Return the level of a heading style, 0 for other styles."""
        return next((style.heading for _, style in self._chain(style_id) if style.heading), 0)

    def is_contents(self, style_id: str) -> bool:
        """Return whether a style is one of a list of contents."""
        return any(style.is_contents for _, style in self._chain(style_id))

    def numbering(self, style_id: str) -> tuple[str, int | None, str]:
        """Return the list and level that a style gives, and the style that names the list."""
        for name, style in self._chain(style_id):
            if style.list_id:
                return style.list_id, style.level, name
        return "", None, ""


def _heading(name: str) -> int:
    words = name.lower().split()
    if words[:1] == ["title"]:
        return 1
    is_heading = words[:1] == ["heading"] and words[-1].isdigit()
    return int(words[-1][:1]) if is_heading else 0


def _value(element: etree._Element, *path: str) -> str:
    """Return the value of the element at a path of children, empty where there is none."""
    found = element.find("/".join(f"{W}{name}" for name in path))
    return "" if found is None else found.get(f"{W}val", "")


class _Reader:
    def __init__(self, styles: _Styles, numbering: Numbering, main: etree._Element) -> None:
        self.styles = styles
        self.numbering = numbering
        self.contents = paragraphs_of_contents(main)

    def blocks(self, root: etree._Element) -> Iterator[Block]:
        """Walk what may hold paragraphs and tables, without recursion into its depth.

        In the cells of a table a number stands without words, too: these are in the next column.
        """
        in_cell = root.tag == f"{W}tc"
        waiting = [root]
        carried: _Pieces = []  # the words of paragraphs whose marks are deleted
        while waiting:
            element = waiting.pop()
            if element.tag == f"{W}p":
                pieces = [*carried, *_pieces(element)]
                if _is_mark_deleted(element) and waiting and waiting[-1].tag == f"{W}p":
                    carried = pieces
                else:
                    carried = []
                    yield from self._paragraph(element, pieces, in_cell=in_cell)
                waiting.extend(_boxes(element))
            elif element.tag == f"{W}tbl":
                yield from self._table(element)
            elif element is root or element.tag in _WRAPPERS:
                waiting.extend(reversed(element))

    def _paragraph(self, p: etree._Element, pieces: _Pieces, *, in_cell: bool) -> list[Block]:
        style = p.find(f"{W}pPr/{W}pStyle")
        style_id = "" if style is None else style.get(f"{W}val", "")
        heading = self.styles.heading(style_id)
        number = self._number(p, style_id)  # Word counts empty paragraphs too
        if not any(text.strip() for text, _ in pieces):
            alone = in_cell and any(c.isalnum() for c in number.printed)
            return [Block(number.printed, counted=number)] if alone else []
        if not heading and _looks_like_title(p, pieces):
            heading = TITLE_BY_LOOK
        if number.printed:
            pieces.insert(0, (f"{number.printed} ", frozenset()))
        made = paragraph(pieces, heading)
        for block in made:
            block.place = _place(p)
            block.counted = number if number.printed else None
            if p in self.contents or self.styles.is_contents(style_id):
                block.aside = CONTENTS
        return made

    def _number(self, p: etree._Element, style_id: str) -> Counted:
        own = p.find(f"{W}pPr/{W}numPr")
        num_id, at, named = self.styles.numbering(style_id)
        if own is not None:
            own_id, own_level = own.find(f"{W}numId"), own.find(f"{W}ilvl")
            if own_id is not None:
                num_id, named = own_id.get(f"{W}val", ""), ""
            if own_level is not None:
                at = _int(own_level.get(f"{W}val", ""))
        if not num_id or num_id == "0":
            return Counted("", "")
        if at is None:
            at = self.numbering.level_of_style(num_id, named or style_id)
        return self.numbering.next(num_id, at)

    def _table(self, tbl: etree._Element) -> list[Block]:
        rows: list[list[Laid]] = []
        open_cells: dict[int, Cell] = {}  # by column: what a cell merged downwards goes on with
        for at, tr in enumerate(_rows(tbl)):
            header = tr.find(f"{W}trPr/{W}tblHeader") is not None
            row: list[Laid] = []
            column = 0
            for tc in _children(tr, f"{W}tc"):
                span = tc.find(f"{W}tcPr/{W}gridSpan")
                width = 1 if span is None else max(1, min(_int(span.get(f"{W}val", "")) or 1, 100))
                merge = tc.find(f"{W}tcPr/{W}vMerge")
                inner = list(self.blocks(tc))
                text = tidy("\n".join(block.text for block in inner))
                continued = merge is not None and merge.get(f"{W}val", "continue") == "continue"
                if continued and column in open_cells and not text:
                    open_cells[column].rowspan += 1
                else:
                    bold = at == 0 and _all_bold(tc)
                    cell = Cell(text, header=header or bold, colspan=width)
                    row.append(Laid(cell, inner))
                    open_cells.pop(column, None)
                    if merge is not None:
                        open_cells[column] = cell
                column += width
            rows.append(row)
        if rows and not all(laid.cell.header for laid in rows[0]):
            for laid in rows[0]:
                laid.cell.header = False
        if (place := _place_of_table(tbl)) is None:
            return blocks_of(rows)
        made = table([[laid.cell for laid in row] for row in rows])
        for block in made:
            block.place = place
        return made


def _place(p: etree._Element) -> Place | None:
    names = (mark.get(f"{W}name", "") for mark in p.iterfind(f"{W}bookmarkStart"))
    return next((place for name in names if (place := read_place(name))), None)


def _place_of_table(tbl: etree._Element) -> Place | None:
    for p in tbl.iter(f"{W}p"):
        if (place := _place(p)) is not None:
            return place if place.kind == "table" else None
    return None


def _pieces(p: etree._Element) -> Iterator[tuple[str, frozenset[str]]]:
    """The texts of a paragraph's runs with their marks; those of text boxes are not its own."""
    waiting = list(reversed(p))
    while waiting:
        element = waiting.pop()
        tag = element.tag
        if tag in _SKIPPED or tag in (f"{W}p", f"{W}tbl", f"{W}txbxContent"):
            continue
        if tag == f"{W}r":
            marks = _marks(element)
            for child in element:
                if text := _text(child):
                    yield (superscript(text) if "sup" in marks else text), marks
        elif tag not in (f"{W}drawing", f"{W}pict"):
            waiting.extend(reversed(element))


def _text(element: etree._Element) -> str:
    name = element.tag
    if name == f"{W}t":
        return element.text or ""
    if name == f"{W}br":
        return "\n"
    if name in (f"{W}tab", f"{W}ptab"):
        return " "
    if name == f"{W}cr":
        return "\n"
    if name == f"{W}noBreakHyphen":
        return "-"
    if name == f"{W}sym":
        code = element.get(f"{W}char", "")
        # Symbol fonts live in the private area: what they draw is a bullet or a box.
        return "•" if code[:1].upper() == "F" else chr(int(code, 16)) if _is_code(code) else ""
    return ""


def _is_code(code: str) -> bool:
    return len(code) == 4 and all(c in "0123456789abcdefABCDEF" for c in code)


def _marks(run: etree._Element) -> frozenset[str]:
    properties = run.find(f"{W}rPr")
    if properties is None:
        return frozenset()
    marks = {
        tag
        for name, tag in _MARKS.items()
        if (found := properties.find(f"{W}{name}")) is not None
        and found.get(f"{W}val", "1") not in ("0", "false", "none")
    }
    align = properties.find(f"{W}vertAlign")
    if align is not None and align.get(f"{W}val", "").endswith("script"):
        marks.add(align.get(f"{W}val", "")[:3])
    return frozenset(marks)


def _looks_like_title(p: etree._Element, pieces: _Pieces) -> bool:
    """Whether a short paragraph stands centred and bold, as titles without a style do."""
    text = "".join(text for text, _ in pieces).strip()
    align = p.find(f"{W}pPr/{W}jc")
    centred = align is not None and align.get(f"{W}val", "") in _CENTRED
    bold = all("b" in marks for text, marks in pieces if text.strip())
    return centred and bold and len(text) <= 150 and text[-1] not in ".;:,"


def _boxes(p: etree._Element) -> list[etree._Element]:
    """The contents of text boxes anchored in a paragraph, each once, in reverse order."""
    found: list[etree._Element] = []
    waiting = list(reversed(p))
    while waiting:
        element = waiting.pop()
        if element.tag == f"{W}txbxContent":
            found.append(element)
        elif element.tag not in _SKIPPED:
            waiting.extend(reversed(element))
    return found[::-1]


def _rows(tbl: etree._Element) -> Iterator[etree._Element]:
    for tr in _children(tbl, f"{W}tr"):
        if tr.find(f"{W}trPr/{W}del") is None:
            yield tr


def _is_mark_deleted(p: etree._Element) -> bool:
    """Whether the paragraph goes on in the next one, once its changes are accepted."""
    mark = p.find(f"{W}pPr/{W}rPr")
    return mark is not None and any(mark.find(f"{W}{n}") is not None for n in ("del", "moveFrom"))


def _children(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    waiting = list(reversed(parent))
    while waiting:
        element = waiting.pop()
        if element.tag == tag:
            yield element
        elif element.tag in _WRAPPERS:
            waiting.extend(reversed(element))


def _all_bold(tc: etree._Element) -> bool:
    pieces = [piece for p in tc.iter(f"{W}p") for piece in _pieces(p) if piece[0].strip()]
    return bool(pieces) and all("b" in marks for _, marks in pieces)


def _int(text: str) -> int | None:
    try:
        return int(text)
    except ValueError:
        return None
