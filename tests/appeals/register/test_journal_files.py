"""The journal as files: no cell of its CSV is a formula, its PDF is tagged (PDF/UA-1), and both say
the same."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from appeals import actions
from appeals.models import Appeal, Category
from city.models import Theme
from core.domain import clock
from core.domain.calendar import local_date
from core.export.csv import plain
from tests.appeals import factories
from tests.core.export.structure import structure_of

pytestmark = pytest.mark.django_db

#: What a spreadsheet takes for the beginning of a formula, narrow and wide (OWASP).
SIGNS = "=+-@＝＋－＠"
FORMULA = "SUM(1;2)"


@pytest.fixture
def registered(db) -> list[Appeal]:
    """One for each sign, with it before everything that people write into the register."""
    clerk, made = factories.registrar(), []
    for number, sign in enumerate(SIGNS):
        words = f"{sign}{FORMULA}"
        theme = Theme.objects.create(name=f"{words} {number}", slug=f"t{number}")
        category = Category.objects.create(code=f"{sign}{number}", name=f"{words} {number}")
        executor = factories.department(f"{words} {number}", f"d{number}")
        appeal = actions.file(
            by=clerk,
            via=Appeal.Via.LETTER,
            kind="application",
            **dict.fromkeys(("name", "residence", "subject", "text"), words),
        ).appeal
        actions.accept(appeal, by=clerk, department=executor, theme=theme, category=category)
        made.append(actions.forward(appeal, by=clerk, to=words, note=words))
    return made


def download(client, kind: str):
    client.force_login(factories.registrar())
    # What is registered in the evening has the day of the next working day.
    today = local_date(clock.now())
    period = {"since": today.isoformat(), "until": (today + timedelta(days=10)).isoformat()}
    answer = client.get(reverse(f"appeals_desk:journal_{kind}"), period)
    assert answer.status_code == 200
    return b"".join(answer)


def test_no_cell_of_the_table_is_a_formula(client, registered):
    text = download(client, "csv").decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text))
    assert len(rows) == len(SIGNS)
    cells = [cell for row in [head, *rows] for cell in row]
    assert not [cell for cell in cells if cell[:1] in {*SIGNS, "\t", "\r", "\n"} and cell]
    # What was written is read back as it was written.
    for sign, row in zip(SIGNS, rows, strict=True):
        read = {name: plain(cell) for name, cell in zip(head, row, strict=True)}
        words = f"{sign}{FORMULA}"
        assert (read["name"], read["residence"], read["subject"]) == (words, words, words)
        assert read["ending"] == f"{words}; {words}"
        for column in ("theme", "category", "department"):
            assert FORMULA in read[column]
            assert sign in read[column]


def test_the_document_read_back_is_a_tagged_table_of_the_same_lines(client, registered):
    made = download(client, "pdf")
    assert b"pdfuaid:part" in made
    reader = PdfReader(BytesIO(made))
    assert reader.root_object["/Lang"] == "uk"
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert reader.metadata.title.startswith("Журнал реєстрації звернень")
    found = structure_of(reader)
    heads = [words for tag, words in found if tag == "TH"]
    assert len(heads) == 8
    assert heads[:2] == ["№", "Зареєстровано"]
    cells = {words for tag, words in found if tag == "TD"}
    assert {str(appeal.number) for appeal in registered} <= cells
    # The font has no wide signs, and a hyphen is read as the soft one that words are parted by.
    assert {f"{sign}{FORMULA}" for sign in "=+@"} <= cells
