"""Whoever signs up with another's address, and proves nothing, has nothing of what is hers."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.people import actions as accounts
from accounts.people.documents import IN_FORCE
from petitions.models import Pending, Signature
from petitions.signing import actions as signing
from tests.factories import PASSWORD
from tests.petitions import factories as of_petitions
from tests.votes import factories as of_votes
from votes.models import Invitation

pytestmark = pytest.mark.django_db
EMAIL = "daryna@viche.example"


def claim(email: str = EMAIL) -> User:
    """Sign up with an address and never enter the code that went there."""
    impostor = User(email=email, given_name="Чужа", family_name="Назва", public_name_style="full")
    impostor.set_password(PASSWORD)
    return accounts.sign_up(impostor, agreed=IN_FORCE)


def sign(petition, email: str = EMAIL) -> Signature:
    asked = signing.ask(
        petition, name="Дарина Січова", email=email, address="203.0.113.7", language="uk"
    )
    return signing.confirm(asked)


@pytest.fixture
def petition(olena):
    return of_petitions.petition(olena)


def test_what_was_signed_by_mail_is_not_given_to_whoever_named_the_address(petition):
    claim()
    made = sign(petition)
    made.refresh_from_db()
    assert (made.user_id, made.name, made.email) == (None, "Дарина Січова", EMAIL)


def test_a_signature_by_mail_keeps_nobody_from_signing_up(petition):
    claim()
    sign(petition)
    again = claim()  # she herself now
    assert User.objects.get(email=EMAIL) == again
    assert accounts.forget_unconfirmed(timezone.timedelta(days=-1)) == 1
    assert Signature.objects.filter(petition=petition, name="Дарина Січова").exists()


def _join(client, charlie) -> None:
    client.force_login(charlie)
    client.post(reverse("identity:merge"), {"email": EMAIL, "password": PASSWORD})
    client.post(reverse("identity:merge_confirm"))


def test_nobody_joins_an_address_that_he_only_named(client, charlie, petition, ofi, department):
    made = sign(petition)
    waits = Pending.objects.create(
        petition=of_petitions.petition(ofi),
        name="Дарина Січова",
        email=EMAIL,
        mailbox=b"0" * 16,
        expires_at=timezone.now() + timezone.timedelta(days=1),
    )
    listed = of_votes.poll(ofi, department, people=[("Дарина Січова", EMAIL)])
    claim()
    _join(client, charlie)
    made.refresh_from_db()
    assert made.user_id is None
    assert Pending.objects.filter(pk=waits.pk).exists()
    assert Invitation.objects.get(poll=listed).email == EMAIL


def test_the_council_takes_nobody_for_the_owner_of_an_address_that_she_only_named(client, admin):
    impostor = claim()
    client.force_login(admin)
    found = client.post(reverse("staff:list"), {"email": EMAIL})
    assert found["Location"] == reverse("staff:invite")
    client.post(reverse("people:search"), {"who": EMAIL})
    assert client.get(reverse("people:person", args=[impostor.pk])).status_code == 404
