"""Blocks: the flat list into which readers of all formats turn a document.

A block is a line of a plain text, a paragraph of a Word document, a table. Marks (bold, italic…)
are kept as spans over the block's text, so cutting a printed number off never touches markup.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from drafts.importing.refusals import ImportRefused

if TYPE_CHECKING:
    from drafts.importing.places import Place

MAX_BLOCKS = 20_000
MAX_CHARACTERS = 2_000_000
MAX_CELLS = 50_000
TITLE_BY_LOOK = 9  # the heading level of what is only centred and bold

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"  # PostgreSQL refuses NUL, pages the others
    "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # soft hyphens and zero-width characters
    "\u202a-\u202e\u2066-\u2069\ud800-\udfff]"  # marks that reorder what is read; lone halves
)
_SPACES = re.compile(r"[^\S\n]+")
_AROUND_BREAKS = re.compile(r" ?\n[ \n]*")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Span(NamedTuple):
    """A mark over `text[start:end]`; `tag` is one of b, i, u, sub, sup."""

    start: int
    end: int
    tag: str


class Counted(NamedTuple):
    """An automatic number as it is printed, and the file's name for its format: «lowerLetter»."""

    printed: str
    format: str


@dataclass(slots=True)
class Cell:
    """A cell of a table; `header` where the source says so."""

    text: str
    header: bool = False
    colspan: int = 1
    rowspan: int = 1


@dataclass(slots=True)
class Block:
    """A paragraph or a table, as printed: automatic numbers are part of `text`.

    `heading` is the level of a heading (1 the highest), 0 for ordinary text. `rows` is given for
    tables only; their `text` has a tab between cells and a line break between rows. `place` says
    what it was in a file that we wrote, `counted` its automatic number, `aside` as what it is set
    aside (`set_aside.py`). `links`: of how many links it is made, where it is nothing else, and
    `anchors` how many of them lead to its own page.
    """

    text: str
    heading: int = 0
    spans: list[Span] = field(default_factory=list)
    rows: list[list[Cell]] | None = None
    place: Place | None = None
    counted: Counted | None = None
    aside: str = ""
    links: int = 0
    anchors: int = 0


def tidy(text: str) -> str:
    """Return `text` with single spaces, no blank lines, and nothing that cannot be seen."""
    text = _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = text.replace("\x85", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return _AROUND_BREAKS.sub("\n", _SPACES.sub(" ", text)).strip()


def superscript(text: str) -> str:
    """Return raised digits as characters of their own: «2» with a raised «1» is not «21»."""
    return text.translate(_SUPERSCRIPTS) if text.strip().isdecimal() else text


def paragraph(pieces: list[tuple[str, frozenset[str]]], heading: int = 0) -> list[Block]:
    """Make blocks of one paragraph given as pieces of text with their marks; blank: none."""
    text = ""
    spans: list[Span] = []
    for raw, marks in pieces:
        piece = _SPACES.sub(" ", _UNPRINTABLE.sub("", raw.replace("\r", "")))
        if not text or text[-1] in " \n":
            piece = piece.lstrip(" ")
        if not text or text[-1] == "\n":
            piece = piece.lstrip("\n ")
        piece = _AROUND_BREAKS.sub("\n", piece)
        if piece.startswith("\n"):
            text = text.rstrip(" ")
        start = len(text)
        text += piece
        spans.extend(Span(start, len(text), mark) for mark in sorted(marks) if piece.strip())
    text = text.rstrip()
    spans = [Span(s.start, min(s.end, len(text)), s.tag) for s in spans if s.start < len(text)]
    return [Block(text, heading, join_spans(spans))] if text else []


def table(rows: list[list[Cell]]) -> list[Block]:
    """Make the block of a table; a table without any text gives none."""
    rows = [row for row in rows if row]
    text = "\n".join("\t".join(cell.text for cell in row) for row in rows)
    return [Block(text, rows=rows)] if text.strip() else []


def join_spans(spans: list[Span]) -> list[Span]:
    """Return the spans with touching ones of one tag made one, by tag and place."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.tag, s.start)):
        last = joined[-1] if joined else None
        if last and last.tag == span.tag and span.start <= last.end:
            joined[-1] = Span(last.start, max(last.end, span.end), span.tag)
        else:
            joined.append(span)
    return joined


def cut(block: Block, start: int, end: int | None = None) -> Block:
    """Return the part `text[start:end]` of a paragraph with its marks."""
    end = len(block.text) if end is None else end
    spans = [
        Span(max(s.start, start) - start, min(s.end, end) - start, s.tag)
        for s in block.spans
        if s.start < end and s.end > start
    ]
    counted = block.counted if start == 0 else None
    return Block(block.text[start:end], block.heading, spans, counted=counted)


def check_size(blocks: list[Block]) -> None:
    """Refuse a document without text, or one too long to be discussed."""
    if not blocks:
        raise ImportRefused("no_text")
    cells = sum(len(row) for block in blocks for row in block.rows or ())
    lines = sum(block.text.count("\n") + 1 for block in blocks if block.rows is None)
    if (
        lines > MAX_BLOCKS
        or cells > MAX_CELLS
        or sum(len(block.text) for block in blocks) > MAX_CHARACTERS
    ):
        raise ImportRefused("too_long")


def read_plain_text(text: str) -> list[Block]:
    """Return a block for each line that is not blank."""
    return [Block(line) for line in tidy(text).split("\n") if line]
