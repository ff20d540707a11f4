"""What is known of people, and who may speak for whom: attacks on identity and mandates."""

from __future__ import annotations

import pytest
from django.urls import reverse

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
