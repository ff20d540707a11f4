"""Read the text of a PDF, in a child process within limits; refuse scans and what does harm.

Nothing of the file is parsed in the process that serves pages: `child.py` answers with lines,
which are made paragraphs here. What repeats on its pages is set aside at its places.
"""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from tempfile import TemporaryFile
from typing import Any

from core.export import active_content
from core.web.semaphore import Full, slot
from drafts.importing.blocks import TITLE_BY_LOOK, Block, Cell, tidy
from drafts.importing.layout import Laid, blocks_of
from drafts.importing.pdf import child
from drafts.importing.pdf.hyphens import Hyphens
from drafts.importing.pdf.lines import (
    Layout,
    Line,
    TableCell,
    paragraphs,
    places_of,
    split_running,
)
from drafts.importing.pdf.pages import arrange, join_tables
from drafts.importing.refusals import ImportRefused
from drafts.importing.set_aside import RUNNING

_SECONDS = child.CPU_SECONDS * 1.5  # on the clock, where the machine is busy
_COVERED = 0.5  # of a page: so much is a picture
_WRITTEN = 400  # letters on a scanned page: a stamp of a signature, a number
_LONGEST_TITLE = 150
_MOST_UNKNOWN = 0.02  # of the letters
_LOST_LETTERS = re.compile("[\u00c0-\u00ff\ufffd]")  # an old font's «Ïðî», and no letter at all
_MOST_LATIN = 0.2


@dataclass(frozen=True, slots=True)
class Reading:
    """Facts of the reading of a PDF, for who compares it with the text.

    Args:
        hyphens: how many hyphens at ends of lines only divided a word.
        pictures: the numbers of the pages that are pictures, from 1.
        hidden: how many words cannot be seen on their pages, and were not read.
    """

    hyphens: int
    pictures: tuple[int, ...]
    hidden: int

    def as_json(self) -> dict[str, Any]:
        """Return it as a version of a draft keeps it."""
        return asdict(self)


def read(data: bytes) -> tuple[list[Block], Reading]:
    """Return the blocks of a PDF, and how it was read; raises `ImportRefused`."""
    if active_content.find(data[data.find(b"%PDF-") :]) == active_content.SCRIPT:
        raise ImportRefused("pdf_scripts")
    pages = _ask_child(data)
    lines = arrange(pages)
    pictures = [
        number
        for number, (page, found) in enumerate(zip(pages, lines, strict=True), 1)
        if page["covered"] > _COVERED and _count_letters(found) < _WRITTEN
    ]
    hidden = sum(page["hidden"] for page in pages)
    _refuse_unreadable(lines, len(pictures) == len(pages), hidden)
    kept, heads, feet = split_running(lines)
    kept, headings = join_tables(kept)
    hyphens = Hyphens(line.text for page in kept for line in page)
    layout = Layout.of([line for page in kept for line in page])
    blocks: list[Block] = []
    groups = paragraphs(kept, layout)
    running = places_of(groups, [*heads, *headings], feet)
    for at, group in enumerate(groups):
        blocks += _running(running.get(at, ()))
        if group[0].cells is not None:
            blocks += _table(group[0].cells, hyphens)
        elif text := tidy(hyphens.join([line.text for line in group])):
            width = pages[group[0].page - 1]["width"]
            blocks.append(Block(text, heading=_heading(group, text, layout, width)))
    blocks += _running(running.get(len(groups), ()))
    return blocks, Reading(hyphens.count, tuple(pictures), hidden)


def _ask_child(data: bytes) -> list[dict[str, Any]]:
    """The pages as the child tells them; raises `ImportRefused`."""
    with TemporaryFile() as asked, TemporaryFile() as answer:
        asked.write(data)
        asked.seek(0)
        try:
            with slot("read-pdf", at_once=1, waiting=2, patience=12.0):
                done = subprocess.run(  # noqa: S603 - our own script, without any argument
                    [sys.executable, "-I", child.__file__],
                    stdin=asked,
                    stdout=answer,
                    stderr=subprocess.DEVNULL,
                    env={"LANG": "C.UTF-8"},
                    cwd="/",
                    timeout=_SECONDS,
                    check=False,
                    start_new_session=True,
                )
        except Full as busy:
            raise ImportRefused("conversion_busy") from busy
        except subprocess.TimeoutExpired as slow:
            raise ImportRefused("pdf_slow") from slow
        if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
            raise ImportRefused("pdf_slow")
        answer.seek(0)
        told = answer.read(child.MAX_OUTPUT)
    try:
        found: dict[str, Any] = json.loads(told) if done.returncode == 0 else {"refused": "damaged"}
    except ValueError:
        found = {"refused": "damaged"}
    if "refused" in found:
        raise ImportRefused(found["refused"])
    pages: list[dict[str, Any]] = found["pages"]
    return pages


def _refuse_unreadable(pages: list[list[Line]], are_pictures: bool, hidden: int) -> None:
    """Refuse pages that are pictures, and letters of which nothing says what they are."""
    if are_pictures:
        raise ImportRefused("pdf_recognised" if hidden else "pdf_scan")
    text = "".join(_text(line) for page in pages for line in page)
    letters = sum(c.isalpha() for c in text)
    lost = text.count("\ufffd")
    if lost > _MOST_UNKNOWN * (letters + lost) or (
        letters and len(_LOST_LETTERS.findall(text)) > _MOST_LATIN * letters
    ):
        raise ImportRefused("pdf_letters")
    if not letters:
        raise ImportRefused("no_text")


def _count_letters(lines: list[Line]) -> int:
    return sum(not c.isspace() for line in lines for c in _text(line))


def _text(line: Line) -> str:
    """All that a line says, or a table."""
    if line.cells is None:
        return line.text
    return " ".join(text for row in line.cells for cell in row for text in cell.lines)


def _running(lines: Sequence[Line]) -> list[Block]:
    texts = [tidy(line.text) for line in lines]
    return [Block(text, aside=RUNNING) for text in texts if text]


def _table(rows: list[list[TableCell]], hyphens: Hyphens) -> list[Block]:
    laid: list[list[Laid]] = []
    for row in rows:
        laid.append([])
        for cell in row:
            text = tidy(hyphens.join(cell.lines))
            block = [Block(text)] if text else []
            made = Cell(text, colspan=cell.colspan, rowspan=cell.rowspan)
            laid[-1].append(Laid(made, block))
    return blocks_of(laid)


def _heading(group: list[Line], text: str, layout: Layout, page_width: float) -> int:
    """The heading level of a short paragraph that stands in the middle and is bold or large."""
    if len(text) > _LONGEST_TITLE or text[-1] in ".;:,":
        return 0
    stands_out = all(line.bold or line.height > 1.15 * layout.height for line in group)
    centred = all(layout.is_centred(line, page_width) for line in group)
    return TITLE_BY_LOOK if stands_out and centred else 0
