"""Codes to sign in and to reset a password, while strangers ask for them, too: none is delayed, or
refused to a network that has not asked, and none that was sent becomes void."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from accounts import limits
from accounts.models import User
from core.domain import clock as product_clock
from tests.factories import PASSWORD
from tests.factors import connect_app

pytestmark = pytest.mark.django_db
ASK, CONFIRM = "/account/login/code/", "/account/login/code/confirm/"
RESET, RESET_CODE = "/account/password/reset/", "/account/password/reset/code/"
OWNER = "203.0.113.5"
#: Forty requests, as an attacker has them.
STRANGERS = {
    "eight networks": [f"198.51.{number % 8}.{number // 8}" for number in range(40)],
    "forty networks": [f"10.{number}.0.1" for number in range(40)],
    "forty /48": [f"2001:db8:{number:x}::1" for number in range(1, 41)],
}


@pytest.fixture
def wordless(db) -> User:
    """Somebody with a confirmed address and no password."""
    return User.objects.create_user("h.tkach@viche.example", given_name="Ганна", family_name="Т")


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def codes() -> list[str]:
    """Those of all mails so far."""
    found = [re.search(r"^\d{4}-\d{4}$", each.body, re.MULTILINE) for each in mail.outbox]
    return [each[0] for each in found if each]


@pytest.mark.parametrize("addresses", STRANGERS.values(), ids=STRANGERS)
def test_an_owner_without_a_password_is_in_within_a_minute_of_forty_strangers_requests(
    wordless, post, code, addresses
):
    began = product_clock.now()
    for address in addresses:
        Client(REMOTE_ADDR=address).post(ASK, {"email": wordless.email})
    owner = Client(REMOTE_ADDR=OWNER)
    assert owner.post(ASK, {"email": wordless.email}).status_code == 302
    owner.post(CONFIRM, {"code": code()})
    assert is_in(owner)
    assert product_clock.now() - began < timedelta(seconds=60)


def test_a_new_password_is_set_among_strangers_requests(resident, post, code):
    for address in STRANGERS["forty networks"][:11]:
        Client(REMOTE_ADDR=address).post(RESET, {"email": resident.email})
    owner = Client(REMOTE_ADDR=OWNER)
    assert owner.post(RESET, {"email": resident.email}).status_code == 302
    answer = owner.post(RESET_CODE, {"code": code()})
    assert answer["Location"] == "/account/password/reset/new/"


def test_wrong_codes_of_strangers_cost_the_owner_no_try(wordless, post, code):
    owner = Client(REMOTE_ADDR=OWNER)
    owner.post(ASK, {"email": wordless.email})
    mine = code()
    for address in STRANGERS["forty networks"][:6]:
        stranger = Client(REMOTE_ADDR=address)
        stranger.post(ASK, {"email": wordless.email})
        stranger.post(CONFIRM, {"code": "0000-0000"})
    owner.post(CONFIRM, {"code": mine})
    assert is_in(owner)


def test_one_network_gets_one_code_an_hour_beyond_what_strangers_share(wordless, clock):
    for _ in range(limits.MAIL_OF_ACCOUNT.most):
        limits.MAIL_OF_ACCOUNT.spend(wordless.email)

    def ask(address: str) -> int:
        return Client(REMOTE_ADDR=address).post(ASK, {"email": wordless.email}).status_code

    assert [ask("198.51.100.7"), ask("198.51.100.8")] == [302, 429]
    assert [ask("2001:db8:1:1::1"), ask("2001:db8:1:2::1")] == [302, 429]
    clock.advance(hours=1, seconds=1)
    assert ask("198.51.100.8") == 302


# --- a code that was sent stays good for its term -------------------------------------------------


def test_a_code_that_is_sent_again_is_the_one_that_was_sent(wordless, post, client):
    client.post(ASK, {"email": wordless.email})
    client.post(CONFIRM, {"action": "resend"})
    post()
    first, second = codes()
    assert first == second
    client.post(CONFIRM, {"code": first})
    assert is_in(client)


def test_a_code_of_a_reset_that_is_asked_for_again_is_the_one_that_was_sent(resident, post, client):
    for _ in range(2):
        client.post(RESET, {"email": resident.email})
    post()
    first, second = codes()
    assert first == second
    assert client.post(RESET_CODE, {"code": first})["Location"] == "/account/password/reset/new/"


def test_a_code_of_ones_own_account_is_never_sent_for_anothers(wordless, resident, post, client):
    """However many wait in one browser: else whoever knows the one would have the other."""
    client.post(RESET, {"email": resident.email})
    client.post(ASK, {"email": wordless.email, "action": "resend"})
    client.post(CONFIRM, {"action": "resend", "email": resident.email})
    client.post(RESET, {"email": wordless.email, "action": "resend"})
    client.post(RESET, {"email": [resident.email, wordless.email]})
    post()
    sent = dict.fromkeys(zip(codes(), (each.to[0] for each in mail.outbox), strict=True))
    assert {email for _code, email in sent} == {resident.email, wordless.email}
    assert len({code for code, _email in sent}) == len(sent) == 4


@pytest.mark.parametrize("asks", [ASK, RESET])
def test_a_right_password_wins_over_a_waiting_code(resident, client, asks):
    client.post(asks, {"email": resident.email})
    client.post("/account/login/", {"login": resident.email, "password": PASSWORD})
    assert is_in(client)


def test_a_wrong_password_leaves_a_waiting_code_as_it_was(resident, client, code):
    client.post(ASK, {"email": resident.email})
    for tried in ({"password": "not the pass-phrase"}, {"password": ""}, {}):
        client.post("/account/login/", {"login": resident.email, **tried})
    assert not is_in(client)
    client.post(CONFIRM, {"code": code()})
    assert is_in(client)


def test_a_right_password_of_another_account_leads_to_that_one(wordless, resident, client):
    client.post(ASK, {"email": wordless.email})
    client.post("/account/login/", {"login": resident.email, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(resident.pk)


def test_a_right_password_with_a_second_factor_asks_for_it_not_for_the_code(resident, client):
    connect_app(resident)
    client.post(ASK, {"email": resident.email})
    answer = client.post("/account/login/", {"login": resident.email, "password": PASSWORD})
    assert answer["Location"].startswith("/account/login/factor/")
    assert not is_in(client)


def test_codes_to_prove_that_it_is_you_all_work_for_their_term(resident, post, client):
    client.force_login(resident, fresh=False)
    way = "/account/confirm/mail/"
    for _ in range(2):
        client.post(way, {"action": "send"})
    post()
    first, second = codes()
    assert first != second
    answer = client.post(way, {"code": first, "next": "/account/email/"})
    assert answer["Location"] == "/account/email/"


def test_a_password_tried_by_sixty_strangers_leaves_the_owner_the_code(
    resident, settings, post, code
):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    for _ in range(limits.PASSWORD_OF_ACCOUNT.most):
        limits.PASSWORD_OF_ACCOUNT.spend(resident.email)
    for address in STRANGERS["forty networks"][:10]:
        Client(REMOTE_ADDR=address).post(ASK, {"email": resident.email})
    owner = Client(REMOTE_ADDR=OWNER)
    assert (
        owner.post("/account/login/", {"login": resident.email, "password": PASSWORD}).status_code
        == 429
    )
    owner.post(ASK, {"email": resident.email})
    owner.post(CONFIRM, {"code": code()})
    assert is_in(owner)
