"""How often one may try, per client and per account, and that no header gets around it."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts import limits
from tests.accounts.conftest import SIGN_UP
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
LOGIN, ASK = "/account/login/", "/account/login/code/"
WRONG = "not the pass-phrase"


def test_forms_of_one_client_are_counted_and_refused_with_a_time(settings):
    for _ in range(limits.SIGN_UP.most):
        assert Client().post("/account/signup/", {}).status_code == 200
    page = Client().post("/account/signup/", {})
    assert page.status_code == 429
    assert 1 <= int(page["Retry-After"]) <= 60
    assert Client().get("/account/signup/").status_code == 200  # looking is free


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_X_FORWARDED_FOR": "198.51.100.{}"},
        {"HTTP_X_REAL_IP": "198.51.100.{}"},
        {"HTTP_FORWARDED": "for=198.51.100.{}"},
        {"HTTP_X_FORWARDED_FOR": "198.51.100.{}, 203.0.113.7"},
    ],
)
def test_a_made_up_address_in_a_header_changes_nothing(resident, settings, headers):
    settings.TRUSTED_PROXIES = ["10.0.0.1"]
    peer = {"REMOTE_ADDR": "203.0.113.7"}
    if "," in next(iter(headers.values())):
        peer = {"REMOTE_ADDR": "10.0.0.1"}  # through the proxy, who saw the client
    for number in range(limits.PASSWORD.most):
        Client().post(
            LOGIN, {"login": resident.email, "password": WRONG}, **peer, **made_up(headers, number)
        )
    page = Client().post(
        LOGIN, {"login": resident.email, "password": PASSWORD}, **peer, **made_up(headers, 99)
    )
    assert page.status_code == 429
    assert "limit.reached" in codes(page)


def made_up(headers: dict[str, str], number: int) -> dict[str, str]:
    return {name: value.format(number) for name, value in headers.items()}


def codes(page) -> set[str]:
    return {error.code for error in page.context["form"].non_field_errors().as_data()}


def test_guessing_from_elsewhere_does_not_lock_the_owner_out(client, resident):
    for _ in range(limits.PASSWORD.most + 1):
        page = Client().post(
            LOGIN, {"login": resident.email, "password": WRONG}, REMOTE_ADDR="198.51.100.9"
        )
    assert "limit.reached" in codes(page)
    page = client.post(LOGIN, {"login": resident.email, "password": PASSWORD})
    assert page.status_code == 302


def test_guessing_from_everywhere_closes_the_password_but_not_the_code(resident, client, code):
    for _ in range(limits.PASSWORD_OF_ACCOUNT.most):
        limits.PASSWORD_OF_ACCOUNT.spend(resident.email)
    page = client.post(LOGIN, {"login": resident.email, "password": PASSWORD})
    assert "limit.reached" in codes(page)
    client.post(ASK, {"email": resident.email})
    assert client.post("/account/login/code/confirm/", {"code": code()}).status_code == 302
    assert "_auth_user_id" in client.session


def test_signing_in_forgets_the_wrong_tries(client, resident):
    for _ in range(2):
        for _ in range(limits.PASSWORD.most - 1):
            Client().post(LOGIN, {"login": resident.email, "password": WRONG})
        page = Client().post(LOGIN, {"login": resident.email, "password": PASSWORD})
        assert page.status_code == 302


def test_the_password_is_not_hashed_over_the_limit(client, resident, settings):
    for _ in range(limits.PASSWORD.most):
        Client().post(LOGIN, {"login": resident.email, "password": WRONG})
    settings.PASSWORD_HASHES_AT_ONCE = settings.PASSWORD_HASHES_WAITING = 0
    assert client.post(LOGIN, {"login": resident.email, "password": WRONG}).status_code == 429


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        (ASK, {"email": "{}"}),
        ("/account/password/reset/", {"email": "{}"}),
        ("/account/signup/", {**SIGN_UP, "email": "{}"}),
    ],
)
@pytest.mark.parametrize("email", ["resident@viche.example", "nobody@viche.example"])
def test_nobody_is_flooded_with_mails(resident, post, address, fields, email):
    fields = {name: value.format(email) for name, value in fields.items()}
    statuses = [Client().post(address, fields).status_code for _ in range(limits.MAIL.most + 2)]
    assert statuses == [302] * limits.MAIL.most + [429] * 2
    assert len(post()) == limits.MAIL.most


def test_wrong_codes_are_counted_across_sessions(resident):
    """Five tries a code, as many codes as mails, no more."""
    for _ in range(limits.MAIL.most):
        visitor = Client()
        visitor.post(ASK, {"email": resident.email})
        for _ in range(6):
            visitor.post("/account/login/code/confirm/", {"code": "0000-0000"})
        page = visitor.get("/account/login/code/confirm/")
        assert page.status_code == 302  # that code is dead
    assert Client().post(ASK, {"email": resident.email}).status_code == 429
