"""The disposition table as a spreadsheet: out, filled, in, with what was changed meanwhile."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from consultations.dispositions import actions as dispositions
from consultations.models import Disposition, Remark, SheetImport
from consultations.premoderation import actions as premoderation
from consultations.register.numbering import number_remarks
from consultations.remarks import actions
from consultations.sheets import actions as sheets
from consultations.sheets import views
from consultations.sheets.columns import NAMES
from core.domain import clock
from core.export.ods import Sheet, ods
from core.export.xlsx import xlsx
from discussions import actions as discussion
from drafts.models import Clause

pytestmark = pytest.mark.django_db

WORDS = ("Тихіше ввечері", "=1+1 зауважень", "Більше дерев", "Менше пластику")


@pytest.fixture
def said(opened, olena):
    clause = Clause.objects.get(version__draft=opened.draft, number="2.1")
    made = [actions.remark(opened, by=olena, text=text, clause_id=clause.pk) for text in WORDS]
    number_remarks()
    return [Remark.objects.get(pk=each.pk) for each in made]


@pytest.fixture
def desk(client, ofi):
    client.force_login(ofi)
    return client


def _base(opened) -> str:
    return f"/desk/consultations/{opened.pk}/table/files/"


def _taken_out(desk, opened) -> list[list[Any]]:
    answer = desk.get(f"{_base(opened)}dispositions.xlsx")
    assert answer.status_code == 200
    book = load_workbook(io.BytesIO(answer.content))
    return [["" if cell is None else cell for cell in row] for row in book.active.values]


def _filled(lines: list[list[Any]], number: int, **cells: str) -> None:
    """Write into the row of this number."""
    line = next(line for line in lines if line[0] == number)
    for name, value in cells.items():
        line[list(NAMES).index(name)] = value


def _file(lines, form: str = "xlsx") -> SimpleUploadedFile:
    sheet = Sheet("Таблиця", lines[0], lines[1:])
    if form == "csv":
        kept = io.StringIO()
        csv.writer(kept, delimiter=";").writerows(lines)
        return SimpleUploadedFile("a.csv", kept.getvalue().encode("cp1251"))
    return SimpleUploadedFile("a", xlsx([sheet]) if form == "xlsx" else ods([sheet]))


def _counts(**counts: int) -> dict[str, int]:
    return dict.fromkeys(["changes", "conflict", "unchecked", "error", "same"], 0) | counts


def _bring(desk, opened, lines, form: str = "xlsx"):
    answer = desk.post(_base(opened), {"file": _file(lines, form)})
    assert answer.status_code == 302, answer.context["form"].errors
    return desk.get(answer["Location"])


@pytest.mark.parametrize("form", ["xlsx", "ods", "csv"])
def test_filled_in_a_spreadsheet_and_brought_back(desk, opened, said, ofi, form):
    lines = _taken_out(desk, opened)
    assert [line[0] for line in lines] == ["Номер", 1, 2, 3, 4]
    assert "Обґрунтування" in lines[0]
    _filled(lines, 1, disposition="враховано", resulting="п. 2.1")
    _filled(lines, 2, disposition="Відхилено", reason="=бо так\nі так")
    page = _bring(desk, opened, lines, form)
    assert page.context["counts"] == _counts(changes=2, same=2)
    assert not Disposition.objects.exists()  # shown first
    done = desk.post(page.wsgi_request.path)
    assert done.status_code == 302
    first, second = Disposition.objects.order_by("pk")
    key = Clause.objects.get(version__draft=opened.draft, number="2.1").key
    assert (first.kind, first.resulting_key, first.by) == ("accepted", key, ofi)
    assert (second.kind, second.reason) == ("rejected", "=бо так\nі так")
    again = desk.get(page.wsgi_request.path)
    assert again.context["counts"]["changes"] == 0


def test_what_was_changed_meanwhile_is_a_conflict_and_what_nobody_touched_is_none(
    desk, opened, said, ofi, admin
):
    dispositions.settle(said[0], by=ofi, kind="rejected", reason="Дорого.")
    dispositions.settle(said[2], by=ofi, kind="rejected", reason="Пізно.")
    lines = _taken_out(desk, opened)
    dispositions.settle(said[0], by=admin, kind="accepted")
    dispositions.settle(said[2], by=admin, kind="accepted")
    _filled(lines, 1, reason="Надто дорого.")
    page = _bring(desk, opened, lines)
    assert page.context["counts"] == _counts(conflict=1, same=3)
    desk.post(page.wsgi_request.path)
    assert Disposition.objects.get(pk=said[0].pk).kind == "accepted"
    desk.post(page.wsgi_request.path, {"overwrites": "on"})
    assert Disposition.objects.get(pk=said[0].pk).reason == "Надто дорого."
    assert Disposition.objects.get(pk=said[2].pk).kind == "accepted"


def test_errors_by_line_in_a_sentence(desk, opened, said, olena):
    wording = actions.remark(
        opened, by=olena, text="", kind="wording", proposal="Інакше.", clause_id=said[0].clause_id
    )
    number_remarks()
    lines = _taken_out(desk, opened)
    _filled(lines, 1, disposition="схвалено")
    _filled(lines, 2, disposition="враховано", resulting="п. 99")
    _filled(lines, Remark.objects.get(pk=wording.pk).number, disposition="взято до відома")
    lines += [["п’ять"], [77, "", "", "", "", "", "враховано"], [1]]
    page = _bring(desk, opened, lines)
    told = dict(page.context["errors"])
    assert set(told) == {2, 3, 6, 7, 8}
    assert "схвалено" in told[2]
    assert "п. 99" in told[3]
    assert all(message.endswith(".") for message in told.values())
    assert page.context["counts"]["changes"] == 0


def test_what_is_no_table_is_said_at_the_field(desk, opened, said):
    for content in (b"", b"PK\x03\x04", "Інше;Ще\n1;2\n".encode()):
        answer = desk.post(_base(opened), {"file": SimpleUploadedFile("a.xlsx", content)})
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == ["file"]
    assert not SheetImport.objects.exists()


def test_no_cell_of_the_csv_is_a_formula(desk, opened, said):
    answer = desk.get(f"{_base(opened)}dispositions.csv")
    lines = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [line[4] for line in lines[1:]] == [WORDS[0], f"'{WORDS[1]}", *WORDS[2:]]


def test_one_who_was_given_rows_takes_out_these(client, opened, said, ofi, stranger):
    dispositions.assign(opened, [said[1].pk], by=ofi, person_id=stranger.pk)
    client.force_login(stranger)
    lines = _taken_out(client, opened)
    assert [line[0] for line in lines[1:]] == [2]
    _filled(lines, 2, disposition="враховано")
    lines.append([3, *[""] * 5, "враховано", *[""] * 4])  # not hers
    page = _bring(client, opened, lines)
    assert page.context["counts"] == _counts(changes=1, error=1)
    client.post(page.wsgi_request.path)
    assert list(Disposition.objects.values_list("pk", flat=True)) == [said[1].pk]


def test_who_was_given_rows_is_offered_no_page_that_refuses(client, opened, said, ofi, stranger):
    dispositions.assign(opened, [said[1].pk], by=ofi, person_id=stranger.pk)
    client.force_login(stranger)
    lines = _taken_out(client, opened)
    _filled(lines, 2, disposition="враховано")
    table = f"/desk/consultations/{opened.pk}/table/"
    for page in (client.get(table), client.get(_base(opened)), _bring(client, opened, lines)):
        assert page.status_code == 200
        assert page.context["tabs"] == []
    client.force_login(ofi)
    assert len(client.get(_base(opened)).context["tabs"]) > 5


def test_words_that_are_not_public_stand_in_the_table_and_in_no_file(
    client, opened, said, ofi, mo, olena, stranger
):
    """The responsible department reads them on the site; a file could not be called back."""
    discussion.hide(said[0].comment, by=mo, reason="spam", note="Порушує правила")
    until = clock.now() + timedelta(hours=1)
    premoderation.begin(opened, by=mo, until=until, reason="Навала")
    held = actions.remark(opened, by=olena, text="Єнотове слово")
    number_remarks()
    given = [said[0].pk, said[1].pk, held.pk]
    dispositions.assign(opened, given, by=ofi, person_id=stranger.pk)
    table = f"/desk/consultations/{opened.pk}/table/"
    for person, reads in ((ofi, True), (stranger, False)):
        client.force_login(person)
        page = client.get(table).text
        assert ("Єнотове слово" in page, WORDS[0] in page, WORDS[1] in page) == (reads, reads, True)
        lines = {line[0]: line for line in _taken_out(client, opened)[1:]}
        assert "приховано модератором" in lines[1][4]
        assert "ще не показано" in lines[5][4]
        assert (lines[1][2], lines[5][2]) == ("", "")
        assert (lines[2][2], lines[2][4]) == (olena.public_name, f"{WORDS[1]}")


def test_one_press_changes_a_bounded_number(desk, opened, said, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_CHANGES", 3)
    lines = _taken_out(desk, opened)
    for number in (1, 2, 3, 4):
        _filled(lines, number, disposition="враховано")
    page = _bring(desk, opened, lines)
    assert desk.post(page.wsgi_request.path)["Location"] == page.wsgi_request.path
    assert Disposition.objects.count() == 3
    desk.post(page.wsgi_request.path)
    assert Disposition.objects.count() == 4


def test_all_lines_are_counted_and_the_first_are_shown(desk, opened, said, monkeypatch):
    monkeypatch.setattr(views, "_SHOWN", 2)
    lines = _taken_out(desk, opened)
    for number in (1, 2, 3, 4):
        _filled(lines, number, disposition="враховано")
    context = _bring(desk, opened, lines).context
    assert context["counts"]["changes"] == 4
    assert [each.words for each in context["changes"]] == list(WORDS[:2])


def test_queries_do_not_grow_with_the_rows(desk, opened, said, django_assert_max_num_queries):
    lines = _taken_out(desk, opened)
    page = _bring(desk, opened, lines)
    with django_assert_max_num_queries(16):
        desk.get(page.wsgi_request.path)
    with django_assert_max_num_queries(16):
        desk.get(f"{_base(opened)}dispositions.ods")


def test_a_file_is_its_own_officers(desk, client, opened, said, admin):
    page = _bring(desk, opened, _taken_out(desk, opened))
    client.force_login(admin)
    assert client.get(page.wsgi_request.path).status_code == 404
