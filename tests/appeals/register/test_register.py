"""What the office registers: on paper and by word of mouth; the receipt; the journal."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import DataAccess
from appeals import actions, secrets
from appeals.models import Appeal, Reading, State
from city.models import District, Street
from core.domain import clock as database_clock
from core.domain.calendar import local_date
from core.models import AuditEntry
from core.web.idempotency import new_key
from notifications.mails.applicants import send_appeal_secret_renewed
from tests.appeals import factories

pytestmark = pytest.mark.django_db
NEW = "/desk/appeals/new/"


def letter(**fields):
    return {
        "via": "letter",
        "received_at": (database_clock.now() - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"),
        "kind": "application",
        "name": "Гнатюк Марія Іванівна",
        "residence": "вул. Тиха, 3",
        "people": "1",
        "subject": "Зупинка без лавки",
        "text": "Прошу поставити лавку.",
        **fields,
    }


def test_the_office_registers_a_letter_with_its_scan(client, staff):
    client.force_login(staff.clerk)
    found = client.post(NEW, letter(scan=SimpleUploadedFile("a.pdf", b"%PDF-1.7 x")))
    made = Appeal.objects.get()
    assert found["Location"] == f"/desk/appeals/{made.pk}/receipt/"
    assert (made.via, made.registered_by, made.number) == ("letter", staff.clerk, 1)
    assert made.attachments.get().name == "scan.pdf"
    receipt = client.get(found["Location"]).text
    assert made.label in receipt
    assert "Гнатюк Марія Іванівна" in receipt


def test_a_street_gives_the_district_and_an_account_the_author(client, staff, olena):
    district = District.objects.create(name="Центр", slug="centre")
    street = Street.objects.create(name="вулиця Соборності", slug="soborna", district=district)
    client.force_login(staff.clerk)
    client.post(NEW, letter(street="соборності", house="12", account=olena.email, people="7"))
    made = Appeal.objects.get()
    assert (made.street, made.district, made.house) == (street, district, "12")
    assert (made.author, made.people, made.is_collective) == (olena, 7, True)


def test_what_is_wrong_is_said_at_its_field(client, staff):
    client.force_login(staff.clerk)
    for fields, field in (
        ({"subject": ""}, "subject"),
        ({"text": " "}, "text"),
        ({"via": "page"}, "via"),
        ({"received_at": "2099-01-01T10:00"}, "received_at"),
        ({"account": "nobody@viche.example"}, "account"),
        ({"house": "3"}, "street"),
        ({"people": "0"}, "people"),
    ):
        found = client.post(NEW, letter(**fields))
        assert found.status_code == 422
        assert field in found.context["form"].errors
        assert "Гнатюк Марія Іванівна" in found.text
        assert not Appeal.objects.exists()


def test_departments_do_not_register(client, staff):
    for person in (staff.worker, staff.head):
        client.force_login(person)
        assert client.get(NEW).status_code == 403
        assert client.post(NEW, letter()).status_code == 403


@pytest.fixture
def on_paper(staff):
    words = {**factories.WORDS, "via": "letter"}
    return actions.file(by=staff.clerk, **words).appeal


def test_a_code_of_access_is_given_at_the_window(client, staff, on_paper, to):
    client.force_login(staff.clerk)
    assert "idempotency_key" in client.get(to("receipt", on_paper)).text
    typed = {"reason": "Паспорт", "idempotency_key": new_key()}
    found = client.post(to("secret", on_paper), typed)
    code = found.context["secret"]
    assert code in found.text
    day = on_paper.registered_on
    assert secrets.find_by_secret(on_paper.number, day, code) == on_paper
    assert client.post(to("secret", on_paper), typed).context["secret"] == code
    assert [each.words for each in on_paper.entries.filter(kind="secret")] == ["Паспорт"]
    assert code not in client.get(to("receipt", on_paper)).text


def test_who_they_are_is_shown_first(client, staff, on_paper, to):
    client.force_login(staff.clerk)
    found = client.post(to("secret", on_paper), {"reason": " "})
    assert found.status_code == 422
    assert "reason" in found.context["form"].errors
    assert not Appeal.objects.get(pk=on_paper.pk).secret_hash


def test_the_office_never_sees_the_code_of_what_came_by_the_form(client, staff, received, to):
    client.force_login(staff.clerk)
    before = bytes(received.secret_hash)
    assert to("secret", received) not in client.get(to("receipt", received)).text
    found = client.post(to("secret", received), {"reason": "Паспорт"})
    assert found.status_code == 422
    assert not found.context["secret"]
    received.refresh_from_db()
    assert bytes(received.secret_hash) == before


def test_the_applicant_is_told_of_every_new_code(staff, on_paper):
    actions.renew_secret(on_paper, by=staff.clerk, reason="Паспорт")
    filed = factories.filed(email="other@example.org")
    label = (filed.appeal.number, filed.appeal.registered_on)
    actions.open_by_secret(*label, actions.offer_secret(filed.appeal))
    jobs = ProcrastinateJob.objects.filter(task_name__endswith="send_appeal_secret_renewed")
    assert all(send_appeal_secret_renewed(**job.args) for job in jobs.order_by("pk"))
    at_office, by_mail = mail.outbox
    assert (at_office.to, by_mail.to) == ([on_paper.email], ["other@example.org"])
    assert on_paper.label in at_office.body
    assert "документ" in at_office.body
    assert "документ" not in by_mail.body


def days_around_today():
    """What comes after hours is registered on the next working day."""
    today = local_date(database_clock.now())
    return {"since": today.isoformat(), "until": (today + timedelta(days=5)).isoformat()}


# --- The journal ----------------------------------------------------------------------------------


def test_the_journal_holds_the_period_in_the_order_of_numbers(client, staff, olena, clock):
    clock.advance(days=-20)
    factories.appeal()
    clock.reset()
    first, second = factories.appeal(olena), factories.appeal()
    client.force_login(staff.clerk)
    found = client.get("/desk/appeals/journal/", days_around_today())
    assert [row.number for row in found.context["rows"]] == [first.number, second.number]
    assert DataAccess.objects.filter(user=olena, by=staff.clerk).exists()


@pytest.mark.parametrize("path", ["journal/", "journal/csv/"])
def test_of_a_complaint_about_its_reader_the_number_alone_is_told(client, staff, path):
    factories.appeal(kind="complaint", about_person=staff.clerk, subject="На реєстратора")
    other = factories.appeal(name="Гнатюк Марія Іванівна")
    client.force_login(staff.clerk)
    found = client.get(f"/desk/appeals/{path}", days_around_today())
    text = found.getvalue().decode() if found.streaming else found.text
    assert "На реєстратора" not in text
    assert "Коваль Олена" not in text
    assert "Гнатюк" in text
    if "rows" in (found.context or {}):
        assert [row.number for row in found.context["rows"]] == [1, 2]
    # Who has no account is told too, of what was read alone.
    assert Reading.objects.get().appeal == other
    client.force_login(staff.chief)
    assert "На реєстратора" in client.get("/desk/appeals/journal/", days_around_today()).text


def test_a_file_of_the_journal_is_audited(client, staff):
    factories.appeal()
    client.force_login(staff.clerk)
    days = days_around_today()
    client.get("/desk/appeals/journal/", days)
    assert not AuditEntry.objects.filter(event="JournalExported").exists()
    client.get("/desk/appeals/journal/csv/", days)
    entry = AuditEntry.objects.get(event="JournalExported")
    assert entry.ids == {"by_id": staff.clerk.pk, **days}


def test_the_file_is_safe_against_formulas(client, staff):
    factories.appeal(subject="=HYPERLINK(1)", name="+Коваль Олена")
    client.force_login(staff.clerk)
    found = client.get("/desk/appeals/journal/csv/", days_around_today())
    text = b"".join(found.streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["subject"] == "'=HYPERLINK(1)"
    assert row["name"] == "'+Коваль Олена"
    assert row["number"] == "1"


@pytest.mark.parametrize("path", ["journal/", "journal/csv/"])
def test_an_impossible_period_is_said(client, staff, path):
    client.force_login(staff.clerk)
    for days in (
        {"since": "2026-05-02", "until": "2026-05-01"},
        {"since": "2020-01-01", "until": "2026-01-01"},
        {"since": "nonsense", "until": "2026-01-01"},
    ):
        found = client.get(f"/desk/appeals/{path}", days)
        assert found.status_code == 422
        assert found.context["form"].errors


def test_departments_read_no_journal(client, staff):
    client.force_login(staff.head)
    assert client.get("/desk/appeals/journal/").status_code == 403
    assert client.get("/desk/appeals/journal/csv/").status_code == 403


def test_what_was_late_is_told_in_the_journal(client, staff, olena, make_late):
    appeal = factories.appeal(olena, State.IN_WORK)
    make_late(appeal)
    client.force_login(staff.clerk)
    (row,) = client.get("/desk/appeals/journal/", days_around_today()).context["rows"]
    assert row.is_late


def test_a_letter_says_whom_it_complains_of(client, staff):
    client.force_login(staff.clerk)
    offered = client.get(NEW).context["form"]["about_person"].field.queryset
    assert {staff.head, staff.sec} <= set(offered)
    about = {"about_department": staff.department.pk, "about_person": staff.head.pk}
    client.post(NEW, letter(kind="complaint", **about))
    made = Appeal.objects.get()
    assert (made.about_department, made.about_person) == (staff.department, staff.head)
    # One about the office itself is registered, and left to who does not belong to it.
    found = client.post(NEW, letter(kind="complaint", about_department=staff.office.pk))
    about = Appeal.objects.exclude(pk=made.pk).get()
    assert found["Location"] == "/desk/appeals/"
    assert about.label in client.get(found["Location"]).text
    assert client.get(f"/desk/appeals/{about.pk}/").status_code == 404
