"""Whoever agreed to earlier documents is asked again after signing in, and may decide later."""

from __future__ import annotations

import pytest

from accounts.events import DocumentsAgreed
from accounts.models import Agreement
from accounts.people import actions
from accounts.people.documents import IN_FORCE
from core.domain.rules import Refused
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
PAGE = "/account/agree/"


@pytest.fixture
def earlier(resident):
    """Somebody who agreed to the documents of another day."""
    Agreement.objects.bulk_create(
        Agreement(user=resident, document=document, version="2020-01-01") for document in IN_FORCE
    )
    return resident


def sign_in(client, user, after="/consultations/"):
    return client.post(
        f"/account/login/?next={after}",
        {"login": user.email, "password": PASSWORD, "next": after},
    )


def agreed_now(user) -> bool:
    kept = set(user.agreements.values_list("document", "version"))
    return kept.issuperset(IN_FORCE.items())


def test_is_asked_after_signing_in_and_goes_on(client, earlier):
    page = sign_in(client, earlier)
    assert page["Location"] == f"{PAGE}?next=%2Fconsultations%2F"
    shown = client.get(page["Location"])
    assert 'href="/consultations/"' in shown.text  # decide later
    assert IN_FORCE["terms"] in shown.text
    done = client.post(page["Location"], {**IN_FORCE, "agreed": "on"})
    assert done["Location"] == "/consultations/"
    assert agreed_now(earlier)


def test_whoever_agreed_or_was_never_asked_goes_straight_on(client, earlier):
    actions.agree(earlier, agreed=IN_FORCE)
    assert sign_in(client, earlier)["Location"] == "/consultations/"
    client.logout()
    earlier.agreements.all().delete()
    assert sign_in(client, earlier)["Location"] == "/consultations/"


def test_says_so_once(earlier, hear):
    told = hear(DocumentsAgreed)
    actions.agree(earlier, agreed=IN_FORCE)
    assert told == [DocumentsAgreed(earlier.pk, earlier.pk)]
    actions.agree(earlier, agreed=IN_FORCE)
    assert earlier.agreements.count() == 2 * len(IN_FORCE)


def test_a_version_that_is_not_in_force_is_refused(client, earlier):
    with pytest.raises(Refused) as refusal:
        actions.agree(earlier, agreed={**IN_FORCE, "terms": "2021-01-01"})
    assert refusal.value.verdict.code == "account.document_changed"
    assert not agreed_now(earlier)
    client.force_login(earlier)
    page = client.post(PAGE, {**IN_FORCE, "terms": "2021-01-01", "agreed": "on"})
    assert page.status_code == 422
    assert IN_FORCE["terms"] in page.text
    assert "2021-01-01" not in page.text
    assert not agreed_now(earlier)


def test_needs_the_tick(client, earlier):
    client.force_login(earlier)
    assert client.post(PAGE, {**IN_FORCE}).status_code == 422
    assert not agreed_now(earlier)


def test_is_for_who_is_signed_in_and_leads_to_this_site_alone(client, earlier):
    assert client.get(PAGE).status_code == 302
    client.force_login(earlier)
    done = client.post(f"{PAGE}?next=https://evil.example/", {**IN_FORCE, "agreed": "on"})
    assert done["Location"] == "/account/me/"
