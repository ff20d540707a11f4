"""Describing an organisation; another name or location of a confirmed one is checked first."""

from __future__ import annotations

import pytest
from django.urls import reverse

from organisations.confirming import actions as confirming_actions
from organisations.events import AmendmentAsked, AmendmentDecided, OrganisationChanged
from organisations.models import Amendment
from organisations.registering import actions
from tests import factories
from tests.organisations.conftest import DESCRIBED

pytestmark = pytest.mark.django_db
NEW = {"name": "ТОВ «Нова»", "short_name": "ТОВ «Нова»", "location": "вул. Нова, 1"}


def test_all_of_it_until_it_is_confirmed(claim, olena, emitted):
    made = actions.describe(claim, by=olena, fields={**DESCRIBED, **NEW, "size": "large"})
    assert (made.name, made.size) == (NEW["name"], "large")
    assert emitted == [OrganisationChanged(claim.pk, olena.pk)]


def test_nothing_changed_nothing_told(claim, olena, emitted):
    actions.describe(claim, by=olena, fields=DESCRIBED)
    assert emitted == []


def test_a_confirmed_one_changes_what_nobody_checks(company, head, olena, refused):
    assert actions.describe(company, by=olena, fields={"size": "large"}).size == "large"
    for name, value in NEW.items():
        with refused("organisation.checked_field"):
            actions.describe(company, by=olena, fields={name: value})


def test_only_heads_describe(company, colleague, firm, charlie, ofi, refused):
    for person in (firm, charlie, ofi):
        with refused("mandate.heads_only"):
            actions.describe(company, by=person, fields={"size": "large"})
        with refused("mandate.heads_only"):
            actions.amend(company, by=person, fields=NEW)


def test_another_name_is_shown_when_it_is_checked(company, head, olena, ofi, emitted):
    old = company.short_name
    asked = actions.amend(company, by=olena, fields=NEW)
    company.refresh_from_db()
    assert company.short_name == old
    confirming_actions.decide_amendment(asked, by=ofi, accept=True)
    company.refresh_from_db()
    assert {name: getattr(company, name) for name in NEW} == NEW
    assert emitted == [
        AmendmentAsked(company.pk, olena.pk, asked.pk),
        AmendmentDecided(company.pk, ofi.pk, asked.pk),
        OrganisationChanged(company.pk, ofi.pk),
    ]


def test_turned_down_with_a_reason(company, head, olena, ofi, emitted, refused):
    asked = actions.amend(company, by=olena, fields=NEW)
    with refused("organisation.reason_missing"):
        confirming_actions.decide_amendment(asked, by=ofi, accept=False)
    emitted.clear()
    made = confirming_actions.decide_amendment(
        asked, by=ofi, accept=False, reason=" У реєстрі інша "
    )
    assert (made.is_accepted, made.reason) == (False, "У реєстрі інша")
    assert emitted == [AmendmentDecided(company.pk, ofi.pk, asked.pk)]
    with refused("organisation.decided_already"):
        confirming_actions.decide_amendment(asked, by=ofi, accept=True)


def test_asked_again_the_last_one_counts(company, head, olena):
    actions.amend(company, by=olena, fields=NEW)
    last = actions.amend(company, by=olena, fields={**NEW, "name": "ТОВ «Інша»"})
    assert list(Amendment.objects.filter(decided_at=None)) == [last]


def test_refusals(claim, company, head, olena, mo, refused):
    with refused("organisation.not_confirmed"):
        actions.amend(claim, by=olena, fields=NEW)
    with refused("organisation.nothing_changed"):
        same = {name: getattr(company, name) for name in NEW}
        actions.amend(company, by=olena, fields=same)
    asked = actions.amend(company, by=olena, fields=NEW)
    for person in (olena, mo):
        with refused("organisation.officers_only"):
            confirming_actions.decide_amendment(asked, by=person, accept=True)


def test_an_officer_does_not_decide_what_she_asked(company, head, ofi, refused):
    factories.mandate(ofi, company, is_head=True)
    asked = actions.amend(company, by=ofi, fields=NEW)
    with refused("organisation.own"):
        confirming_actions.decide_amendment(asked, by=ofi, accept=True)


def test_on_the_pages(client, company, head, olena, ofi):
    client.force_login(olena)
    edit = reverse("organisations:edit", args=[company.pk])
    assert 'name="name"' not in client.get(edit).text
    about = {"sector": "C", "size": "small", "contact": "a@b.ua"}
    assert client.post(edit, {**about, "name": "Інше"}).status_code == 302
    company.refresh_from_db()
    assert (company.sector, company.name) == ("C", "ТОВ «Тераса» повністю")
    amend = reverse("organisations:amend", args=[company.pk])
    assert client.post(amend, {**NEW, "name": ""}).status_code == 422
    assert client.post(amend, NEW).status_code == 302
    asked = Amendment.objects.get()
    assert NEW["short_name"] in client.get(company.get_absolute_url()).text
    client.force_login(ofi)
    address = reverse("organisations_desk:amendment", args=[asked.pk])
    assert address in client.get(reverse("organisations_desk:queue")).text
    assert client.post(address, {"decision": "decline"}).status_code == 422
    assert client.post(address, {"decision": "accept"}).status_code == 302
    company.refresh_from_db()
    assert company.short_name == NEW["short_name"]
    assert client.get(address).status_code == 200
