"""A forgotten password: a code from a mail, a new one, in."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.events import PasswordChanged, UserSignedOut
from core.models import AuditEntry
from tests.accounts.conftest import SIGN_UP
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
FORM, CODE, NEW = (
    "/account/password/reset/",
    "/account/password/reset/code/",
    "/account/password/reset/new/",
)
ANOTHER = "quite another pass-phrase"


def test_a_code_then_a_new_password_and_in(client, resident, code, post, hear):
    told = hear(PasswordChanged, UserSignedOut)
    assert client.post(FORM, {"email": resident.email})["Location"] == CODE
    assert client.post(CODE, {"code": code()})["Location"] == NEW
    page = client.post(NEW, {"password1": ANOTHER})
    assert page["Location"] == reverse("portal:me")
    resident.refresh_from_db()
    assert resident.check_password(ANOTHER)
    assert client.session["_auth_user_id"] == str(resident.pk)
    assert told == [PasswordChanged(resident.pk, resident.pk), UserSignedOut(resident.pk)]
    assert AuditEntry.objects.get(event="PasswordChanged").actor == resident.pk
    assert reverse("account_reset_password") in post()[-1].body  # she is told of it


def test_every_other_session_ends(client, resident, code):
    elsewhere = type(client)()
    elsewhere.post("/account/login/", {"login": resident.email, "password": PASSWORD})
    assert elsewhere.get("/account/").status_code == 200
    client.post(FORM, {"email": resident.email})
    client.post(CODE, {"code": code()})
    client.post(NEW, {"password1": ANOTHER})
    assert elsewhere.get("/account/").status_code == 302


def test_without_the_code_there_is_no_new_password(client, resident):
    client.post(FORM, {"email": resident.email})
    assert client.post(NEW, {"password1": ANOTHER})["Location"] == CODE
    client.post(CODE, {"code": "0000-0000"})
    assert client.post(NEW, {"password1": ANOTHER})["Location"] == CODE
    resident.refresh_from_db()
    assert resident.check_password(PASSWORD)


def test_a_code_works_once(client, resident, code):
    client.post(FORM, {"email": resident.email})
    used = code()
    client.post(CODE, {"code": used})
    client.post(NEW, {"password1": ANOTHER})
    client.post("/account/logout/")
    assert client.post(CODE, {"code": used})["Location"] == reverse("account_login")


@pytest.mark.parametrize("password", ["short", "password123", "x" * 129])
def test_a_weak_password_is_refused(client, resident, code, password):
    client.post(FORM, {"email": resident.email})
    client.post(CODE, {"code": code()})
    page = client.post(NEW, {"password1": password})
    assert page.status_code == 200
    assert page.context["form"].errors["password1"]


def test_an_unconfirmed_address_gets_no_code(client, post):
    client.post("/account/signup/", SIGN_UP)
    type(client)().post(FORM, {"email": SIGN_UP["email"]})
    assert reverse("account_signup") in post()[-1].body
