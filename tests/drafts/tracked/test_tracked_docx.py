"""Tracked changes: all accepted it is the new text, all rejected the old one."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import docx
import pytest

from drafts import importing
from drafts.clauses.tree import clauses_of
from drafts.importing.node import Node
from drafts.matching.versions import match
from drafts.models import Clause, Version
from drafts.tracked.writing import tracked_docx
from tests.drafts import files
from tests.drafts.tracked.edits import edited
from tests.drafts.tracked.resolve import ACCEPT, REJECT, authors, resolve

pytestmark = pytest.mark.django_db

SHARED = Path(os.environ.get("VICHE_SHARED", Path(__file__).parents[4] / "shared"))
TEXTS = sorted((SHARED / "data/ua_official").glob("*.txt"))
AT = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


def clauses(data: bytes, before: list[Clause] = (), name: str = "a.txt") -> list[Clause]:
    """The clauses of a file, matched with those of the version before, stored nowhere."""
    nodes: list[Node] = importing.read(data, name).nodes
    return clauses_of(Version(), nodes, match(before, nodes))


def tracked(old: list[Clause], new: list[Clause], **names: str) -> bytes:
    by = {clause.key: name for clause in old + new if (name := names.get(f"n{clause.number}"))}
    return tracked_docx("Проєкт", old, new, authors=by, officer="Остап Федорук", at=AT)


def printed(made: list[Clause]) -> list[str]:
    """What a version prints, an entry a clause; cells of a row have a tab between them."""
    lines = []
    for clause in made:
        if clause.kind == Clause.Kind.TABLE:
            lines += clause.text.split("\n")
        else:
            lines.append(clause.printed)
    return lines


@pytest.fixture
def old():
    return clauses(files.DECISION.encode())


def second(old, *changes: tuple[str, str]):
    text = files.DECISION
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return clauses(text.encode(), old)


def check(old: list[Clause], new: list[Clause]) -> bytes:
    made = tracked(old, new)
    assert resolve(made, ACCEPT) == printed(new)
    assert resolve(made, REJECT) == printed(old)
    return made


def test_words_reworded_are_tracked_by_word(old):
    made = check(old, second(old, ("до 1 березня", "до 15 березня")))
    assert authors(made) == {"Остап Федорук": {"1", "15"}}


@pytest.mark.parametrize(
    "changes",
    [
        (("2) скарги жителів:\nа) усні;\nб) письмові.\n", ""),),
        (("2. Департаменту екології:\n", "2. Нове доручення.\n3. Департаменту екології:\n"),),
        (("1. Парк Шахтарський.\n2. Сквер Гірників.", "1. Сквер Гірників.\n2. Парк Шахтарський."),),
        (("ПЕРЕЛІК\nмайданчиків", "ПЕРЕЛІК\nнових майданчиків\nміста"),),
        (("Додаток 1\nдо рішення міської ради\n", "Додаток 1\nдо рішення виконкому\n"),),
        (("РУДНОГІРСЬКА МІСЬКА РАДА\n\nРІШЕННЯ\n", "РІШЕННЯ\n"),),
        (("2. Сквер Гірників.\n", "2. Сквер Гірників.\n3. Площа.\n"),),
        (("\n2. Сквер Гірників.", ""),),
    ],
    ids=["out", "in", "swapped", "title", "annex", "first", "last-in", "last-out"],
)
def test_both_texts_are_in_it_exactly(old, changes):
    check(old, second(old, *changes))


def test_each_change_is_its_remarks_or_the_officers(old):
    new = second(old, ("до 1 березня", "до 15 березня"), ("діють у межах", "діють лише у межах"))
    made = tracked(old, new, **{"n2.2": "зауваження № 12"})
    assert authors(made) == {"зауваження № 12": {"1", "15"}, "Остап Федорук": {"лише "}}


def word(rows: list[list[str]], *, lines: int = 0) -> bytes:
    made = docx.Document()
    made.add_paragraph("1. Затвердити ціни:")
    table = made.add_table(len(rows), len(rows[0]))
    for tr, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(tr.cells, row, strict=True):
            cell.text = text
    made.add_paragraph("2. Оприлюднити.")
    return files.word(made)


CELLS = [["Послуга", "Ціна"], ["Вода", "10 грн"], ["Тепло", "20 грн\nз ПДВ"]]


def test_a_table_of_the_same_shape_is_tracked_by_cell():
    old = clauses(word(CELLS))
    new = clauses(word([*CELLS[:2], ["Тепло", "25 грн\nз ПДВ"]]), old)
    made = tracked(old, new)
    assert resolve(made, ACCEPT)[3] == "Тепло\t25 грн\nз ПДВ"
    assert resolve(made, REJECT)[3] == "Тепло\t20 грн\nз ПДВ"
    assert authors(made) == {"Остап Федорук": {"20", "25"}}


def test_a_table_of_another_shape_is_put_in_whole():
    old = clauses(word([["Послуга", "Ціна"], ["Вода", "10"]]))
    new = clauses(word([["Послуга", "Ціна"], ["Вода", "10"], ["Тепло", "20"]]), old)
    check(old, new)


@pytest.mark.parametrize("one", [True, False])
def test_merged_cells_come_back(one):
    made = docx.Document()
    table = made.add_table(3, 3)
    for at, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"к{at}"
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(2, 1).merge(table.cell(2, 2))
    old = clauses(files.word(made))
    new = clauses(files.word(made), old)
    (back,) = clauses(tracked(old if one else [], new), new)
    assert (back.text, back.html) == (new[0].text, new[0].html)


def test_marks_of_words_stay():
    made = docx.Document()
    p = made.add_paragraph("1. Ставка ")
    p.add_run("5 %").bold = True
    p.add_run(" на рік, м")
    p.add_run("2").font.superscript = True
    old = clauses(files.word(made))
    p.add_run(" і далі")
    new = clauses(files.word(made), old)
    back = clauses(tracked(old, new), new)
    assert [clause.text for clause in back] == [clause.text for clause in new]
    # The figure is a raised one by itself.
    assert back[0].html == "Ставка <b>5 %</b> на рік, м<sup>²</sup> і далі"


def test_the_file_comes_back_as_the_new_version(old):
    new = second(
        old,
        ("2) скарги жителів:\nа) усні;\nб) письмові.\n", ""),
        ("Власник прибирає", "Власник завжди прибирає"),
        ("Сквер Гірників.", "Сквер Гірників.\n3. Площа."),
    )
    assert same_tree(clauses(tracked(old, new), new), new)


def same_tree(back: list[Clause], new: list[Clause]) -> bool:
    told = [[(c.key, c.kind, c.depth, c.marker, c.text, c.label) for c in cs] for cs in (back, new)]
    assert told[0] == told[1]
    return True


@pytest.mark.skipif(not TEXTS, reason=f"no real data: {SHARED}/data")
@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
@pytest.mark.cpu(10)
def test_real_acts_are_in_it_exactly_and_come_back(path):
    text = path.read_text()[:60_000]
    old = clauses(text.encode())
    new = clauses(edited(text, seed=7).encode(), old)
    made = check(old, new)
    back = clauses(made, new)
    assert [clause.key for clause in back] == [clause.key for clause in new]
    assert [clause.printed for clause in back] == [clause.printed for clause in new]


@pytest.mark.long
@pytest.mark.cpu(40)
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_reads_the_same_changes(old, tmp_path):
    new = second(
        old,
        ("до 1 березня", "до 15 березня"),
        ("2) скарги жителів:\nа) усні;\nб) письмові.\n", ""),
        ("2. Сквер Гірників.\n", "2. Сквер Гірників.\n3. Площа.\n"),
    )
    (tmp_path / "made.docx").write_bytes(tracked(old, new))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
        + ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "saved")]
        + [str(tmp_path / "made.docx")],
        check=True,
        capture_output=True,
        timeout=180,
    )
    saved = (tmp_path / "saved/made.docx").read_bytes()
    assert resolve(saved, ACCEPT) == printed(new)
    assert resolve(saved, REJECT) == printed(old)


def test_it_is_a_word_file_with_properties(old):
    made = docx.Document(BytesIO(tracked(old, second(old, ("міста", "громади")))))
    assert made.core_properties.title == "Проєкт"
    assert made.core_properties.language == "uk"
