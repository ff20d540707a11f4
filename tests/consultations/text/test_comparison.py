"""The comparison table: a page, a Word document and a PDF that say the same."""

from __future__ import annotations

import io
from io import BytesIO

import docx
import pytest
from pypdf import PdfReader

from consultations.dispositions.models import Disposition
from consultations.remarks import actions as remarks_actions
from consultations.text import actions
from core.domain import clock
from drafts.models import Clause
from tests import factories
from tests.core.export.structure import structure_of
from tests.core.pieces import Page

pytestmark = pytest.mark.django_db

SECOND = factories.DRAFT.replace("8:00", "9:00")


@pytest.fixture
def revised(opened, ofi):
    """An open consultation with a second version, in which an hour is another one."""
    actions.import_text(opened, by=ofi, file=io.BytesIO(SECOND.encode()), name="n.txt")
    actions.publish_text(opened, by=ofi)
    return opened


def read(client, consultation, name="", query=""):
    return client.get(f"/en/consultations/{consultation.pk}/changes/table{name or '/'}{query}")


def test_all_three_say_what_changed(client, revised):
    page = Page(read(client, revised).content.decode())
    assert "[removed: 8 end]" in page.words and "[added: 9 end]" in page.words
    made = docx.Document(BytesIO(read(client, revised, ".docx").content))
    file = read(client, revised, ".pdf")
    assert file.headers["Content-Disposition"].endswith(f'comparison-{revised.pk}-1-2.pdf"')
    tags = structure_of(PdfReader(BytesIO(file.content)))
    heads = ["Редакція 1", "Редакція 2", "Примітка"]
    assert [words for tag, words in tags if tag == "TH"] == heads
    rows = [[cell.text for cell in row.cells] for row in made.tables[0].rows]
    assert rows[0] == heads
    assert len(rows) == 2
    cells = [words for tag, words in tags if tag == "TD"]
    assert [" ".join(cell.split()) for cell in rows[1]] == cells
    assert "8:00" in cells[0] and "9:00" in cells[1]


def test_unchanged_clauses_stand_in_it_by_choice(client, revised):
    number = revised.draft.versions.get(number=2).clauses.count()
    made = docx.Document(BytesIO(read(client, revised, ".docx", "?from=1&to=2&all").content))
    assert len(made.tables[0].rows) == number + 1


def test_it_names_the_remarks_that_were_taken_in_once_that_is_published(client, revised, olena):
    clause = Clause.objects.get(version__draft=revised.draft, version__number=2, number="2")
    remark = remarks_actions.remark(revised, by=olena, text="Слово", clause_id=clause.pk)
    remark.number = 12
    remark.save(update_fields=["number"])
    row = Disposition.objects.create(
        remark=remark, kind="accepted", resulting_key=clause.key, decided_at=clock.now()
    )
    words = "remark No. 12 is taken into account"
    assert words not in Page(read(client, revised).content.decode()).words
    row.approved_at = clock.now()
    row.save()
    assert words in Page(read(client, revised, query="?a").content.decode()).words


def test_a_draft_with_one_version_has_none(client, opened):
    assert "only one version" in Page(read(client, opened).content.decode()).words
    assert read(client, opened, ".docx").status_code == 404
    assert read(client, opened, ".pdf").status_code == 404


def test_equal_versions_are_said_to_be_the_same(client, revised):
    made = docx.Document(BytesIO(read(client, revised, ".docx", "?from=2&to=2").content))
    assert not made.tables
    assert made.paragraphs[2].text == "Редакції однакові."


def test_queries(client, revised, django_assert_max_num_queries):
    read(client, revised)
    with django_assert_max_num_queries(6):
        read(client, revised, query="?b")
