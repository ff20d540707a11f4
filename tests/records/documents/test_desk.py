"""Officers keep other documents in the register: by a form, and by a table after a preview."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from openpyxl import Workbook

from core.export.pasted import Outcome
from core.web.pages import forget_pages
from records.documents import actions
from records.models import Document
from tests.meetings.factories import refused

pytestmark = pytest.mark.django_db


def said(by, **fields) -> dict:
    return {
        "department_id": next(iter(by.department_ids)),
        "kind": "order",
        "title": "Про графік прийому",
        "made_on": date(2026, 3, 3),
        "carrier": "paper",
        "place": "Архів, справа 2",
    } | fields


RESTRICTED = {"access": "official", "ground": "2939-VI ст. 9"}


@pytest.mark.parametrize(
    ("code", "is_neutral", "fields"),
    [
        ("document.name_not_checked", False, RESTRICTED),
        ("document.ground_missing", True, {"access": "secret"}),
        ("document.open_with_ground", True, {"ground": "2939-VI ст. 9"}),
        ("document.term_too_short", True, RESTRICTED | {"restricted_until": date(2026, 3, 3)}),
        ("document.restricted_address", True, RESTRICTED | {"address": "https://rada.example/"}),
        ("document.in_the_future", True, {"made_on": date(2099, 1, 1)}),
        ("document.received_before", True, {"received_on": date(2026, 3, 2)}),
        (None, True, RESTRICTED | {"restricted_until": date(2026, 3, 4)}),
        (None, False, {"received_on": date(2026, 3, 3)}),
    ],
)
def test_what_is_refused(ofi, code, is_neutral, fields):
    if code is None:
        assert actions.enter(by=ofi, fields=said(ofi, **fields), is_neutral=is_neutral).pk
        return
    with refused(code):
        actions.enter(by=ofi, fields=said(ofi, **fields), is_neutral=is_neutral)
    assert not Document.objects.exists()


def test_postgresql_keeps_content_out_of_restricted_rows(ofi):
    row = actions.enter(by=ofi, fields=said(ofi, **RESTRICTED), is_neutral=True)
    for wrong in ({"address": "https://rada.example/"}, {"ground": ""}, {"title": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Document.objects.filter(pk=row.pk).update(**wrong)


def test_another_department_keeps_nothing_of_it(client, ofi, stranger):
    row = actions.enter(by=ofi, fields=said(ofi), is_neutral=False)
    with refused("document.keepers_only"):
        actions.change(row, by=stranger, fields={"title": "Інше"}, is_neutral=False)
    client.force_login(stranger)
    assert client.get(f"/desk/records/{row.pk}/edit/").status_code == 403


def form_of(ofi, **fields) -> dict:
    return {
        "kind": "contract",
        "title": "Договір оренди",
        "number": "7",
        "made_on": "01.02.2026",
        "department": next(iter(ofi.department_ids)),
        "carrier": "both",
        "place": "Архів, справа 7",
        "access": "open",
    } | fields


def test_an_officer_enters_changes_and_removes_in_forms(client, ofi):
    forget_pages()
    client.force_login(ofi)
    wrong = client.post("/desk/records/new/", form_of(ofi, access="official", ground="Закон"))
    assert wrong.status_code == 422 and "нейтральн" in wrong.text and "Договір оренди" in wrong.text
    assert client.post("/desk/records/new/", form_of(ofi)).status_code == 302
    row = Document.objects.get()
    edit = f"/desk/records/{row.pk}/edit/"
    drawn = client.get(edit).context["form"]["drawn_from"].value()
    sent = form_of(ofi, title="Договір найму", drawn_from=drawn)
    assert client.post(edit, sent).status_code == 302
    assert client.post(edit, form_of(ofi, drawn_from=drawn)).status_code == 409
    assert "Договір найму" in client.get(f"/records/{row.pk}/").text
    assert client.post(f"/desk/records/{row.pk}/remove/").status_code == 302
    assert client.get(f"/records/{row.pk}/").status_code == 404


def workbook(*rows) -> SimpleUploadedFile:
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return SimpleUploadedFile("реєстр.xlsx", file.getvalue())


HEAD = ("Назва", "Номер", "Дата створення", "Розпорядник", "Вид", "Доступ", "Підстава")


def test_a_table_is_shown_first_and_entered_once(client, ofi, department):
    client.force_login(ofi)
    rows = [
        ("Про графік", "1", date(2026, 2, 1), department.name, "договір", "", ""),
        ("Про режим", "2", "03.02.2026", department.slug, "лист", "службова інформація", "ст. 9"),
    ]
    shown = client.post("/desk/records/table/", {"file": workbook(HEAD, *rows)})
    assert not shown.context["preview"].mark and "нейтральн" in shown.text
    sent = {"table": shown.context["form"]["table"].value(), "is_neutral": "on"}
    shown = client.post("/desk/records/table/", sent)
    mark = shown.context["preview"].mark
    assert mark and not Document.objects.exists()
    other = sent | {"table": sent["table"].replace("03.02.2026", "04.02.2026")}
    assert client.post("/desk/records/table/", other | {"seen": mark}).context
    assert not Document.objects.exists(), "what was not shown is not entered"
    done = client.post("/desk/records/table/", sent | {"seen": mark})
    assert done.status_code == 302
    found = Document.objects.order_by("made_on").values_list("kind", "access", "number")
    assert list(found) == [("contract", "open", "1"), ("letter", "official", "2")]
    again = client.post("/desk/records/table/", sent)
    assert not again.context["preview"].number_of(Outcome.ADDED)
    assert Document.objects.count() == 2


def test_each_wrong_line_says_why(client, ofi, department):
    client.force_login(ofi)
    rows = [
        ("", "", "01.02.2026", department.name, "", "", ""),
        ("А", "", "32.02.2026", department.name, "", "", ""),
        ("Б", "", "01.02.2026", "Відділ мрій", "", "", ""),
        ("В", "", "01.02.2026", department.name, "оракул", "", ""),
        ("Г", "", "01.02.2099", department.name, "", "", ""),
        ("Ґ" * 600, "", "01.02.2026", department.name, "", "", ""),
    ]
    shown = client.post("/desk/records/table/", {"file": workbook(HEAD, *rows)})
    lines = {line.number: line for line in shown.context["preview"].lines}
    assert [lines[number].outcome for number in range(2, 8)] == [Outcome.REFUSED] * 6
    assert all(line.why for line in lines.values())
    assert "Відділ мрій" in lines[4].why and "оракул" in lines[5].why
    broken = SimpleUploadedFile("a.xlsx", b"PK\x03\x04 nothing")
    for wrong in ({"file": broken}, {"table": ""}, {"table": "Назва\nОдне"}):
        assert client.post("/desk/records/table/", wrong).status_code == 422
