"""Letters on paper of organisations without an account: registered, named, counted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from appeals import actions
from appeals.figures import quarters
from appeals.letters.queries import load_notice
from appeals.letters.wording import LetterKind
from appeals.models import Appeal
from appeals.register.journal import journal
from appeals.repeats import repeats
from core.domain import clock as database_clock
from core.domain.calendar import kyiv
from tests.appeals import factories

pytestmark = pytest.mark.django_db
NEW = "/desk/appeals/new/"
NAME, CODE = "ТОВ «Рудна калина»", "04053915"


def sent(**fields):
    return {
        "via": "letter",
        "received_at": (database_clock.now() - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"),
        "kind": "application",
        "residence": "вул. Тиха, 3",
        "people": "1",
        "subject": "Вивезення сміття",
        "text": "Просимо переглянути графік вивезення.",
        "organisation_name": NAME,
        **fields,
    }


@pytest.fixture
def of_organisation(staff):
    words = {**factories.WORDS, "name": "", "via": "letter", "organisation_name": NAME}
    return actions.file(by=staff.clerk, organisation_code=CODE, **words).appeal


def test_the_office_registers_its_letter(client, staff):
    client.force_login(staff.clerk)
    assert client.post(NEW, sent(organisation_code=" 0405 3915")).status_code == 302
    made = Appeal.objects.get()
    assert (made.organisation_name, made.organisation_code) == (NAME, CODE)
    page = client.get(f"/desk/appeals/{made.pk}/").text
    assert NAME in page
    assert CODE in page
    assert NAME in client.get("/desk/appeals/").text
    assert made.label in client.get("/desk/appeals/", {"q": "калини"}).text


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"organisation_code": "04053916"}, "organisation_code"),
        ({"organisation_code": "4053915"}, "organisation_code"),
        ({"organisation_code": CODE, "organisation_name": " "}, "organisation_name"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(client, staff, fields, field):
    client.force_login(staff.clerk)
    found = client.post(NEW, sent(**fields))
    assert found.status_code == 422
    assert list(found.context["form"].errors) == [field]
    assert not Appeal.objects.exists()


def test_journal_and_letters_name_it(staff, of_organisation):
    (row,) = journal(staff.clerk)
    assert row.name == NAME
    actions.forward(of_organisation, by=staff.clerk, to="Обласна рада")
    of_organisation.refresh_from_db()
    letter = load_notice(of_organisation, LetterKind.FORWARDED)
    assert letter.addressee[0] == NAME


def test_the_journal_names_who_signed_beside_it(staff):
    words = {**factories.WORDS, "via": "letter", "organisation_name": NAME}
    actions.file(by=staff.clerk, **words)
    (row,) = journal(staff.clerk)
    assert row.name == f"{NAME}, {factories.WORDS['name']}"


def test_the_figures_count_it_as_a_businesss(of_organisation):
    day = of_organisation.registered_on
    values = {"first": day, "end": day + timedelta(days=1), "until": kyiv(day + timedelta(days=9))}
    with connection.cursor() as cursor:
        cursor.execute(quarters._FIGURES, values)
        everything = next(row for row in cursor.fetchall() if quarters._BY[row[0]] == "all")
    assert everything[4:6] == (1, 1)


def test_by_the_form_an_organisation_writes_by_a_mandate(olena):
    with factories.refused("appeal.organisation_by_mandate"):
        factories.filed(olena, organisation_name=NAME)


def test_no_code_of_other_signs(of_organisation):
    row = Appeal.objects.filter(pk=of_organisation.pk)
    with pytest.raises(IntegrityError, match="appeal_organisation_code"), transaction.atomic():
        row.update(organisation_code="0405391a")


def test_its_same_letter_is_hinted_at(staff, of_organisation):
    words = {**factories.WORDS, "name": "", "email": "", "residence": "", "via": "letter"}
    again = actions.file(by=staff.clerk, organisation_name=NAME.upper(), **words).appeal
    assert [each.pk for each in repeats(again)] == [of_organisation.pk]
