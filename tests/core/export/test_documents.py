"""One description of a document: its page, its DOCX and its PDF say the same."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import docx as python_docx
import pytest
from docx.oxml.ns import qn
from lxml import html as lxml_html
from pypdf import PdfReader

from core.export.document import (
    Column,
    Document,
    Heading,
    List,
    Mark,
    Paragraph,
    Run,
    Table,
    step_headings,
)
from core.export.docx import docx
from core.export.pdf import pdf
from tests.core.export.structure import structure_of
from tests.core.pieces import draw

pytestmark = pytest.mark.django_db

#: Words that are markup of typst, of HTML and of XML, and are none here.
MARKUP = '#let x = *ні* $1$ \\ @ні <b>ні</b> & "ні" ]]> = ні'


def document(rows: int = 3) -> Document:
    return Document(
        title="Звіт про результати: Їжакевича, 4",
        author="Рудногірська міська рада",
        made_at=datetime(2026, 11, 27, 12, 0, tzinfo=UTC),
        blocks=[
            Heading("Учасники"),
            Paragraph(MARKUP),
            Paragraph([Run("Було "), Run("десять", Mark.DELETED), Run("двадцять", Mark.INSERTED)]),
            Heading("Заходи", level=3),  # a level is missing
            Paragraph(" \x00"),
            List(["круглий стіл", "слухання"]),
            List(["перше", "друге"], is_ordered=True),
            Heading("Пропозиції"),
            Table(
                "Таблиця врахування пропозицій",
                [Column("№", 1), Column("Пропозиція", 4), Column("Рішення", 2)],
                (
                    (str(n), f"Пропозиція {n}\nдругий рядок", "враховано")
                    for n in range(1, rows + 1)
                ),
            ),
        ],
    )


def test_pdf_tells_its_structure():
    reader = PdfReader(BytesIO(pdf(document())))
    assert reader.root_object["/Lang"] == "uk"
    assert reader.metadata.title == document().title
    assert reader.metadata.author == "Рудногірська міська рада"
    assert reader.root_object["/ViewerPreferences"]["/DisplayDocTitle"]
    tags = structure_of(reader)
    assert [words for tag, words in tags if tag == "H1"] == [document().title]
    assert [words for tag, words in tags if tag == "H2"] == ["Учасники", "Пропозиції"]
    assert [words for tag, words in tags if tag == "H3"] == ["Заходи"]
    assert [words for tag, words in tags if tag == "TH"] == ["№", "Пропозиція", "Рішення"]
    assert [words for tag, words in tags if tag == "TD"][:3] == [
        "1",
        "Пропозиція 1 другий рядок",
        "враховано",
    ]
    assert MARKUP in [words for tag, words in tags if tag == "P"]
    assert len([tag for tag, _ in tags if tag == "LI"]) == 4


def test_docx_tells_its_structure():
    made = python_docx.Document(BytesIO(docx(document())))
    assert made.core_properties.title == document().title
    assert made.core_properties.language == "uk"
    assert made.core_properties.author == "Рудногірська міська рада"
    by_style = [(p.style.name, p.text) for p in made.paragraphs if p.text]
    assert by_style[0] == ("Title", document().title)
    assert [text for style, text in by_style if style == "Heading 1"] == ["Учасники", "Пропозиції"]
    assert [text for style, text in by_style if style == "Heading 2"] == ["Заходи"]
    assert ("Normal", MARKUP) in by_style
    assert ("Normal", "Було десятьдвадцять") in by_style
    assert [text for style, text in by_style if style == "List Number"] == ["перше", "друге"]
    (table,) = made.tables
    assert [cell.text for cell in table.rows[0].cells] == ["№", "Пропозиція", "Рішення"]
    assert [cell.text for cell in table.rows[1].cells][1] == "Пропозиція 1\nдругий рядок"
    assert table._tbl.tr_lst[0].trPr.find(qn("w:tblHeader")) is not None
    assert table._tbl.tr_lst[1].trPr.find(qn("w:tblHeader")) is None
    language = made.styles.element.find(".//" + qn("w:lang"))
    assert language.get(qn("w:val")) == "uk-UA"


def test_page_says_the_same_as_the_files():
    page = draw("{% load documents %}{% document_blocks blocks %}", blocks=document().blocks)
    assert MARKUP in page.words
    assert "Було [removed: десять end][added: двадцять end]" in page.words
    assert len(page.all("th", scope="col")) == 3
    assert len(page.all("h2")) == 2 and len(page.all("h3")) == 1
    assert not page.all("b")


def test_numbered_lists_begin_anew():
    lists = Document("Списки", [List(["а", "б"], is_ordered=True), List(["в"], is_ordered=True)])
    made = python_docx.Document(BytesIO(docx(lists)))
    numbers = [p._p.pPr.numPr.numId.val for p in made.paragraphs if p.style.name == "List Number"]
    assert numbers[0] == numbers[1] != numbers[2]


def test_what_no_file_can_hold_is_left_out_and_what_no_type_has_is_a_square():
    odd = Document("Ялинка \x1b🎄\ud800", [Paragraph("漢\u202e字 " + "а" * 300)])
    assert python_docx.Document(BytesIO(docx(odd))).paragraphs[0].text == "Ялинка 🎄"
    words = PdfReader(BytesIO(pdf(odd))).pages[0].extract_text()
    assert "Ялинка □" in words


def test_row_of_another_width_is_refused():
    wrong = Document("Т", [Table("Т", [Column("а"), Column("б")], [("1",)])])
    for make in (docx, pdf):
        with pytest.raises(ValueError, match="1 cells in a row of 2"):
            make(wrong)


def test_headings_step_down_one_by_one():
    levels = [
        heading.level for heading in step_headings([Heading("а", 4), Heading("б", 9), Heading("")])
    ]
    assert levels == [1, 2]


def test_equal_documents_are_equal_files():
    assert pdf(document()) == pdf(document())


def test_wide_documents_lie_on_their_side():
    wide = Document("Т", [Paragraph("т")], is_landscape=True)
    box = PdfReader(BytesIO(pdf(wide))).pages[0].mediabox
    assert box.width > box.height
    section = python_docx.Document(BytesIO(docx(wide))).sections[0]
    assert section.page_width > section.page_height


@pytest.mark.long
@pytest.mark.cpu(40)
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_the_docx_and_reads_the_same(tmp_path):
    (tmp_path / "made.docx").write_bytes(docx(document(50)))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
        + ["--convert-to", "html", "--outdir", str(tmp_path), str(tmp_path / "made.docx")],
        check=True,
        capture_output=True,
        timeout=180,
    )
    page = lxml_html.parse(str(tmp_path / "made.html"))
    words = " ".join(page.getroot().text_content().split())
    assert MARKUP in words and "Пропозиція 50 другий рядок" in words
    assert [" ".join(h.text_content().split()) for h in page.iter("h2")] == ["Заходи"]


def test_a_long_document_is_set_in_parts_and_is_one(monkeypatch):
    whole = structure_of(PdfReader(BytesIO(pdf(document(60)))))
    monkeypatch.setattr("core.export.pdf.MOST_LETTERS", 8_000)
    told: list[int] = []
    long = replace(document(60), blocks=[*document(60).blocks, Heading("Кінець", 2)])
    reader = PdfReader(BytesIO(pdf(long, on_part=told.append)), strict=True)
    assert len(told) > 2 and told[-1] == 60 and told == sorted(told)
    tags = structure_of(reader)
    for tag in ("H1", "H2", "TD", "LI"):
        assert [words for t, words in tags if t == tag] == [w for t, w in whole if t == tag]
    assert [words for tag, words in tags if tag == "H3"] == ["Заходи", "Кінець"]
    heads = [words for tag, words in tags if tag == "TH"]
    assert heads == ["№", "Пропозиція", "Рішення"] * len(told)
    assert [tag for tag, _ in tags].count("Document") == 1
    # Each page knows whose its content is, and its number goes on.
    parents = reader.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    assert parents[::2] == list(range(len(reader.pages)))
    assert [page["/StructParents"] for page in reader.pages] == parents[::2]
    for number, page in enumerate(reader.pages, start=1):
        assert page.extract_text().strip().endswith(str(number))
    titles = [mark["/Title"] for mark in reader.outline if not isinstance(mark, list)]
    assert titles[0] == long.title and len(titles) == len(told)
    ids = reader.root_object["/StructTreeRoot"]["/IDTree"]["/Names"][::2]
    assert len(set(ids)) == len(ids) and ids == sorted(ids)


@pytest.mark.long
@pytest.mark.cpu(30)
def test_five_thousand_rows_fit():
    made = pdf(document(5000))
    assert len(PdfReader(BytesIO(made)).pages) > 100
    assert len(python_docx.Document(BytesIO(docx(document(5000)))).tables[0]._tbl.tr_lst) == 5001
