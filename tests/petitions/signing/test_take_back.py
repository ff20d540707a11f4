"""Taking a signature back: until nobody can sign any more; nothing that says whose it was stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from core.domain import clock as time
from core.domain.email_addresses import to_delivered
from petitions import limits
from petitions.models import Petition, Signature, Total
from petitions.signing import actions, counting, queries, tokens
from petitions.signing.mailbox import key_of
from tests.petitions import factories

pytestmark = pytest.mark.django_db

ADDRESS = "203.0.113.7"


@pytest.fixture
def petition(olena):
    return factories.petition(olena)


@pytest.fixture
def signed(petition, bohdan):
    return actions.sign(petition, by=bohdan, address=ADDRESS)


def test_it_is_nobodys_any_more(petition, signed, bohdan, emitted):
    actions.take_back(signed, by=bohdan)
    kept = Signature.objects.get()
    assert kept.status == Signature.Status.WITHDRAWN
    assert (kept.user, kept.mailbox, kept.network, kept.at) == (None, None, None, signed.at)
    assert (kept.name, kept.email, kept.domain) == ("", "", "")
    assert emitted == []


def test_a_recount_is_left_behind(petition, signed, bohdan, run_jobs):
    counting.recount([petition.pk])
    assert Total.objects.get(pk=petition.pk).counted == 1
    actions.take_back(signed, by=bohdan)
    run_jobs()
    total = Total.objects.get(pk=petition.pk)
    assert (total.counted, total.withdrawn) == (0, 1)


def test_one_may_sign_again(petition, signed, bohdan):
    actions.take_back(signed, by=bohdan)
    again = actions.sign(petition, by=bohdan, address=ADDRESS)
    assert again.pk != signed.pk
    assert Signature.objects.count() == 2


def test_not_somebody_elses(signed, olena, refused):
    with refused("petition.not_your_signature"):
        actions.take_back(signed, by=olena)


def test_not_twice(signed, bohdan, refused):
    actions.take_back(signed, by=bohdan)
    with refused("petition.not_signed"):
        actions.take_back(signed, by=bohdan)


def test_not_once_it_was_removed(signed, bohdan, mo, refused):
    factories.removed([signed], by=mo)
    with refused("petition.signature_removed"):
        actions.take_back(signed, by=bohdan)


def test_until_the_last_moment(petition, signed, bohdan, clock, refused):
    clock.set(petition.closes_at)
    with refused("petition.not_open"):
        actions.take_back(signed, by=bohdan)
    clock.set(petition.closes_at - timedelta(seconds=30))
    actions.take_back(signed, by=bohdan)


def test_not_once_the_review_has_begun(petition, signed, bohdan, refused):
    now = time.now()
    Petition.objects.filter(pk=petition.pk).update(
        reached_at=now, notice_due_on=now, review_at=now, review_due_on=now
    )
    with refused("petition.not_open"):
        actions.take_back(signed, by=bohdan)


def test_by_mail_from_ones_mailbox_is_ones_own(petition, bohdan):
    """Who signed by mail and then got an account takes it back there."""
    key = key_of(petition.pk, bohdan.email)
    (made,) = factories.signatures(petition, 1, mailbox=key, email=bohdan.email)
    actions.take_back(made, by=bohdan)
    assert Signature.objects.get().status == Signature.Status.WITHDRAWN


def test_who_imitates_a_mailbox_has_no_say_about_its_signature(petition, bohdan, refused):
    """Of two mailboxes that look the same one signs; the other one does not see or undo it."""
    (made,) = factories.signatures(
        petition, 1, mailbox=key_of(petition.pk, "olha@aol.com"), email="olha@aol.com"
    )
    bohdan.email = to_delivered("olha@аоӏ.com")  # all Cyrillic
    bohdan.save()
    assert queries.own_signature(petition.pk, bohdan) is None
    with refused("petition.not_your_signature"):
        actions.take_back(made, by=bohdan)
    with refused("petition.signed_already"):
        actions.sign(petition, by=bohdan, address=ADDRESS)
    assert not queries.signed_by(bohdan).exists()


def test_by_the_page(client, petition, signed, bohdan):
    client.force_login(bohdan)
    address = reverse("petitions:unsign", args=[petition.pk])
    asked = client.get(address)
    assert asked.status_code == 200
    assert Signature.objects.get().status == Signature.Status.COUNTED
    assert client.post(address).status_code == 200
    assert Signature.objects.get().status == Signature.Status.WITHDRAWN
    assert client.get(address).status_code == 404


def test_by_the_link_of_ones_signature(client, petition):
    (made,) = factories.signatures(petition, 1)
    made.refresh_from_db()
    token = tokens.page_of_signature(made)
    address = reverse("petitions:signature", args=[petition.pk, made.pk, token])
    wrong = reverse("petitions:signature", args=[petition.pk, made.pk, "0" * 40])
    assert client.post(wrong).status_code == 404
    assert client.get(address).status_code == 200
    assert Signature.objects.get().status == Signature.Status.COUNTED
    assert client.post(address).status_code == 200
    assert Signature.objects.get().status == Signature.Status.WITHDRAWN
    gone = client.get(address)
    assert (
        gone.status_code == 200
        and "<form" not in gone.text.partition("<main")[2].partition("</main")[0]
    )


def test_it_is_limited(client, petition, bohdan, signed):
    for _ in range(limits.TAKE_BACK.most):
        limits.TAKE_BACK.spend(bohdan.pk)
    client.force_login(bohdan)
    assert client.post(reverse("petitions:unsign", args=[petition.pk])).status_code == 429
