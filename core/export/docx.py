"""Make Word documents (.docx) of documents, with python-docx.

    docx(Document("Звіт", [Paragraph("…")]))

Titles, headings, lists and tables are Word's own, so that its navigation and a screen reader know
them; header cells are repeated on each page; the language is told. Tables are written by lxml:
python-docx looks through the whole table for each cell.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx as python_docx
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.shared import Mm, Pt, RGBColor
from lxml import etree

from core.domain.council import local_council
from core.export.document import (
    Document,
    Heading,
    List,
    Mark,
    Paragraph,
    Run,
    Table,
    Words,
    checked_rows,
    step_headings,
    to_plain,
    to_runs,
)

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: Word's names of languages.
_LANGUAGES = {"uk": "uk-UA", "en": "en-GB"}
_FONT = "Times New Roman"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LONGEST_PROPERTY = 255
_TWIPS = 635  # English Metric Units in a twentieth of a point
_MARKS = {
    Mark.STRONG: (("w:b", {}),),
    Mark.INSERTED: (("w:b", {}), ("w:u", {"w:val": "single"})),
    Mark.DELETED: (("w:strike", {}),),
}


def docx(document: Document) -> bytes:
    """The document as a Word file."""
    made = begin_document(document)
    for block in step_headings(document.blocks):
        match block:
            case Heading(text, level):
                _fill(made.add_paragraph(style=f"Heading {level}")._p, text)
            case Paragraph(words):
                _fill(made.add_paragraph()._p, words)
            case List(items, is_ordered):
                _add_list(made, items, is_ordered=is_ordered)
            case Table():
                _add_table(made, block)
    return document_bytes(made)


def begin_document(document: Document, *, with_title: bool = True) -> Any:
    """A Word document with the properties and the styles of ours, and its title."""
    made = python_docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    if document.is_landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin = section.bottom_margin = section.right_margin = Mm(20)
    section.left_margin = Mm(20 if document.is_landscape else 30)
    _set_styles(made, _LANGUAGES.get(document.language, document.language))
    title = to_plain(document.title)
    properties = made.core_properties
    properties.title = title[:_LONGEST_PROPERTY]
    properties.author = to_plain(document.author or local_council().council)[:_LONGEST_PROPERTY]
    properties.language = document.language
    properties.keywords = ", ".join(document.keywords)[:_LONGEST_PROPERTY]
    properties.comments = ""  # python-docx's template names itself here
    if document.made_at:
        properties.created = properties.modified = document.made_at.replace(tzinfo=None)
    if with_title:
        _fill(made.add_paragraph(style="Title")._p, title)
    return made


def document_bytes(made: Any) -> bytes:
    """The bytes of a Word document."""
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def _set_styles(made: Any, language: str) -> None:
    defaults = made.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault"))
    told = defaults.find(qn("w:rPr")).find(qn("w:lang"))
    for kind in ("w:val", "w:eastAsia", "w:bidi"):
        told.set(qn(kind), language)
    for name, size in (("Normal", 12), ("Title", 16), *((f"Heading {n}", 13) for n in range(1, 6))):
        style = made.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.rPr.rFonts
        for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(kind), None)
        for kind in ("w:eastAsia", "w:cs"):
            fonts.set(qn(kind), _FONT)


def _add_list(made: Any, items: Any, *, is_ordered: bool) -> None:
    style = "List Number" if is_ordered else "List Bullet"
    numbering = _numbered_anew(made, style) if is_ordered else None
    for item in items:
        p = made.add_paragraph(style=style)._p
        if numbering is not None:
            number = p.get_or_add_pPr().get_or_add_numPr()
            number.get_or_add_ilvl().val = 0
            number.get_or_add_numId().val = numbering
        _fill(p, item)


def _numbered_anew(made: Any, style: str) -> int:
    """The id of a numbering that counts from 1: paragraphs of one style count on."""
    numbering = made.part.numbering_part.element
    usual = made.styles[style].element.pPr.numPr.numId.val
    abstract = numbering.num_having_numId(usual).abstractNumId.val
    number = numbering.add_num(abstract)
    number.add_lvlOverride(0).add_startOverride(1)
    return int(number.numId)


def _add_table(made: Any, table: Table) -> None:
    caption = to_plain(table.caption)
    if caption:
        paragraph = made.add_paragraph(style="Caption")
        paragraph.paragraph_format.keep_with_next = True
        _fill(paragraph._p, caption)
    section = made.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    whole = sum(column.width for column in table.columns) or 1
    widths = [round(room * column.width / whole / _TWIPS) for column in table.columns]
    tbl = parse_xml(_TABLE_HEAD)
    if caption:
        _child(tbl.tblPr, "w:tblCaption", {"w:val": caption})
    grid = _child(tbl, "w:tblGrid")
    for width in widths:
        _child(grid, "w:gridCol", {"w:w": str(width)})
    titles = [[Run(column.title, Mark.STRONG)] for column in table.columns]
    _add_row(tbl, titles, widths, is_header=True)
    for row in checked_rows(table):
        _add_row(tbl, row, widths)
    # A table at the end needs a paragraph after it: Word asks for one.
    made.element.body.insert_element_before(tbl, "w:sectPr")
    made.add_paragraph()


_TABLE_HEAD = (
    '<w:tbl xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:tblPr>'
    '<w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/>'
    '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" '
    'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    "</w:tblPr></w:tbl>"
)


def _add_row(tbl: Any, cells: Any, widths: list[int], *, is_header: bool = False) -> None:
    tr = _child(tbl, "w:tr")
    properties = _child(tr, "w:trPr")
    if is_header:
        _child(properties, "w:cantSplit")
        _child(properties, "w:tblHeader")
    for words, width in zip(cells, widths, strict=True):
        tc = _child(tr, "w:tc")
        _child(_child(tc, "w:tcPr"), "w:tcW", {"w:w": str(width), "w:type": "dxa"})
        p = _child(tc, "w:p")
        style = _child(p, "w:pPr")
        _child(style, "w:spacing", {"w:after": "0", "w:line": "240", "w:lineRule": "auto"})
        _fill(p, words, size=20)


def _fill(p: Any, words: Words, *, size: int = 0) -> None:
    """Write the runs of a text into a paragraph; ``size`` in half points, 0 for the style's."""
    for run in to_runs(words):
        r = _child(p, "w:r")
        marks = _MARKS.get(run.mark, ())
        if marks or size:
            properties = _child(r, "w:rPr")
            before = [mark for mark in marks if mark[0] != "w:u"]
            after = [mark for mark in marks if mark[0] == "w:u"]
            sizes = [("w:sz", {"w:val": str(size)}), ("w:szCs", {"w:val": str(size)})]
            for name, values in (*before, *(sizes if size else ()), *after):  # the schema's order
                _child(properties, name, values)
        write_text(r, run.text)


def write_text(r: Any, text: str, tag: str = "w:t") -> None:
    """Write a text into a run, its line breaks as Word's."""
    for at, line in enumerate(text.split("\n")):
        if at:
            _child(r, "w:br")
        if line:
            element = _child(r, tag)
            element.text = line
            element.set(_XML_SPACE, "preserve")


def _child(parent: Any, tag: str, values: dict[str, str] | None = None) -> Any:
    child = etree.SubElement(parent, qn(tag))
    for name, value in (values or {}).items():
        child.set(qn(name), value)
    return child
