"""Organisations as a table: zeros and words survive the way out and in, no formula runs."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from core.export.csv import NotATable
from organisations.confirming import actions as confirming_actions
from organisations.mandates import actions_invitations as invitations_actions
from organisations.models import Organisation
from organisations.registering import actions, tables
from tests import factories
from tests.organisations.conftest import CODE, DESCRIBED

HEAD = "ЄДРПОУ;повна назва;коротка назва;місцезнаходження;секція КВЕД;розмір;контакт"
ROW = f"{CODE};Міська рада;Рада;пл. Рудникова, 1;O;large;(000) 000-00-00"


def cells(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.django_db
def test_zeros_survive_the_way_out_and_in(client, claim, olena, ofi, second):
    client.force_login(ofi)
    answer = client.get(reverse("organisations_desk:export"))
    assert answer["Content-Disposition"] == 'attachment; filename="organisations.csv"'
    assert [row[1] for row in cells(answer.content)] == ["ЄДРПОУ", "04053915"]
    done = tables.read(answer.content)
    assert done.wrong == []
    [(_number, row)] = done.rows
    assert (row["code"], row["fields"]) == ("04053915", DESCRIBED)
    made = actions.enter(by=ofi, **row)
    assert made.code == claim.code == "04053915"
    assert made in Organisation.objects.waiting()
    assert not made.mandates.exists()


@pytest.mark.django_db
def test_no_formula_leaves(client, olena, ofi):
    evil = {**DESCRIBED, "name": "=HYPERLINK(1)", "contact": "+380000000000", "short_name": "@a"}
    actions.register(by=olena, kind="legal", code=CODE, fields=evil)
    client.force_login(ofi)
    content = client.get(reverse("organisations_desk:export")).content
    [_head, row] = cells(content)
    assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@"))]
    [(_number, back)] = tables.read(content).rows
    assert {name: back["fields"][name] for name in evil} == evil


@pytest.mark.django_db
def test_the_table_is_for_officers(client, olena, mo):
    for person, status in ((olena, 403), (mo, 403)):
        client.force_login(person)
        assert client.get(reverse("organisations_desk:export")).status_code == status


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (ROW.replace(CODE, "4053915"), "7"),  # a spreadsheet took it for a number
        (ROW.replace(CODE, "4.05E+06"), "ЄДРПОУ|digits|цифр"),
        (ROW.replace(";O;", ";Z;"), "Z"),
        (ROW.replace("Міська рада", ""), ""),
    ],
)
def test_a_wrong_line_is_named(row, words):
    done = tables.read(f"{HEAD}\n{ROW}\n{row}\n".encode())
    assert [number for number, _row in done.rows] == [2]
    [(number, said)] = done.wrong
    assert number == 3
    assert any(word in said for word in words.split("|"))


@pytest.mark.parametrize("mark", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
def test_reads_what_spreadsheets_write(mark, encoding):
    head, row = HEAD.replace(";", mark), ROW.replace(", 1", " 1").replace(";", mark)
    done = tables.read(f"{head}\r\n{row}\r\n\r\n".encode(encoding))
    assert [row["code"] for _number, row in done.rows] == [CODE]


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"a;b\n1;2", "ЄДРПОУ\n1".encode()])
def test_what_is_no_table(content):
    with pytest.raises(NotATable) as reason:
        tables.read(content)
    assert str(reason.value)


@pytest.mark.django_db
def test_the_command(tmp_path, ofi, second, capsys, refused):
    file = tmp_path / "list.csv"
    file.write_text(f"{HEAD}\n{ROW}\n")
    call_command("import_organisations", file, "--by", ofi.email, "--dry-run")
    assert not Organisation.objects.exists()
    call_command("import_organisations", file, "--by", ofi.email)
    made = Organisation.objects.get()
    assert (made.code, made.registered_by, made.confirmed_at) == (CODE, ofi, None)
    # Again: known already, said so, nothing twice.
    call_command("import_organisations", file, "--by", ofi.email)
    assert Organisation.objects.count() == 1
    assert capsys.readouterr().err.startswith("2: ")
    # Whoever brought the list does not confirm it herself.
    with refused("organisation.own"):
        confirming_actions.confirm_at_office(made, by=ofi, papers=["extract"])
    confirming_actions.confirm_at_office(made, by=second, papers=["extract"])
    invitation = invitations_actions.invite(
        made, by=second, email="firm@viche.example", is_head=True
    )
    assert invitations_actions.accept(invitation, by=factories.user("firm")).is_head


@pytest.mark.django_db
def test_the_command_takes_all_or_nothing(tmp_path, ofi, olena):
    file = tmp_path / "list.csv"
    file.write_text(f"{HEAD}\n{ROW}\n{ROW.replace(CODE, '00000000')}\n")
    for by, path in ((ofi.email, file), ("nobody@viche.example", file), (ofi.email, tmp_path)):
        with pytest.raises(CommandError):
            call_command("import_organisations", path, "--by", by)
    assert not Organisation.objects.exists()


@pytest.mark.django_db
def test_each_day_of_the_table_is_its_own():
    made = factories.organisation("ТОВ «Тераса»")
    for month, name in enumerate(("registered_at", "confirmed_at", "closed_at"), 1):
        setattr(made, name, datetime(2027, month, 9, 23, 30, tzinfo=UTC))
    (row,) = csv.DictReader(
        StringIO(tables.write_table([made]).decode("utf-8-sig"), newline=""), delimiter=";"
    )
    days = [row[tables.TITLES[name]] for name in ("registered", "confirmed", "closed")]
    assert days == ["2027-01-10", "2027-02-10", "2027-03-10"]
