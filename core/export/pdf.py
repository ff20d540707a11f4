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
from collections.abc import Callable
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory
from typing import Any

from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from core.domain.council import local_council
from core.export.document import (
    Block,
    Document,
    Heading,
    List,
    Paragraph,
    Table,
    Words,
    portions,
    step_headings,
    to_plain,
    to_runs,
)
from core.export.prints import compile as compiling
from core.export.prints import joining
from core.export.prints.setting import to_legible
from core.web.semaphore import slot

MIME = "application/pdf"
_TEMPLATE = Path(__file__).resolve().parent / "prints/document.typ"
_SECONDS = 120
#: Of a part: typst takes about 200 MB for so much (docs/adr/0048).
MOST_LETTERS = 900_000
#: A run of signs longer than a column may break here: an address, a row of dots.
_LONG = re.compile(r"[^\s\u200b-]{24}(?=[^\s\u200b-])")


class CannotSet(RuntimeError):
    """Typst did not make the file; its words say why. A fault of ours."""


def pdf(document: Document, *, on_part: Callable[[int], None] | None = None) -> bytes:
    """The document as PDF/UA-1, set part by part where it is long; ``on_part`` gets how many rows
    of tables are set so far.

    Two at a time on one machine; raises core.web.semaphore.Full while many wait.
    """
    parts = portions(step_headings(document.blocks), MOST_LETTERS)
    made: list[bytes] = []
    path: list[str] = []  # the headings that are open
    running: list[int] = []
    rows = pages = 0
    blocks: list[Block] | None = next(parts, [])
    with (
        TemporaryDirectory(prefix="viche-pdf-") as name,
        slot("pdf", at_once=2, waiting=8, patience=30.0),
    ):
        folder = Path(name)
        copy(_TEMPLATE, folder / "document.typ")
        while blocks is not None:
            following = next(parts, None)
            is_whole = not made and following is None
            titles = _running(document, path) if made else []
            running.append(len(titles))
            head = {
                **_head(document),
                "is_whole": is_whole,
                "first_page": pages + 1,
                "running": [_words(title) for title in titles],
            }
            made.append(_set(folder, {**head, "blocks": [_block(block) for block in blocks]}))
            if not is_whole:
                pages += joining.count_pages(made[-1])
            path = _open_headings(path, blocks)
            rows += sum(len(list(block.rows)) for block in blocks if isinstance(block, Table))
            if on_part:
                on_part(rows)
            blocks = following
    return made[0] if len(made) == 1 else joining.join(made, running)


def _set(folder: Path, values: dict[str, Any]) -> bytes:
    written = json.dumps(values, ensure_ascii=False)
    (folder / "document.json").write_text(written, "utf-8")
    error = _compile(folder)
    if "could not be displayed" in error:
        # Structure and escapes of JSON are signs that our type has.
        (folder / "document.json").write_text(to_legible(written), "utf-8")
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


def _head(document: Document) -> dict[str, Any]:
    day = document.made_at
    return {
        "title": _title(document),
        "author": document.author or local_council().council,
        "language": document.language,
        "keywords": list(document.keywords),
        "landscape": document.is_landscape,
        "date": {"year": day.year, "month": day.month, "day": day.day} if day else None,
    }


def _title(document: Document) -> str:
    return to_plain(document.title) or "–"


def _running(document: Document, path: list[str]) -> list[str]:
    """Running headings of a later part: the headings down to the open one."""
    with translation.override(document.language):
        return [_("%(title)s (continued)") % {"title": _title(document)}, *path]


def _open_headings(path: list[str], blocks: list[Block]) -> list[str]:
    """The headings that are open after the blocks, given those open before."""
    for block in blocks:
        if isinstance(block, Heading):
            path = [*path[: block.level - 1], to_plain(block.text)]
    return path


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text, level):
            return {"kind": "heading", "level": level, "text": _words(text)}
        case Paragraph(words):
            return {"kind": "paragraph", "text": _words(words)}
        case List(items, is_ordered):
            listed = [_words(item) for item in items]
            return {"kind": "list", "ordered": is_ordered, "items": listed}
        case Table(caption, columns, rows):
            return {
                "kind": "table",
                "caption": _words(caption),
                "columns": [_words(column.title) for column in columns],
                "widths": [column.width for column in columns],
                "cells": [_words(cell) for row in rows for cell in row],
            }
    raise TypeError(type(block))


def _words(words: Words) -> str | list[tuple[str, str]]:
    runs = [(str(run.mark), _LONG.sub("\\g<0>\u200b", run.text)) for run in to_runs(words)]
    if any(mark for mark, _ in runs):
        return runs
    return "".join(text for _, text in runs)
