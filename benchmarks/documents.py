"""Files of long documents: a table of 5,000 proposals as PDF and DOCX, an act with tracked changes.

The proposals are comments of Decide Madrid where they are at hand, else remarks that a grammar
makes. Memory is that of the process which does the work: typst's own for a PDF.
"""

from __future__ import annotations

import csv
import os
import resource
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

from benchmarks import ground
from core.export.document import Column, Document, Heading, Table
from core.export.docx import docx
from core.export.pdf import pdf
from drafts import importing
from drafts.clauses.tree import clauses_of
from drafts.matching.versions import match
from drafts.models import Version
from drafts.tracked.writing import tracked_docx
from tests.drafts.tracked.edits import edited
from tests.honest_remarks import honest

ROWS = 5000
SHARED = Path(os.environ.get("VICHE_SHARED", Path(__file__).parents[2] / "shared"))
MADRID = SHARED / "data/decide_madrid/comments.csv"
ACT = SHARED / "data/ua_official/zakon_280-97_mistseve_samovriaduvannia_vybrane.txt"


def main() -> None:
    texts = _texts()
    letters = sum(map(len, texts))
    rows = [
        (f"PDF, {ROWS} rows", *_measure(lambda: pdf(_table(texts)), resource.RUSAGE_CHILDREN)),
        (f"DOCX, {ROWS} rows", *_measure(lambda: docx(_table(texts)), resource.RUSAGE_SELF)),
    ]
    if ACT.exists():
        made = ("tracked changes, an act", *_measure(_tracked, resource.RUSAGE_SELF))
        rows.append(made)
    ground.table(
        f"Documents: {ROWS} proposals of {letters // ROWS} letters",
        ("what", "seconds", "CPU seconds", "MB of memory", "kB of file"),
        rows,
    )


def _texts() -> list[str]:
    if MADRID.exists():
        with MADRID.open(encoding="utf-8", newline="") as file:
            found = [row["text"] for row in csv.DictReader(file)]
    else:
        found = honest(1000)
    return list(islice(cycle(found), ROWS))


def _table(texts: list[str]) -> Document:
    columns = [Column("№", 1), Column("Автор", 2), Column("Пункт", 2), Column("Пропозиція", 6)]
    columns += [Column("Рішення", 2), Column("Підстава", 4)]

    def rows() -> Iterator[tuple[str, ...]]:
        for number, text in enumerate(texts, start=1):
            reason = f"Пропозиція {number} виходить за межі предмета рішення."
            yield str(number), "Олена К.", f"п. {number % 90}", text, "відхилено", reason

    table = Table("Таблиця врахування пропозицій", columns, rows())
    return Document("Звіт про результати", [Heading("Пропозиції"), table], is_landscape=True)


def _tracked() -> bytes:
    text = ACT.read_text()
    old = clauses_of(Version(), nodes := importing.read(text.encode()).nodes, [None] * len(nodes))
    after = importing.read(edited(text, seed=7).encode()).nodes
    new = clauses_of(Version(), after, match(old, after))
    at = datetime(2026, 11, 27, tzinfo=UTC)
    return tracked_docx("Закон", old, new, authors={}, officer="Юрист", at=at)


def _measure(make: Callable[[], bytes], whose: int) -> tuple[str, str, str, str]:
    def used() -> float:
        both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return sum(each.ru_utime + each.ru_stime for each in both)

    began, cpu = time.monotonic(), used()
    made = make()
    seconds, spent = time.monotonic() - began, used() - cpu
    memory = resource.getrusage(whose).ru_maxrss // 1024
    return f"{seconds:.1f}", f"{spent:.1f}", str(memory), str(len(made) // 1024)
