"""Accept or reject all tracked changes of a .docx, as Word does, without a line of the product."""

from __future__ import annotations

import zipfile
from io import BytesIO

from docx.oxml.ns import qn
from lxml import etree

ACCEPT, REJECT = ("w:ins", "w:del"), ("w:del", "w:ins")


def resolve(data: bytes, how: tuple[str, str]) -> list[str]:
    """The paragraphs and rows of the text afterwards; cells of a row have a tab between them."""
    kept, dropped = (qn(tag) for tag in how)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        body = etree.fromstring(archive.read("word/document.xml")).find(qn("w:body"))
    lines: list[str] = []
    carried = ""
    for element in body:
        if element.tag == qn("w:p"):
            text = carried + _text(element, dropped)
            mark = element.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{dropped}")
            if mark is not None:  # its mark goes: what is left of it begins the next paragraph
                carried = text
                continue
            carried = ""
            lines.append(text)
        elif element.tag == qn("w:tbl"):
            assert not carried, "a paragraph without an end before a table"
            for tr in element.iterchildren(qn("w:tr")):
                if tr.find(f"{qn('w:trPr')}/{dropped}") is None:
                    cells = [_text(tc, dropped) for tc in tr.iterchildren(qn("w:tc"))]
                    lines.append("\t".join(cells))
    assert not carried
    assert kept != dropped
    return [line for line in lines if line]


def _text(element: etree._Element, dropped: str) -> str:
    words = []
    for node in element.iter(qn("w:t"), qn("w:delText"), qn("w:br")):
        if any(above.tag == dropped for above in node.iterancestors()):
            continue
        words.append("\n" if node.tag == qn("w:br") else node.text)
    return "".join(words)


def authors(data: bytes) -> dict[str, set[str]]:
    """The texts that each author put in or took out."""
    found: dict[str, set[str]] = {}
    with zipfile.ZipFile(BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    for change in root.iter(qn("w:ins"), qn("w:del")):
        text = "".join(node.text or "" for node in change.iter(qn("w:t"), qn("w:delText")))
        if text:
            found.setdefault(change.get(qn("w:author")), set()).add(text)
    return found
