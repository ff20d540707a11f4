"""Confirming: by a signature with both codes, at the office; and what becomes of other claims."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.identity.keys import person_key
from accounts.models import Verification
from core.domain import clock as database_clock
from organisations.confirming import actions
from organisations.events import (
    OrganisationConfirmed,
    OrganisationOvertaken,
    OrganisationRefused,
)
from organisations.mandates import queries
from organisations.models import Organisation
from organisations.registering import actions as registering_actions
from tests import factories
from tests.organisations.conftest import CODE, DESCRIBED

pytestmark = pytest.mark.django_db
RNOKPP = "2530414071"
PAPERS = ["extract", "identity"]


def verified(user, *, level=30, code=CODE, rnokpp=RNOKPP, **fields) -> Verification:
    return Verification.objects.create(
        user=user,
        level=level,
        how="provider",
        source="id.gov.ua",
        person_key=person_key(rnokpp),
        organisation_code=code,
        organisation_name="ВИКОНАВЧИЙ КОМІТЕТ" if code else "",
        **fields,
    )


# --- by a signature ----------------------------------------------------------------------


def test_by_the_signature_of_its_head(claim, olena, emitted):
    verified(olena)
    made = actions.confirm_by_signature(claim, by=olena)
    assert (made.how, made.confirmed_by, made.is_confirmed) == ("signature", olena, True)
    assert emitted == [OrganisationConfirmed(made.pk, olena.pk)]
    assert [mandate.organisation for mandate in queries.of(olena)] == [made]


def test_it_is_called_as_the_signature_says(claim, olena):
    """Who typed the name of somebody else does not get to speak under it."""
    verified(olena)
    made = actions.confirm_by_signature(claim, by=olena)
    made.refresh_from_db()
    assert (made.name, made.short_name) == ("ВИКОНАВЧИЙ КОМІТЕТ", "ВИКОНАВЧИЙ КОМІТЕТ")


def test_a_signature_that_names_nothing_confirms_nothing(claim, olena, refused):
    verified(olena)
    Verification.objects.update(organisation_name="")
    with refused("organisation.signature_names_none"):
        actions.confirm_by_signature(claim, by=olena)


def test_a_sole_proprietor_by_her_own_signature(olena, refused):
    mine = registering_actions.register(
        by=olena, kind="sole", code_key=person_key(RNOKPP), fields=DESCRIBED
    )
    verified(olena, code="", rnokpp="1759013776")
    with refused("organisation.signature_of_another"):
        actions.confirm_by_signature(mine, by=olena)
    Verification.objects.update(person_key=person_key(RNOKPP))
    assert actions.confirm_by_signature(mine, by=olena).is_confirmed


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (None, "organisation.signature_needed"),
        ({"level": 20}, "organisation.signature_needed"),
        ({"code": "32855961"}, "organisation.signature_of_another"),
        ({"code": ""}, "organisation.signature_of_another"),
    ],
)
def test_another_signature_does_not(claim, olena, refused, given, code):
    if given is not None:
        verified(olena, **given)
    with refused(code):
        actions.confirm_by_signature(claim, by=olena)


def test_a_signature_that_has_run_out_does_not(claim, olena, clock, refused):
    verified(olena, expires_at=database_clock.now())
    clock.advance(seconds=1)
    with refused("organisation.signature_needed"):
        actions.confirm_by_signature(claim, by=olena)


def test_nor_the_signature_of_somebody_else(claim, firm, refused):
    verified(firm)
    with refused("mandate.heads_only"):
        actions.confirm_by_signature(claim, by=firm)


def test_by_the_button_on_its_page(client, claim, olena):
    client.force_login(olena)
    address = reverse("organisations:sign", args=[claim.pk])
    assert client.post(address).status_code == 422
    verified(olena)
    assert address in client.get(claim.get_absolute_url()).text
    assert client.post(address).status_code == 302
    claim.refresh_from_db()
    assert claim.is_confirmed


# --- at the office ----------------------------------------------------------------------


def test_at_the_office(claim, ofi, emitted):
    made = actions.confirm_at_office(claim, by=ofi, papers=PAPERS)
    assert (made.how, made.papers, made.confirmed_by) == ("office", PAPERS, ofi)
    assert emitted == [OrganisationConfirmed(made.pk, ofi.pk)]


def test_is_for_officers(claim, olena, mo, refused):
    for person in (olena, mo):
        with refused("organisation.officers_only"):
            actions.confirm_at_office(claim, by=person, papers=PAPERS)


def test_not_without_papers(claim, ofi, refused):
    for papers in ([], ["proxy"], ["anything"]):
        with refused("organisation.papers_missing"):
            actions.confirm_at_office(claim, by=ofi, papers=papers)


def test_not_ones_own(ofi, refused):
    own = registering_actions.register(by=ofi, kind="legal", code=CODE, fields=DESCRIBED)
    with refused("organisation.own"):
        actions.confirm_at_office(own, by=ofi, papers=PAPERS)


def test_not_twice_and_not_what_is_closed(company, olena, ofi, refused):
    with refused("organisation.confirmed_already"):
        actions.confirm_at_office(company, by=ofi, papers=PAPERS)
    registering_actions.close(company, by=olena)
    with refused("organisation.closed"):
        actions.confirm_at_office(company, by=ofi, papers=PAPERS)


def test_others_who_claimed_the_code_are_told_and_closed(claim, firm, ofi, emitted):
    other = registering_actions.register(by=firm, kind="legal", code=CODE, fields=DESCRIBED)
    emitted.clear()
    actions.confirm_at_office(other, by=ofi, papers=PAPERS)
    assert emitted == [
        OrganisationConfirmed(other.pk, ofi.pk),
        OrganisationOvertaken(claim.pk, ofi.pk, other.pk),
    ]
    claim.refresh_from_db()
    assert claim.closed_at is not None


def test_a_claim_that_came_too_late_is_refused_by_the_constraint(claim, ofi, refused):
    """As when it was registered while the other one was being confirmed."""
    factories.organisation("ТОВ «Інша»", code=CODE)
    with refused("organisation.code_taken"):
        actions.confirm_at_office(claim, by=ofi, papers=PAPERS)


def test_budget(claim, ofi, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        actions.confirm_at_office(claim, by=ofi, papers=PAPERS)


def test_refused_with_a_reason_it_can_be_corrected(claim, olena, ofi, emitted, refused):
    with refused("organisation.reason_missing"):
        actions.refuse_at_office(claim, by=ofi, reason="  ")
    with refused("organisation.officers_only"):
        actions.refuse_at_office(claim, by=olena, reason="ні")
    waited = claim.waits_since
    made = actions.refuse_at_office(claim, by=ofi, reason=" Інша адреса ")
    assert (made.refused_reason, made.refused_by) == ("Інша адреса", ofi)
    assert emitted == [OrganisationRefused(made.pk, ofi.pk)]
    with refused("organisation.refused_already"):
        actions.refuse_at_office(claim, by=ofi, reason="ще раз")
    again = registering_actions.describe(
        claim, by=olena, fields={**DESCRIBED, "location": "вул. Рудна, 1"}
    )
    assert again in Organisation.objects.waiting()
    assert again.waits_since > waited
    assert actions.confirm_at_office(again, by=ofi, papers=PAPERS).is_confirmed


def test_the_desks_pages(client, claim, ofi, olena, django_assert_max_num_queries):
    address = reverse("organisations_desk:detail", args=[claim.pk])
    client.force_login(olena)
    assert client.get(address).status_code == 403
    client.force_login(ofi)
    assert claim.short_name in client.get(reverse("organisations_desk:queue")).text
    assert client.post(f"{address}confirm/", {}).status_code == 422
    assert client.post(f"{address}refuse/", {"reason": ""}).status_code == 422
    assert client.post(f"{address}confirm/", {"papers": PAPERS}).status_code == 302
    shown = client.get(reverse("organisations_desk:queue") + "?list=confirmed")
    assert claim.short_name in shown.text
    with django_assert_max_num_queries(20):
        assert client.get(address).status_code == 200


def test_the_queue_costs_the_same_with_many(client, ofi, department, django_assert_max_num_queries):
    for number in range(25):
        person = factories.user(f"p{number}")
        registering_actions.register(by=person, kind="legal", code=CODE, fields=DESCRIBED)
    client.force_login(ofi)
    with django_assert_max_num_queries(16):
        page = client.get(reverse("organisations_desk:queue"))
    assert "after=" in page.text
