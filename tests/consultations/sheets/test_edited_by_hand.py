"""The table's workbook edited as people edit it: what of that is taken, and what is told of it."""

from __future__ import annotations

import io
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import etree
from openpyxl import load_workbook

from consultations.dispositions import actions as dispositions
from consultations.models import Disposition, Remark
from consultations.register.numbering import number_remarks
from consultations.remarks import actions
from consultations.sheets.columns import NAMES, fingerprint_words
from core.export import spreadsheets
from core.export.ods import Sheet, ods
from core.export.ods_rows import WithoutValue
from drafts.models import Clause

pytestmark = pytest.mark.django_db

#: The column of each cell that people fill.
DISPOSITION, REASON, RESULTING, MARK = (
    list(NAMES).index(name) + 1 for name in ("disposition", "reason", "resulting", "version")
)
WORDS = list(NAMES).index("text") + 1
NUMBER = 12


@pytest.fixture
def said(opened, olena):
    clause = Clause.objects.get(version__draft=opened.draft, number="2.1")
    made = [
        actions.remark(opened, by=olena, text=f"Зауваження {place}", clause_id=clause.pk)
        for place in range(NUMBER)
    ]
    number_remarks()
    return [Remark.objects.get(pk=each.pk) for each in made]


@pytest.fixture
def base(client, ofi, opened):
    client.force_login(ofi)
    return f"/desk/consultations/{opened.pk}/table/files/"


@pytest.fixture
def book(client, base, said):
    """The workbook as it is opened; remark N stands in line N + 1."""
    return load_workbook(io.BytesIO(client.get(f"{base}dispositions.xlsx").content))


def _bring(client, base, book):
    kept = io.BytesIO()
    book.save(kept)
    answer = client.post(base, {"file": SimpleUploadedFile("a.xlsx", kept.getvalue())})
    assert answer.status_code == 302, answer.context["form"].errors
    return client.get(answer["Location"])


def test_cells_of_closed_columns_offer_their_words(book):
    sheet, words = book.worksheets
    assert words.sheet_state == "hidden"
    offered = {}
    for rule in sheet.data_validations.dataValidation:
        name, _, cells = rule.formula1.partition("!")
        assert (rule.type, name.strip("'")) == ("list", words.title)
        offered[str(rule.sqref)] = [row[0].value for row in words[cells.replace("$", "")]]
    assert offered["G2:G1048576"] == [
        *("не вирішено", "враховано", "враховано частково", "відхилено", "взято до відома"),
    ]
    clauses = offered["I2:I1048576"]
    assert clauses[0] == "увесь проєкт"
    assert "п. 2.1" in clauses
    assert sheet["G1"].value == "Рішення"


def test_an_open_document_offers_the_same_words(client, base, said):
    content = client.get(f"{base}dispositions.ods").content
    document = etree.fromstring(ZipFile(io.BytesIO(content)).read("content.xml"))
    names = {"t": "urn:oasis:names:tc:opendocument:xmlns:table:1.0"}
    rules = document.xpath("//t:content-validation", namespaces=names)
    conditions = [rule.get(f"{{{names['t']}}}condition") for rule in rules]
    assert '"враховано";"враховано частково"' in conditions[0]
    assert '"увесь проєкт";' in conditions[1]
    first, *rows = document.xpath("//t:table-row", namespaces=names)
    assert not first.xpath("t:table-cell/@t:content-validation-name", namespaces=names)
    for row in rows:
        listed = row.xpath("t:table-cell/@t:content-validation-name", namespaces=names)
        assert listed == ["list6", "list8"]


def test_rows_that_were_deleted_are_told(client, base, book):
    book.active.delete_rows(3, 3)  # Nos. 2–4
    book.active.delete_rows(10)  # No. 12, which stands in line 10 now
    page = _bring(client, base, book)
    absent = page.context["absent"]
    assert (absent.number, absent.of, absent.ranges) == (4, NUMBER, [(2, 4), (12, 12)])
    assert "4 з 12" in page.text
    assert "2–4, 12" in page.text


def test_a_line_with_an_error_is_not_absent(client, base, book):
    book.active.cell(2, DISPOSITION, "схвалено")
    page = _bring(client, base, book)
    assert page.context["absent"].number == 0
    assert page.context["counts"]["error"] == 0
    assert page.context["number_of_errors"] == 1


def test_changed_words_of_a_remark_are_named_and_not_taken(client, base, book, said):
    sheet = book.active
    sheet.cell(3, WORDS, "Зовсім інше")
    sheet.cell(3, DISPOSITION, "враховано")
    sheet.cell(4, WORDS, f"  {sheet.cell(4, WORDS).value}\n")  # the same words
    page = _bring(client, base, book)
    assert [each.sheet.line for each in page.context["first_changed_words"]] == [3]
    assert "Рядок 3: зауваження № 2" in page.text
    client.post(page.wsgi_request.path)
    said[1].comment.refresh_from_db()
    assert said[1].comment.text == "Зауваження 1"
    assert Disposition.objects.get().kind == "accepted"


def test_words_that_an_office_could_not_write_in_csv_are_the_same():
    assert fingerprint_words("мʼята 🌳", "") == fingerprint_words("м?ята  ?", "")
    assert fingerprint_words("м’ята", "") != fingerprint_words("рута", "")


def test_a_formula_without_a_value_refuses_its_line(client, base, book):
    sheet = book.active
    sheet.cell(2, DISPOSITION, "відхилено")
    sheet.cell(2, REASON, '=CONCATENATE("Д","орого")')  # openpyxl stores no value, as some do
    sheet.cell(3, DISPOSITION, "=G2")
    sheet.cell(4, DISPOSITION, "відхилено")
    sheet.cell(4, REASON, "Дорого.")
    page = _bring(client, base, book)
    told = dict(page.context["errors"])
    assert set(told) == {2, 3}
    assert "Обґрунтування" in told[2]
    assert "Рішення" in told[3]
    assert page.context["counts"]["changes"] == 1
    client.post(page.wsgi_request.path)
    assert [row.reason for row in Disposition.objects.all()] == ["Дорого."]


def test_an_emptied_mark_is_unchecked_and_off_by_default(client, base, book, said):
    sheet = book.active
    for line in (2, 3):
        sheet.cell(line, DISPOSITION, "враховано")
    sheet.cell(3, MARK).value = None
    sheet.cell(4, MARK).value = None  # and nothing else: the line says what the row says
    page = _bring(client, base, book)
    counts = page.context["counts"]
    assert (counts["changes"], counts["unchecked"], counts["conflict"]) == (1, 1, 0)
    client.post(page.wsgi_request.path)
    assert list(Disposition.objects.values_list("pk", flat=True)) == [said[0].pk]
    client.post(page.wsgi_request.path, {"unchecked": "on"})
    assert Disposition.objects.count() == 2


def test_a_mark_that_is_gone_does_not_write_over_a_colleague(client, base, book, said, admin):
    dispositions.settle(said[0], by=admin, kind="accepted")
    book.active.cell(2, DISPOSITION, "відхилено")
    book.active.cell(2, MARK).value = None
    page = _bring(client, base, book)
    client.post(page.wsgi_request.path, {"overwrites": "on"})
    assert Disposition.objects.get().kind == "accepted"


@pytest.mark.parametrize("words", ["увесь проєкт", "Увесь проєкт", "the whole draft"])
def test_the_whole_draft_is_a_place(client, base, book, words):
    book.active.cell(2, DISPOSITION, "враховано")
    book.active.cell(2, RESULTING, words)
    page = _bring(client, base, book)
    assert page.context["errors"] == []
    client.post(page.wsgi_request.path)
    assert Disposition.objects.get().resulting_key is None


def test_a_formula_of_an_ods_without_a_value_is_known():
    content = ods([Sheet("a", ("number", "words"), [(1, "так"), (2, "ні")])])
    found = b'<table:table-cell office:value-type="string"><text:p>\xd0\xbd\xd1\x96</text:p>'
    torn = _replaced(content, found, b'<table:table-cell table:formula="of:=[.A1]">')
    heads = {"number": "number", "words": "words"}
    rows = [cells for _line, cells in spreadsheets.rows_of(torn, heads, needed={}, most=9)]
    assert [isinstance(cells["words"], WithoutValue) for cells in rows] == [False, True]


def _replaced(content: bytes, old: bytes, new: bytes) -> bytes:
    kept = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as packed, ZipFile(kept, "w") as changed:
        for name in packed.namelist():
            words = packed.read(name)
            assert name != "content.xml" or old in words
            changed.writestr(name, words.replace(old, new))
    return kept.getvalue()
