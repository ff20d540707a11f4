"""Whoever gave the contact erases her account: it goes, and the organisation is still reached."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.data.actions import erase
from core.domain.clock import Now
from organisations.events import ContactReplaced
from organisations.models import Mandate, Organisation
from tests import factories
from tests.organisations.test_mails import deliver

pytestmark = pytest.mark.django_db
CONTACT = "Олена Коваль, 050 000 00 07"


@pytest.fixture
def other_head(company, bohdan) -> Mandate:
    return factories.mandate(bohdan, company, is_head=True)


def contact_of(organisation: Organisation) -> str:
    return Organisation.objects.get(pk=organisation.pk).contact


def test_another_heads_takes_its_place(company, olena, bohdan, other_head, emitted):
    Organisation.objects.update(contact=CONTACT)
    erase(olena, by=olena)
    assert contact_of(company) == bohdan.email
    assert [event for event in emitted if isinstance(event, ContactReplaced)] == [
        ContactReplaced(company.pk, olena.pk, bohdan.pk)
    ]


def test_of_a_head_without_e_mail_it_is_the_telephone(company, olena, bohdan, other_head):
    type(bohdan).objects.filter(pk=bohdan.pk).update(email=None, phone="+380440000007")
    erase(olena, by=olena)
    assert contact_of(company) == "+380440000007"


def test_her_address_goes_also_where_somebody_else_registered(company, colleague, olena, firm):
    Organisation.objects.update(contact=f"пишіть на {firm.email.upper()}")
    erase(firm, by=firm)
    assert contact_of(company) == olena.email


def test_anothers_contact_stays(company, colleague, firm):
    Organisation.objects.update(contact=CONTACT)
    erase(firm, by=firm)
    assert contact_of(company) == CONTACT


def test_of_what_is_closed_or_unconfirmed_nothing_stays(claim, company, olena, other_head):
    Organisation.objects.filter(pk=company.pk).update(closed_at=Now())
    erase(olena, by=olena)
    assert (contact_of(claim), contact_of(company)) == ("", "")


def test_heads_are_told(company, olena, bohdan, other_head):
    erase(olena, by=olena)
    told = deliver()
    assert set(told) == {("bohdan", "contact")}
    assert f"звертатимемося за таким: {bohdan.email}" in told["bohdan", "contact"]


def test_the_page_says_that_there_is_none(company, olena):
    Organisation.objects.update(contact="")
    client = Client()
    client.force_login(olena)
    assert "Контакту організації не вказано" in client.get(company.get_absolute_url()).text
