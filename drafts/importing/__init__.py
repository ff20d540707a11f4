"""From an uploaded file to the tree of its clauses. Nothing here touches the database.

A .doc or .odt is converted to .docx (`conversion.py`), a PDF is read by a child (`pdf/`), which
takes seconds: read a file before any row is locked.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from drafts.importing import conversion, docx, formats, html, markdown, pdf, set_aside
from drafts.importing.blocks import Block, check_size, read_plain_text
from drafts.importing.labels import label
from drafts.importing.node import Node
from drafts.importing.office import Source
from drafts.importing.places import rebuild
from drafts.importing.refusals import ImportRefused
from drafts.importing.set_aside import RUNNING, SetAside
from drafts.importing.structure import build

__all__ = ["RUNNING", "ImportRefused", "Imported", "Node", "SetAside", "read", "read_lines"]


@dataclass(frozen=True, slots=True)
class Imported:
    """Result of an import: the file's format, its SHA-256 and the nodes of its tree in document
    order.

    Of a file that was converted the format and the SHA-256 are those of the original. ``tracked``:
    how many tracked changes were read as accepted; ``words``: of the file, those set aside too;
    ``pdf_reading``: None of a file that is no PDF.
    """

    format: str
    sha256: str
    nodes: list[Node]
    tracked: int = 0
    words: int = 0
    set_aside: Sequence[SetAside] = ()
    pdf_reading: pdf.Reading | None = None


def read(file: BinaryIO | bytes, name: str = "") -> Imported:
    """Read an upload (an open binary file, or its bytes); raises `ImportRefused`.

    `name` is the file's name; it is only asked to tell plain text from Markdown.
    """
    data = formats.read_bytes(io.BytesIO(file) if isinstance(file, bytes) else file)
    source = formats.recognise(data, name)
    blocks, tracked, reading = _blocks(_convert(data, source))
    check_size(blocks)
    words = sum(set_aside.count_words(block.text) for block in blocks)
    set_aside.mark_contents(blocks)
    kept, runs = set_aside.split_off(blocks)
    nodes = rebuild(kept) or build(kept)
    label(nodes)
    aside = set_aside.place(runs, nodes)
    sha256 = hashlib.sha256(data).hexdigest()
    return Imported(source.format, sha256, nodes, tracked, words, aside, reading)


def read_lines(file: BinaryIO | bytes, name: str = "") -> list[str]:
    """Read an upload as lines: a paragraph each with its printed number, of a table each row with
    tabs between its cells, without what repeats on a PDF's pages; raises `ImportRefused`."""
    data = formats.read_bytes(io.BytesIO(file) if isinstance(file, bytes) else file)
    blocks, _tracked, _reading = _blocks(_convert(data, formats.recognise(data, name)))
    check_size(blocks)
    lines: list[str] = []
    for block in blocks:
        if block.aside == RUNNING:
            continue
        if block.rows is None:
            lines += block.text.split("\n")
        else:
            lines += ["\t".join(cell.text.replace("\n", " ") for cell in row) for row in block.rows]
    return lines


def _convert(data: bytes, source: Source) -> Source:
    """Return what is read in place of a file that has to be converted, within the same limits."""
    if source.format not in conversion.FORMATS:
        return source
    converted = formats.recognise(conversion.convert(data, source.format))
    if converted.archive is None:
        raise ImportRefused("conversion_failed")
    return converted


def _blocks(source: Source) -> tuple[list[Block], int, pdf.Reading | None]:
    """The blocks of a source, how many tracked changes it had, and how a PDF was read."""
    if source.archive is not None:
        with source.archive:
            return *docx.read(source.archive), None
    if source.format == "pdf":
        blocks, reading = pdf.read(source.data)
        return blocks, 0, reading
    readers = {"html": html.read, "markdown": markdown.read, "text": read_plain_text}
    return readers[source.format](source.text), 0, None
