"""Before what is dangerous one proves once more that it is she, and comes back."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.accounts.security.conftest import options_in
from tests.factories import PASSWORD
from tests.factors import Passkey, connect_app, recovery_codes

pytestmark = pytest.mark.django_db
EMAIL, PASSWORD_CHANGE = "/account/email/", "/account/password/change/"
BY_PASSWORD, BY_CODE, BY_PASSKEY, BY_MAIL = (
    "/account/confirm/",
    "/account/confirm/code/",
    "/account/confirm/passkey/",
    "/account/confirm/mail/",
)
NEW = {"email": "new@viche.example", "action_add": "1"}


@pytest.fixture
def stale(client, resident) -> Client:
    """Signed in an hour ago."""
    client.force_login(resident, fresh=False)
    return client


def test_signing_in_just_now_is_proof_enough(client, resident):
    client.post("/account/login/", {"login": resident.email, "password": PASSWORD})
    assert client.post(EMAIL, NEW)["Location"] == reverse("account_email_verification_sent")


def test_by_the_password_and_the_form_goes_on(stale, resident, post):
    assert stale.get(EMAIL).status_code == 200  # looking is free
    asked = stale.post(EMAIL, NEW)
    assert asked["Location"].startswith(BY_PASSWORD)
    wrong = stale.post(asked["Location"], {"password": "not this one"})
    assert wrong.status_code == 200
    assert not post()
    page = stale.post(BY_PASSWORD, {"password": PASSWORD, "next": EMAIL})
    assert page["Location"] == reverse("account_email_verification_sent")
    assert post()[-1].to == [NEW["email"]]


def test_whoever_has_a_second_factor_proves_it_by_that(stale, resident, app):
    assert stale.post(EMAIL, NEW)["Location"].startswith(BY_CODE)
    by_password = stale.post(BY_PASSWORD, {"password": PASSWORD, "next": EMAIL})
    assert by_password["Location"].startswith(BY_CODE)  # not enough
    assert stale.get(BY_MAIL)["Location"].startswith(BY_CODE)  # nor this
    page = stale.post(BY_CODE, {"code": app.code(), "next": EMAIL})
    assert page["Location"] == reverse("account_email_verification_sent")


def test_a_recovery_code_does_too(stale, resident, app):
    stale.post(BY_CODE, {"code": recovery_codes(resident)[0]})
    assert stale.post(EMAIL, NEW)["Location"] == reverse("account_email_verification_sent")


def test_or_a_passkey(browser_client, resident):
    client, key = browser_client(), Passkey()
    client.force_login(resident)
    add = "/account/security/passkeys/add/"
    client.post(add, {"name": "К", "credential": key.create(options_in(client.get(add)))})
    client.force_login(resident, second_factor=True, fresh=False)
    way = client.post(EMAIL, NEW)["Location"]
    assert way.startswith(BY_CODE)  # recovery codes came with it; the passkey is offered beside
    assert BY_PASSKEY in client.get(way).content.decode()
    refused = client.post(BY_PASSKEY, {"credential": "{}", "next": EMAIL})
    assert refused["Location"] == BY_PASSKEY
    challenge = options_in(client.get(BY_PASSKEY))
    page = client.post(BY_PASSKEY, {"credential": key.get(challenge), "next": EMAIL})
    assert page["Location"] == reverse("account_email_verification_sent")


def test_a_stranger_s_factor_is_none(stale, resident, app, bohdan):
    other = connect_app(bohdan)
    assert stale.post(BY_CODE, {"code": other.code()}).status_code == 200
    assert stale.post(EMAIL, NEW)["Location"].startswith(BY_CODE)


@pytest.fixture
def wordless(client, db) -> tuple[Client, User]:
    """Somebody without a password, signed in an hour ago."""
    user = User.objects.create_user("w@viche.example", given_name="Ївга", family_name="Б")
    client.force_login(user, fresh=False)
    return client, user


def mailed_code(post) -> str:
    found = re.search(r"^\d{4}-\d{4}$", post()[-1].body, re.MULTILINE)
    assert found
    return found[0]


def test_whoever_has_no_password_by_a_mailed_code(wordless, post):
    client, user = wordless
    asked = client.post(EMAIL, NEW)["Location"]
    assert asked.startswith(BY_MAIL)
    assert client.get(asked).status_code == 200
    assert not post()  # looking sends nothing
    assert client.post(asked, {"action": "send"})["Location"] == asked
    assert post()[-1].to == [user.email]
    code = mailed_code(post)
    assert client.post(BY_MAIL, {"code": "0000-0000", "next": EMAIL}).status_code == 200
    page = client.post(BY_MAIL, {"code": code, "next": EMAIL})
    assert page["Location"] == reverse("account_email_verification_sent")


def test_a_mailed_code_works_once_some_tries_and_here_alone(wordless, post):
    client, user = wordless
    client.post(BY_MAIL, {"action": "send"})
    code = mailed_code(post)
    elsewhere = Client()
    elsewhere.force_login(user, fresh=False)
    elsewhere.post(BY_MAIL, {"code": code})
    assert elsewhere.post(EMAIL, NEW)["Location"].startswith(BY_MAIL)
    for _ in range(5):
        client.post(BY_MAIL, {"code": "0000-0000"})
    client.post(BY_MAIL, {"code": code})
    assert client.post(EMAIL, NEW)["Location"].startswith(BY_MAIL)
    assert code not in str(dict(client.session.items()))


def test_passwords_wait_in_no_session(stale, resident, app):
    """A form with a password is not kept over the question; it is typed again."""
    form = {"oldpassword": PASSWORD, "password1": "quite another pass-phrase"}
    asked = stale.post(PASSWORD_CHANGE, form)
    assert asked["Location"].startswith(BY_CODE)
    assert "pass-phrase" not in str(dict(stale.session.items()))
    page = stale.post(BY_CODE, {"code": app.code(), "next": PASSWORD_CHANGE})
    assert page["Location"] == PASSWORD_CHANGE
    assert stale.post(PASSWORD_CHANGE, form)["Location"] == reverse("account_change_password")
    resident.refresh_from_db()
    assert resident.check_password("quite another pass-phrase")


def test_the_password_itself_is_enough_without_a_factor(stale, resident):
    form = {"oldpassword": PASSWORD, "password1": "quite another pass-phrase"}
    assert stale.post(PASSWORD_CHANGE, form).status_code == 302
    resident.refresh_from_db()
    assert resident.check_password("quite another pass-phrase")


def test_choosing_a_first_password_asks_for_a_proof(wordless):
    client, _user = wordless
    assert client.get("/account/password/set/")["Location"].startswith(BY_MAIL)


@pytest.mark.parametrize("way", [BY_PASSWORD, BY_CODE, BY_PASSKEY, BY_MAIL])
def test_it_leads_to_no_other_site_and_strangers_sign_in_first(stale, way):
    assert Client().get(way)["Location"].startswith(reverse("account_login"))
    page = stale.post(BY_PASSWORD, {"password": PASSWORD, "next": "https://evil.example/"})
    assert page["Location"] == reverse("portal:me")
