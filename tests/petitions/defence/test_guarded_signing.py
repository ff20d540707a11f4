"""Signing a guarded petition: with a proof, without one, without JavaScript."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Residence
from city.models import District
from petitions.defence import guarding, proof
from petitions.models import Signature
from tests.petitions.defence.test_guard import solved
from tests.petitions.factories import petition, procedure

pytestmark = pytest.mark.django_db
Status = Signature.Status


@pytest.fixture
def guarded(olena, mo, settings):
    settings.PROOF_COST = 10
    one = petition(olena)
    guarding.raise_guard(one, by=mo)
    return one


@pytest.fixture
def signer(client, bohdan):
    client.force_login(bohdan)
    return client


def test_the_page_brings_the_task(signer, guarded, olena):
    page = signer.get(reverse("petitions:sign", args=[guarded.pk])).content.decode()
    assert reverse("petitions:challenge", args=[guarded.pk]) in page
    assert reverse("petitions:sign_by_mail", args=[guarded.pk]) in page
    other = signer.get(reverse("petitions:sign", args=[petition(olena).pk])).content.decode()
    assert "challenge" not in other


def test_with_its_solution_one_signs(signer, guarded, bohdan):
    given = solved(proof.challenge(guarded.pk, bohdan.pk))
    answer = signer.post(reverse("petitions:sign", args=[guarded.pk]), {"altcha": given})
    assert answer.status_code == 302
    assert guarded.signatures.get().status == Status.COUNTED


def test_without_it_the_way_by_mail_is_shown(signer, guarded):
    answer = signer.post(reverse("petitions:sign", args=[guarded.pk]))
    assert answer.status_code == 403
    assert reverse("petitions:sign_by_mail", args=[guarded.pk]) in answer.content.decode()
    assert not guarded.signatures.exists()


def test_where_there_is_no_mail_it_waits_for_a_check(signer, olena, mo, bohdan):
    one = petition(olena, procedure=procedure(signers="residents"))
    guarding.raise_guard(one, by=mo)
    district = District.objects.create(name="Північний", slug="north")
    Residence.objects.create(user=bohdan, district=district)
    answer = signer.post(reverse("petitions:sign", args=[one.pk]))
    assert answer.status_code == 302
    made = one.signatures.get()
    assert (made.status, made.suspicion) == (Status.CHECKING, "guard")


def test_a_guard_costs_few_statements_more(signer, guarded, olena, bohdan):
    given = solved(proof.challenge(guarded.pk, bohdan.pk))
    with CaptureQueriesContext(
        connection,
    ) as with_guard:
        signer.post(reverse("petitions:sign", args=[guarded.pk]), {"altcha": given})
    other = petition(olena)
    with CaptureQueriesContext(connection) as without:
        signer.post(reverse("petitions:sign", args=[other.pk]))
    # The solution's single use, the time at which it is judged, once a second who is guarded.
    assert len(with_guard) <= len(without) + 3
