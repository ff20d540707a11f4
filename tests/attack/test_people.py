"""What is known of people, and who may speak for whom: attacks on identity and mandates."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.data.actions import erase
from accounts.models import Grant
from accounts.staff.actions import revoke
from organisations import actions as organisations
from organisations.models import Organisation
from tests.organisations.conftest import CODE, DESCRIBED

pytestmark = pytest.mark.django_db

#: Of nobody: the check digit fits.
PERSON_CODE = "3184710691"
HOURS_AGO = 13 * 3600


def age_factor(client) -> None:
    """Let the session's second factor be too old for the desk."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= HOURS_AGO
    session.modified = True
    session.save()


def test_a_persons_code_waits_in_no_session(client, ofi, olena):
    """The gate keeps a form while it asks for the factor: whoever reads the table of sessions, or
    a copy of the database, would read РНОКПП there."""
    client.force_login(ofi)
    age_factor(client)
    page = reverse("people:check", args=[olena.pk])
    answer = client.post(page, {"person_code": PERSON_CODE, "document": "passport"})
    assert (answer.status_code, page.replace("/", "%2F") in answer["Location"]) == (302, True)
    assert PERSON_CODE not in str(dict(client.session))


def test_other_forms_of_the_desk_still_wait(client, ofi):
    client.force_login(ofi)
    age_factor(client)
    client.post(reverse("people:search"), {"who": "olena@viche.example"})
    assert "account_reauthentication_state" in client.session


def test_whoever_leaves_the_council_takes_no_list_with_her(ofi, admin):
    """What an officer entered for the city is none of her own: her erasure closes nothing of it."""
    entered = organisations.enter(by=ofi, kind="legal", code=CODE, fields=DESCRIBED)
    for held in Grant.objects.filter(user=ofi):
        revoke(held, by=admin, reason="Звільнилася.")
    ofi.refresh_from_db()
    erase(ofi, by=ofi)
    assert list(Organisation.objects.waiting()) == [entered]
    entered.refresh_from_db()
    assert (entered.name, entered.contact) == (DESCRIBED["name"], DESCRIBED["contact"])
