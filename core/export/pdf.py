"""Make tagged PDFs (PDF/UA-1) of documents, with typst.

    pdf(Document("Звіт", [Paragraph("…")]))

Headings, lists and tables are tagged as such, the title and the language are told, the type is
typst's own. Typst refuses what would break the standard. ``core/export/prints/setting.py`` sets
what has a design of its own: letters, ballots, posters, cards.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory
from typing import Any

from django.http import HttpResponse

from core.domain.council import council
from core.export.document import (
    Block,
    Document,
    Heading,
    List,
    Paragraph,
    Table,
    Words,
    checked_rows,
    stepped,
    to_plain,
    to_runs,
)
from core.export.prints import compile as compiling
from core.export.prints.setting import to_legible
from core.web.semaphore import slot

MIME = "application/pdf"
_TEMPLATE = Path(__file__).resolve().parent / "prints/document.typ"
_SECONDS = 120
#: A run of signs longer than a column may break here: an address, a row of dots.
_LONG = re.compile(r"[^\s\u200b-]{24}(?=[^\s\u200b-])")


class CannotSet(RuntimeError):
    """Typst did not make the file; its words say why. A fault of ours."""


def pdf(document: Document) -> bytes:
    """The document as PDF/UA-1.

    Two at a time on one machine; raises core.web.semaphore.Full while many wait.
    """
    with TemporaryDirectory(prefix="viche-pdf-") as name:
        folder = Path(name)
        copy(_TEMPLATE, folder / "document.typ")
        written = folder / "document.json"
        with written.open("w", encoding="utf-8") as file:
            for piece in _as_json(document):
                file.write(piece)
        with slot("pdf", at_once=2, waiting=8, patience=30.0):
            error = _compile(folder)
            if "could not be displayed" in error:
                # Structure and escapes of JSON are signs that our type has.
                written.write_text(to_legible(written.read_text("utf-8")), "utf-8")
                error = _compile(folder)
        if error:
            raise CannotSet(error)
        return (folder / "document.pdf").read_bytes()


def as_file(made: bytes, name: str, mime: str = MIME) -> HttpResponse:
    """The answer that downloads a file under a name in ASCII."""
    response = HttpResponse(made, content_type=mime)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _compile(folder: Path) -> str:
    """Compile it in another process; the words of an error, empty for none."""
    done = subprocess.run(  # noqa: S603 - our own script, on a folder that we named
        [sys.executable, "-I", compiling.__file__, str(folder)],
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
    return "" if done.returncode == 0 else done.stderr or f"ended with {done.returncode}"


def _as_json(document: Document) -> Iterator[str]:
    """What document.typ reads, piece by piece: a table of any length is never whole in memory."""
    day = document.made_at
    head = {
        "title": to_plain(document.title) or "–",
        "author": document.author or council().council,
        "language": document.language,
        "landscape": document.is_landscape,
        "date": {"year": day.year, "month": day.month, "day": day.day} if day else None,
    }
    yield _dumped(head)[:-1] + ', "blocks": ['
    comma = ""
    for block in stepped(document.blocks):
        yield comma
        if isinstance(block, Table):
            yield from _table(block)
        else:
            yield _dumped(_block(block))
        comma = ",\n"
    yield "]}"


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text, level):
            return {"kind": "heading", "level": level, "text": _words(text)}
        case Paragraph(words):
            return {"kind": "paragraph", "text": _words(words)}
        case List(items, is_ordered):
            listed = [_words(item) for item in items]
            return {"kind": "list", "ordered": is_ordered, "items": listed}
    raise TypeError(type(block))


def _table(table: Table) -> Iterator[str]:
    head = {
        "kind": "table",
        "caption": _words(table.caption),
        "columns": [_words(column.title) for column in table.columns],
        "widths": [column.width for column in table.columns],
    }
    yield _dumped(head)[:-1] + ', "cells": ['
    comma = ""
    for row in checked_rows(table):
        yield comma + ",".join(_dumped(_words(cell)) for cell in row)
        comma = ",\n"
    yield "]}"


def _words(words: Words) -> str | list[tuple[str, str]]:
    runs = [(str(run.mark), _LONG.sub("\\g<0>\u200b", run.text)) for run in to_runs(words)]
    if any(mark for mark, _ in runs):
        return runs
    return "".join(text for _, text in runs)


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
