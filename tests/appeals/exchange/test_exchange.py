"""Exchange with a document system: out encrypted and for a day, in numbers and days alone."""

from __future__ import annotations

import json
from datetime import timedelta

import pyrage
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.data import retention
from accounts.models import DataAccess
from appeals.exchange import actions, rules
from appeals.exchange.document import SCHEMA
from appeals.models import Answer, Appeal, AppealsExport, Entry, Reading, SystemRegistration
from core.domain import clock as database_clock
from core.domain.calendar import local_date
from core.models import AuditEntry
from tests.appeals import factories

pytestmark = pytest.mark.django_db
PAGE = reverse("appeals_desk:exchange")
NUMBERS = reverse("appeals_desk:exchange_numbers")
REASON = "Перенесення до системи документообігу за місяць"


@pytest.fixture
def key():
    return pyrage.x25519.Identity.generate()


def asked(key, **fields):
    """From today for two weeks: what comes in after hours is registered on a later day."""
    today = local_date(database_clock.now())
    days = {"since": today.isoformat(), "until": (today + timedelta(days=14)).isoformat()}
    return {**days, "recipient": str(key.to_public()), "reason": REASON, **fields}


def make(client, staff, key):
    client.force_login(staff.clerk)
    assert client.post(PAGE, asked(key))["Location"] == PAGE
    return AppealsExport.objects.get()


def fetch(client, export):
    return client.get(reverse("appeals_desk:exchange_file", args=[export.pk]))


def test_it_opens_with_the_key_and_not_without(client, staff, in_work, received, key):
    answer = factories.answered(in_work, "Ліхтар світить.")
    export = make(client, staff, key)
    content = fetch(client, export).content
    assert b"age-encryption.org" in content and SCHEMA.encode() not in content
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(content, [pyrage.x25519.Identity.generate()])
    document = json.loads(pyrage.decrypt(content, [key]))
    assert document["schema"] == SCHEMA
    told = {each["number"]: each for each in document["appeals"]}
    assert told.keys() == {in_work.label, received.label}
    assert told[received.label]["text"] == received.text
    (sent,) = told[in_work.label]["answers"]
    assert sent["text"] == answer.text
    assert sent["number"] == in_work.outgoing.get(answer=answer).label
    assert sent["system_number"] == ""


def test_each_journal_gets_the_look(client, staff, in_work, received, key, olena):
    export = make(client, staff, key)
    look = DataAccess.objects.get(user=olena)
    assert (look.by, look.why) == (staff.clerk, "appeal.export")
    assert set(Reading.objects.values_list("appeal", flat=True)) == {in_work.pk, received.pk}
    fetch(client, export)
    events = AuditEntry.objects.filter(event__startswith="AppealsExport").order_by("pk")
    assert [each.event for each in events] == ["AppealsExported", "AppealsExportFetched"]
    assert (export.by, export.reason, export.appeals) == (staff.clerk, REASON, 2)


def test_nobody_but_the_office(client, staff, admin, received, key):
    """Another department, an administrator out of the office, and another officer of the office."""
    for user in (staff.other, staff.worker, admin):
        client.force_login(user)
        for page in (PAGE, NUMBERS):
            assert client.get(page).status_code == 403
        assert client.post(PAGE, asked(key)).status_code == 403
    export = make(client, staff, key)
    client.force_login(staff.chief)
    assert fetch(client, export).status_code == 404
    client.force_login(staff.other)
    assert fetch(client, export).status_code == 404
    assert SystemRegistration.objects.count() == 0


def test_a_complaint_about_oneself_is_not_in_ones_file(client, staff, received, key):
    factories.appeal(kind="complaint", about_person=staff.clerk, subject="На реєстратора")
    content = fetch(client, make(client, staff, key)).content
    assert "На реєстратора" not in pyrage.decrypt(content, [key]).decode()


def test_it_asks_for_a_fresh_proof(client, staff, received, key):
    export = make(client, staff, key)
    client.force_login(staff.clerk, fresh=False)
    for found in (client.post(PAGE, asked(key)), fetch(client, export)):
        assert found.status_code == 302 and "next=" in found["Location"]
    assert AppealsExport.objects.count() == 1


def test_it_is_gone_after_24_hours(client, staff, received, key, clock):
    export = make(client, staff, key)
    clock.advance(hours=23, minutes=59)
    assert fetch(client, export).status_code == 200
    retention.sweep_all()
    assert AppealsExport.objects.get().content
    clock.advance(minutes=1)
    found = fetch(client, export)
    assert found["Location"] == PAGE
    assert "24 години" in client.get(PAGE).text
    assert not client.get(PAGE).context["exports"]
    retention.sweep_all()
    kept = AppealsExport.objects.get()
    assert not kept.content and kept.reason == REASON


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"recipient": "age1nokey"}, "recipient"),
        ({"recipient": "ssh-ed25519 AAAA"}, "recipient"),
        ({"reason": "треба"}, "reason"),
        ({"reason": ""}, "reason"),
        ({"since": "2020-01-01", "until": "2020-01-02"}, "since"),
        ({"since": "2026-01-02", "until": "2026-01-01"}, "until"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(client, staff, received, key, fields, field):
    client.force_login(staff.clerk)
    found = client.post(PAGE, asked(key, **fields))
    assert found.status_code == 422
    assert field in found.context["form"].errors
    assert not AppealsExport.objects.exists()


def test_too_many_at_once(client, staff, received, key, monkeypatch):
    monkeypatch.setattr(rules, "MOST_APPEALS", 1)
    factories.appeal()
    client.force_login(staff.clerk)
    assert "since" in client.post(PAGE, asked(key)).context["form"].errors


# --- numbers that come back -----------------------------------------------------------------------


def table(*lines):
    rows = "\n".join(("звернення;відповідь;номер;дата", *lines))
    return {"file": SimpleUploadedFile("numbers.csv", rows.encode())}


def everything():
    """All that is stored of appeals, answers and their history."""
    return [list(model.objects.order_by("pk").values()) for model in (Appeal, Answer, Entry)]


def test_the_preview_stores_nothing_and_the_import_numbers_and_days_alone(client, staff, in_work):
    factories.answered(in_work)
    letter = in_work.outgoing.get(answer__isnull=False)
    day = local_date(database_clock.now())
    lines = (
        f"{in_work.label};;125/03-14;{day:%d.%m.%Y}",
        f"{in_work.label};{letter.label};77-вих;{day.isoformat()}",
    )
    before = everything()
    client.force_login(staff.clerk)
    preview = client.post(NUMBERS, table(*lines))
    assert "125/03-14" in preview.text and not SystemRegistration.objects.exists()
    signed = preview.context["confirm"].initial["lines"]
    assert client.post(NUMBERS, {"lines": signed}).status_code == 302
    stored = SystemRegistration.objects.order_by("pk").values_list("answer", "number", "day")
    assert list(stored) == [(None, "125/03-14", day), (letter.answer_id, "77-вих", day)]
    assert everything() == before
    assert AuditEntry.objects.filter(event="SystemNumbersImported").count() == 1
    # Again: nothing changes; another number takes the place of the former.
    assert "нічого не змінює" in client.post(NUMBERS, table(*lines)).text
    other = client.post(NUMBERS, table(lines[0].replace("125/03-14", "126")))
    assert "125/03-14" in other.text
    client.post(NUMBERS, {"lines": other.context["confirm"].initial["lines"]})
    assert SystemRegistration.objects.get(answer=None).number == "126"
    assert "126, " in client.get(reverse("appeals_desk:detail", args=[in_work.pk])).text


def test_wrong_lines_are_named_and_nothing_is_brought(client, staff, in_work):
    day = local_date(database_clock.now())
    tomorrow = day + timedelta(days=1)
    client.force_login(staff.clerk)
    found = client.post(
        NUMBERS,
        table(
            f"{in_work.label};;1;{day}",
            f"999-{day:%d.%m.%Y};;2;{day}",
            f"{in_work.label};5/вих-1999;3;{day}",
            f"без номера;;4;{day}",
            f"{in_work.label};;;{day}",
            f"{in_work.label};;6;{tomorrow}",
            f"{in_work.label};;7;31.02.2026",
            f"{in_work.label};;8;{day}",
        ),
    )
    assert [fault.line for fault in found.context["faults"]] == [3, 4, 5, 6, 7, 8, 9]
    assert "bring" not in found.context["form"].errors
    signed = found.context["confirm"].initial["lines"]
    client.post(NUMBERS, {"lines": signed})  # sent all the same
    assert not SystemRegistration.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7\n\0\0",
        b"age-encryption.org/v1\n-> X25519 abc\n",
        b"PK\x03\x04junk",
        b"a;b\n1;2\n",
    ],
)
def test_a_wrong_file_gets_a_clear_sentence(client, staff, content):
    client.force_login(staff.clerk)
    found = client.post(NUMBERS, {"file": SimpleUploadedFile("x.csv", content)})
    (words,) = found.context["form"].errors["file"]
    assert words.endswith(".") and found.status_code == 422


def test_a_changed_preview_is_refused(client, staff):
    client.force_login(staff.clerk)
    assert client.post(NUMBERS, {"lines": "1:2:3"})["Location"] == NUMBERS
    assert "застарів" in client.get(NUMBERS).text


def test_another_office_brings_nothing(staff, in_work, refused):
    with refused("appeal.office_only"):
        actions.import_numbers([], by=staff.other)
