"""A signer stops her mails in one click, with no account, no cookie and no page before it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from petitions.models import Signature, State
from petitions.signing.tokens import page_of_signature, token_of_mails
from tests.petitions import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def signature(olena) -> Signature:
    petition = factories.petition(olena)
    factories.signatures(petition, 1)
    return Signature.objects.get()


def address(signature: Signature, token: str = "") -> str:
    args = [signature.petition_id, signature.pk, token or token_of_mails(signature)]
    return reverse("petitions:unsubscribe", args=args)


def wants(signature: Signature) -> bool:
    signature.refresh_from_db()
    return signature.wants_news


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_mail_program_stops_them(signature, kind):
    """Without cookies and tokens; an answer that is no redirect (RFC 8058 3.1, 3.2)."""
    program = Client(enforce_csrf_checks=True)
    body = "List-Unsubscribe=One-Click"
    if kind.startswith("multipart"):
        kind += "; boundary=x"
        body = (
            '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\n'
            "One-Click\r\n--x--\r\n"
        )
    answer = program.post(address(signature), body, content_type=kind)
    assert answer.status_code == 200
    assert not answer.cookies
    assert not wants(signature)


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_changes_nothing(client, signature, method):
    """Scanners of mail servers follow links."""
    assert getattr(client, method)(address(signature)).status_code in (200, 405)
    assert wants(signature)


def test_a_person_stops_them_by_the_button_and_lets_them_come_again(client, signature):
    assert "<form" in client.get(address(signature)).text
    for data, hears in (({}, False), ({}, False), ({"again": "1"}, True)):
        assert client.post(address(signature), data).status_code == 200
        assert wants(signature) is hears


def test_a_token_of_another_signature_or_page_is_none(client, signature):
    factories.signatures(signature.petition, 1)
    other = Signature.objects.exclude(pk=signature.pk).get()
    for token in (token_of_mails(other), page_of_signature(signature), "0" * 40):
        assert client.post(address(signature, token)).status_code == 404
    assert wants(signature)


def test_nor_is_one_of_another_petition(client, signature, olena):
    other = factories.petition(olena)
    args = [other.pk, signature.pk, token_of_mails(signature)]
    assert client.post(reverse("petitions:unsubscribe", args=args)).status_code == 404


def test_one_that_was_taken_back_stays_nobodys(client, signature):
    Signature.objects.update(
        status=Signature.Status.WITHDRAWN, mailbox=None, email="", name="", wants_news=False
    )
    client.post(address(signature), {"again": "1"})
    assert not wants(signature)


@pytest.mark.parametrize("state", State)
def test_whatever_state_the_petition_is_in(client, olena, state):
    petition = factories.petition(olena, state)
    (signature,) = factories.signatures(petition, 1)
    signature = Signature.objects.get(pk=signature.pk)
    expected = 200 if petition.published_at else 404
    assert client.post(address(signature)).status_code == expected
