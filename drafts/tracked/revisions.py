"""Runs, paragraphs and rows of WordprocessingML with tracked changes (ECMA-376, part 1, 17.13.5).

    revisions = Revisions(at)
    p = revisions.paragraph(body, style="", mark=Op.INSERT, author="Олена К.")
    revisions.run(p, Op.INSERT, "слова", {"b"}, author="Олена К.")

A text taken out or put in is a run inside ``w:del`` or ``w:ins``. A whole paragraph also has its
mark taken out or put in: without that, rejecting would leave an empty paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from lxml import etree

from core.export.document import to_text
from drafts.importing.numbering import W
from drafts.versions.difference import Op

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TAGS = {Op.INSERT: "ins", Op.DELETE: "del"}
#: Marks of a clause's text, in the order that the schema asks for.
_PROPERTIES = {
    "b": ("b", ""),
    "i": ("i", ""),
    "u": ("u", "single"),
    "sub": ("vertAlign", "subscript"),
    "sup": ("vertAlign", "superscript"),
}
_LONGEST_AUTHOR = 100


class Revisions:
    """Writes what is tracked, each change with an id of its own."""

    def __init__(self, at: datetime) -> None:
        self._last = 0
        self._at = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def paragraph(
        self, parent: etree._Element, *, style: str = "", mark: Op = Op.EQUAL, author: str = ""
    ) -> etree._Element:
        """A paragraph; ``mark`` says what happened to it as a whole."""
        p = child(parent, "p")
        if not style and mark == Op.EQUAL:
            return p
        properties = child(p, "pPr")
        if style:
            child(properties, "pStyle", val=style)
        if mark != Op.EQUAL:
            self._change(child(properties, "rPr"), mark, author)
        return p

    def run(
        self, p: etree._Element, op: Op, text: str, tags: Iterable[str] = (), *, author: str = ""
    ) -> None:
        """A piece of text of a paragraph; its line breaks are Word's."""
        if not text:
            return
        r = child(p if op == Op.EQUAL else self._change(p, op, author), "r")
        marks = [known for tag, known in _PROPERTIES.items() if tag in tags]
        if marks:
            properties = child(r, "rPr")
            for name, value in marks:
                child(properties, name, val=value) if value else child(properties, name)
        tag = "delText" if op == Op.DELETE else "t"
        for at, line in enumerate(to_text(text).split("\n")):
            if at:
                child(r, "br")
            if line:
                element = child(r, tag)
                element.text = line
                element.set(_SPACE, "preserve")

    def bookmark(self, p: etree._Element, name: str) -> None:
        """A bookmark at the beginning of a paragraph, after its properties."""
        self._last += 1
        at = 1 if len(p) and p[0].tag == f"{W}pPr" else 0
        for tag in ("bookmarkEnd", "bookmarkStart"):
            made = etree.Element(f"{W}{tag}")
            made.set(f"{W}id", str(self._last))
            if tag == "bookmarkStart":
                made.set(f"{W}name", name)
            p.insert(at, made)

    def row(self, tbl: etree._Element, op: Op, author: str, *, is_header: bool) -> etree._Element:
        """A row of a table, as a whole put in or taken out."""
        tr = child(tbl, "tr")
        if is_header or op != Op.EQUAL:
            properties = child(tr, "trPr")
            if is_header:
                child(properties, "tblHeader")
            if op != Op.EQUAL:
                self._change(properties, op, author)
        return tr

    def _change(self, parent: etree._Element, op: Op, author: str) -> etree._Element:
        self._last += 1
        author = to_text(author)[:_LONGEST_AUTHOR]
        return child(parent, _TAGS[op], id=str(self._last), author=author, date=self._at)


def child(parent: etree._Element, name: str, **values: str) -> etree._Element:
    """A new last child of ``parent``, its attributes in Word's namespace."""
    made = etree.SubElement(parent, f"{W}{name}")
    for key, value in values.items():
        made.set(f"{W}{key}", value)
    return made
