"""Registering somebody who has a telephone and no e-mail."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.events import PersonRegistered
from accounts.models import Agreement, PaperAccount, Residence, User
from accounts.paper import actions
from accounts.paper.codes import is_number
from accounts.people.documents import has_changed_for
from accounts.people.fields import to_international
from accounts.residence.events import ResidenceDeclared
from core.domain.rules import Refused
from core.models import AuditEntry
from tests import factories
from tests.accounts.paper.conftest import MARIA

pytestmark = pytest.mark.django_db


def test_she_has_an_account_a_number_and_a_declared_residence(ofi, north, hear):
    told = hear(PersonRegistered, ResidenceDeclared)
    maria = actions.register(by=ofi, district=north, **MARIA)
    maria.refresh_from_db()
    assert (maria.email, maria.phone, maria.has_usable_password()) == (None, MARIA["phone"], False)
    assert is_number(maria.paper_account.number)
    home = Residence.objects.get(user=maria)
    assert told == [
        PersonRegistered(maria.pk, ofi.pk),
        ResidenceDeclared(maria.pk, ofi.pk, home.pk),
    ]
    assert Agreement.objects.filter(user=maria).count() == 2
    assert not has_changed_for(maria)


def test_the_trace_holds_no_telephone(maria):
    assert MARIA["phone"] not in str(list(AuditEntry.objects.values_list("ids", flat=True)))


def test_the_same_name_and_telephone_twice(maria, ofi, north):
    with pytest.raises(Refused) as refused:
        actions.register(by=ofi, district=north, **{**MARIA, "given_name": "МАРІЯ"})
    assert refused.value.verdict.code == "paper.known"
    actions.register(by=ofi, district=north, **{**MARIA, "given_name": "Микола"})  # her husband


@pytest.mark.parametrize("who", ["olena", "mo"])
def test_who_may_not(request, who, north):
    with pytest.raises(Refused) as refused:
        actions.register(by=request.getfixturevalue(who), district=north, **MARIA)
    assert refused.value.verdict.code == "people.not_officer"


def test_an_administrator_may(admin, north):
    assert actions.register(by=admin, district=north, **MARIA)


@pytest.mark.parametrize(
    "columns",
    [{"email": None}, {"email": ""}, {"email": None, "phone": ""}, {"phone": "067 123 45 67"}],
)
def test_nobody_is_out_of_reach(olena, columns):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=olena.pk).update(**columns)


def test_two_without_e_mail_stand_beside_each_other(maria, ofi, north):
    actions.register(by=ofi, district=north, **{**MARIA, "family_name": "Інша"})
    assert User.objects.filter(email=None).count() == 2


def test_numbers_differ(ofi, north):
    for number in range(20):
        actions.register(by=ofi, district=north, **{**MARIA, "family_name": f"Я{number}"})
    assert PaperAccount.objects.values("number").distinct().count() == 20


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("067 123-45-67", "+380671234567"),
        ("(067) 1234567", "+380671234567"),
        ("380671234567", "+380671234567"),
        ("+38 067 123 45 67", "+380671234567"),
        ("0564 92 01 01", "+380564920101"),
        ("+48 600 100 200", "+48600100200"),
        ("1234567", None),
        ("067 123 45", None),
        ("+38067123456", None),
        ("٠671234567", None),
        ("телефон", None),
        ("", None),
    ],
)
def test_telephones_as_people_write_them(written, number):
    if number:
        assert to_international(written) == number
    else:
        with pytest.raises(ValidationError):
            to_international(written)


def test_somebody_with_an_e_mail_may_have_a_telephone_too(db):
    assert factories.user("both", phone="+380671234567").phone
