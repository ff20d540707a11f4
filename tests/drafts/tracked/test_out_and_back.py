"""A text that goes to a lawyer as a Word file and comes straight back is the same tree."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO

import docx
import pytest
from django.conf import settings
from docx.oxml.ns import qn

from drafts.models import Clause
from tests.drafts import files
from tests.drafts.tracked.test_tracked_docx import TEXTS, clauses, tracked

pytestmark = pytest.mark.django_db

DEMO = sorted((settings.BASE_DIR / "demo").glob("**/v[1-9].*"))
FIELDS = ("kind", "role", "depth", "number", "marker", "text", "html", "label")
SEVERAL_LINES = """РУДНОГІРСЬКА МІСЬКА РАДА
РІШЕННЯ
Про благоустрій
1. Затвердити Положення.
Міський голова
ЗАТВЕРДЖЕНО
Рішення міської ради
від 5 березня 2026 року № 7
ПОЛОЖЕННЯ
про утримання парків
міста
Загальні положення
1. Парки відкриті:
1) улітку;
2) узимку.
"""


def tree(made: list[Clause]) -> list[tuple]:
    parents = [clause.parent and clause.parent.position for clause in made]
    own = [tuple(getattr(clause, name) for name in FIELDS) for clause in made]
    return list(zip(own, parents, strict=True))


def without_bookmarks(data: bytes) -> bytes:
    made = docx.Document(BytesIO(data))
    for mark in list(made.element.body.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
        mark.getparent().remove(mark)
    return files.word(made)


def edited(data: bytes, *changes: tuple[str, str]) -> bytes:
    """The file with words changed; a new paragraph is one after «¶»."""
    made = docx.Document(BytesIO(data))
    for before, after in changes:
        (p,) = [p for p in made.paragraphs if p.text == before]
        first, *typed = after.split("¶")
        p.text = first  # python-docx leaves the bookmark where it was
        for text in reversed(typed):
            new = made.add_paragraph(text)
            p._p.addnext(new._p)
    return files.word(made)


@pytest.mark.parametrize("text", [files.DECISION, SEVERAL_LINES], ids=["decision", "lines"])
def test_the_same_tree_comes_back(text):
    sent = clauses(text.encode())
    assert tree(clauses(tracked(sent, sent), sent)) == tree(sent)
    assert tree(clauses(tracked([], sent), sent)) == tree(sent)


def test_a_program_that_drops_bookmarks_gives_the_same_clauses():
    sent = clauses(SEVERAL_LINES.encode())
    back = clauses(without_bookmarks(tracked(sent, sent)), sent)
    assert [each.label for each in back] == [each.label for each in sent]
    assert [each.kind for each in back] == [each.kind for each in sent]


@pytest.mark.parametrize("path", [*DEMO, *TEXTS], ids=lambda path: path.stem)
def test_the_same_tree_comes_back_of_every_act(path):
    sent = clauses(path.read_bytes(), name=path.name)
    assert tree(clauses(tracked(sent, sent), sent)) == tree(sent)


def test_what_the_lawyer_types_stands_by_its_number():
    sent = clauses(SEVERAL_LINES.encode())
    back = clauses(
        edited(
            tracked(sent, sent),
            ("1) улітку;", "1) лише влітку;"),
            ("2) узимку.", "2) узимку;¶3) восени.¶2. Вхід вільний.¶Це не стосується свят."),
        ),
        sent,
    )
    annex = "Положення, "
    assert [(each.label, each.text) for each in back[-6:]] == [
        (f"{annex}п. 1", "Парки відкриті:"),
        (f"{annex}п. 1, підп. 1", "лише влітку;"),
        (f"{annex}п. 1, підп. 2", "узимку;"),
        (f"{annex}п. 1, підп. 3", "восени."),
        (f"{annex}п. 2", "Вхід вільний."),
        (f"{annex}п. 2, абз. 2", "Це не стосується свят."),
    ]


def test_a_number_taken_away_is_no_number_any_more():
    sent = clauses(SEVERAL_LINES.encode())
    back = clauses(edited(tracked(sent, sent), ("2) узимку.", "узимку.")), sent)
    assert (back[-1].kind, back[-1].marker) == ("paragraph", "")


@pytest.mark.long
@pytest.mark.cpu(40)
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_keeps_the_tree(tmp_path):
    sent = clauses(SEVERAL_LINES.encode())
    (tmp_path / "made.docx").write_bytes(tracked(sent, sent))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
        + ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "saved")]
        + [str(tmp_path / "made.docx")],
        check=True,
        capture_output=True,
        timeout=180,
    )
    assert tree(clauses((tmp_path / "saved/made.docx").read_bytes(), sent)) == tree(sent)
