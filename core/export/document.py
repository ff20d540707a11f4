"""A neutral description of a document, from which its page, DOCX and PDF are drawn alike.

    Document(
        title="Звіт",
        language="uk",
        blocks=[
            Heading("Пропозиції"),
            Paragraph("Надійшло 12 пропозицій."),
            Table("Пропозиції", [Column("№", 1), Column("Зміст", 6)], rows),
        ],
    )

``core/export/pdf.py`` and ``core/export/docx.py`` make files of it; the component
``components/document.html`` draws its blocks on a page. What it says is text: nothing in it is read
as markup of any of the three (docs/adr/0048).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

#: What XML cannot hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: Marks that reorder what is read, and what has no width: no document needs them.
_UNSEEN = re.compile("[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_BREAKS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_DEEPEST = 5


class Mark(StrEnum):
    """Style of a piece of text."""

    PLAIN = ""
    STRONG = "strong"
    INSERTED = "ins"
    DELETED = "del"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text with its mark."""

    text: str
    mark: Mark = Mark.PLAIN


#: A text of one mark, or pieces of several. A line break in it is a line break of the document.
type Words = str | Sequence[Run]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 stands right under the document's title."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: Words


@dataclass(frozen=True, slots=True)
class List:
    """A list, with bullets or numbered."""

    items: Sequence[Words]
    is_ordered: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: what its header cell says, and its width relative to the others."""

    title: str
    width: float = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption and one row of header cells, which each page repeats.

    ``rows`` may be an iterator over thousands: each maker of a file reads it once, row by row. A
    row has as many cells as there are columns.
    """

    caption: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Words]]


type Block = Heading | Paragraph | List | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A document: its title, the language of its text (ISO 639-1), its blocks in order."""

    title: str
    blocks: Iterable[Block] = field(default_factory=list)
    language: str = "uk"
    #: Who publishes it; empty: the council.
    author: str = ""
    is_landscape: bool = False
    #: Told in the file's properties, in ASCII: there programs find them (evidence/verifier).
    keywords: Sequence[str] = ()
    #: Written into the file's properties; None: not told, so that equal documents are equal files.
    made_at: datetime | None = None


def to_text(text: str) -> str:
    """The text as every format can hold it: without what XML forbids and what cannot be seen."""
    return _UNSEEN.sub("", _UNWRITABLE.sub("", _BREAKS.sub("\n", text)))


def to_runs(words: Words) -> list[Run]:
    """The pieces of a text that say something, cleaned by ``to_text``."""
    runs = [Run(words)] if isinstance(words, str) else words
    return [Run(text, run.mark) for run in runs if (text := to_text(run.text))]


def to_plain(words: Words) -> str:
    """The text without its marks."""
    return "".join(run.text for run in to_runs(words))


def checked_rows(table: Table) -> Iterable[Sequence[Words]]:
    """The rows of a table, one by one. ValueError where cells are missing or too many."""
    for row in table.rows:
        if len(row) != len(table.columns):
            raise ValueError(f"{len(row)} cells in a row of {len(table.columns)} columns")
        yield row


def step_headings(blocks: Iterable[Block]) -> Iterable[Block]:
    """The blocks that say something, with headings that go down by one level at a time.

    PDF/UA forbids a heading to skip a level, and a reader by headings would look for what is
    missing.
    """
    level = 0
    for block in blocks:
        if isinstance(block, Heading):
            if not to_text(block.text).strip():
                continue
            level = max(1, min(block.level, level + 1, _DEEPEST))
            yield Heading(block.text, level)
        elif isinstance(block, Paragraph):
            if to_plain(block.text).strip():
                yield block
        elif isinstance(block, Table) or block.items:
            yield block


def portions(blocks: Iterable[Block], most: int) -> Iterator[list[Block]]:
    """The blocks in parts of about ``most`` letters, a long table in tables of some of its rows:
    only the first of them has the caption. A cell counts as 100 letters more."""
    part: list[Block] = []
    weight = 0
    for block in blocks:
        if not isinstance(block, Table):
            part.append(block)
            continue
        caption, rows = block.caption, list[Sequence[Words]]()
        for row in checked_rows(block):
            rows.append(row)
            weight += sum(100 + len(to_plain(cell)) for cell in row)
            if weight > most:
                yield [*part, Table(caption, block.columns, rows)]
                part, rows, weight, caption = [], [], 0, ""
        if rows or caption:
            part.append(Table(caption, block.columns, rows))
    if part:
        yield part
