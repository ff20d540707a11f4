"""Signing up: a form, a code from a mail, in."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.jobs import forget_unconfirmed
from accounts.models import Agreement, User
from accounts.people.documents import IN_FORCE
from core.models import AuditEntry
from tests.accounts.conftest import SIGN_UP

pytestmark = pytest.mark.django_db
FORM, CODE = "/account/signup/", "/account/signup/code/"


def test_a_form_then_the_code_from_the_mail_and_in(client, code):
    page = client.post(FORM, SIGN_UP)
    assert (page.status_code, page["Location"]) == (302, CODE)
    assert "_auth_user_id" not in client.session

    page = client.post(CODE, {"code": code()})
    assert (page.status_code, page["Location"]) == (302, reverse("portal:me"))
    person = User.objects.get(email=SIGN_UP["email"])
    assert client.session["_auth_user_id"] == str(person.pk)
    assert person.language == "uk" and not person.has_usable_password()
    assert (person.given_name, person.public_name) == ("", "без імені")
    assert person.emailaddress_set.get().verified
    # The code is a proof like any other: what asks for one just now asks for none again.
    assert client.get(reverse("mfa_add_webauthn")).status_code == 200


def test_the_agreements_are_kept_with_the_versions_that_were_shown(client):
    client.post(FORM, SIGN_UP)
    kept = Agreement.objects.filter(user__email=SIGN_UP["email"])
    assert dict(kept.values_list("document", "version")) == IN_FORCE
    assert AuditEntry.objects.filter(event="UserSignedUp").count() == 1


def test_one_comes_back_to_where_one_was(client, code):
    client.post(FORM, {**SIGN_UP, "next": "/consultations/?sort=top"})
    page = client.post(CODE, {"code": code()})
    assert page["Location"] == "/consultations/?sort=top"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "https:evil.example", "javascript:1"]
)
def test_but_never_to_another_site(client, code, elsewhere):
    client.post(FORM, {**SIGN_UP, "next": elsewhere})
    page = client.post(CODE, {"code": code()})
    assert page["Location"] == reverse("portal:me")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "not an address"),
        ("agreed", ""),
    ],
)
def test_a_wrong_form_makes_nobody(client, field, value):
    page = client.post(FORM, {**SIGN_UP, field: value})
    assert page.status_code == 200
    assert field in page.context["form"].errors
    assert not User.objects.exists()


def test_wrong_codes_are_counted_and_then_the_code_is_dead(client, code):
    client.post(FORM, SIGN_UP)
    right = code()
    for _ in range(5):
        client.post(CODE, {"code": "0000-0000"})
    client.post(CODE, {"code": right})
    assert "_auth_user_id" not in client.session
    assert not User.objects.get().emailaddress_set.get().verified


def test_a_code_is_only_good_in_the_session_that_asked_for_it(client, code):
    client.post(FORM, SIGN_UP)
    stranger = type(client)()
    assert stranger.post(CODE, {"code": code()})["Location"] == reverse("account_login")


def test_the_code_can_be_sent_again(client, code, post):
    client.post(FORM, SIGN_UP)
    first = code()
    client.post(CODE, {"action": "resend"})
    assert code() == first and len(post()) == 2
    client.post(CODE, {"code": code()})
    assert "_auth_user_id" in client.session


def test_a_sign_up_that_nobody_confirmed_gives_way(client, code):
    """Somebody named Daryna's address first; that gives him nothing, nor does a password that he
    sends along."""
    client.post(FORM, {**SIGN_UP, "given_name": "Зловмисник", "password1": "his own pass-phrase"})
    first = User.objects.get()
    daryna = type(client)()
    daryna.post(FORM, SIGN_UP)
    daryna.post(CODE, {"code": code()})
    person = User.objects.get()
    assert person.pk != first.pk and person.given_name == ""
    assert not person.check_password("his own pass-phrase")


def test_the_one_who_gave_way_gets_no_further_and_no_error(client, code):
    client.post(FORM, SIGN_UP)
    first_code = code()
    type(client)().post(FORM, SIGN_UP)
    page = client.post(CODE, {"code": first_code})
    assert page.status_code in (200, 302)
    assert "_auth_user_id" not in client.session
    assert client.get(CODE).status_code in (200, 302)
    client.post("/account/logout/")  # Cancel
    assert client.get(CODE).status_code == 302
    assert client.get("/account/login/").status_code == 200


def test_what_nobody_confirmed_is_forgotten(client, clock, resident):
    client.post(FORM, SIGN_UP)
    forget_unconfirmed(timestamp=0)
    assert User.objects.count() == 2
    clock.advance(days=3)
    forget_unconfirmed(timestamp=0)
    assert User.objects.get() == resident
