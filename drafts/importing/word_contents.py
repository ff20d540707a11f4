"""Lists of contents that Word makes: the field TOC, its content control, its styles."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from drafts.importing.numbering import W

_STYLE = re.compile(r"(?:toc|contents) (?:\d|heading)|toa heading", re.IGNORECASE)
_GALLERY = "Table of Contents"
_P = f"{W}p"


@dataclass(slots=True)
class _Field:
    """A field that is open: its instruction, and the paragraphs that hold its result."""

    instruction: str = ""
    paragraphs: set[etree._Element] = field(default_factory=set)

    @property
    def is_contents(self) -> bool:
        return self.instruction.split()[:1] == ["TOC"]


def is_style_of_contents(name: str) -> bool:
    """Return whether a paragraph style is one of Word's for lists of contents, by its name."""
    return _STYLE.fullmatch(name) is not None


def paragraphs_of_contents(root: etree._Element) -> set[etree._Element]:
    """Return the paragraphs that are lists of contents.

    One that says something beside its field is text, and so is what follows a field without end.
    """
    found: set[etree._Element] = set()
    in_fields: set[etree._Element] = set()
    beside: set[etree._Element] = set()
    fields: list[_Field] = []
    names = ("fldChar", "instrText", "t", "fldSimple", "docPartGallery")
    for element in root.iter(*(f"{W}{name}" for name in names)):
        if element.tag == f"{W}docPartGallery":
            control = next(element.iterancestors(f"{W}sdt"), None)
            if element.get(f"{W}val") == _GALLERY and control is not None:
                found.update(control.iter(_P))
            continue
        p = next(element.iterancestors(_P), None)
        if p is None:
            continue
        if element.tag == f"{W}fldSimple":
            if _Field(element.get(f"{W}instr", "")).is_contents:
                found.add(p)
        elif element.tag == f"{W}instrText":
            if fields:
                fields[-1].instruction += element.text or ""
        elif element.tag == f"{W}t":
            over = next((each for each in fields if each.is_contents), None)
            if over is not None:
                over.paragraphs.add(p)
            elif (element.text or "").strip():
                beside.add(p)
        elif element.get(f"{W}fldCharType") == "begin":
            fields.append(_Field())
        elif element.get(f"{W}fldCharType") == "end" and fields:
            closed = fields.pop()
            in_fields |= closed.paragraphs if closed.is_contents else set()
    return found | (in_fields - beside)
