"""Signing in with a second factor, and that nobody guesses it or locks its owner out."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts import limits
from tests.accounts.security.conftest import options_in
from tests.factories import PASSWORD
from tests.factors import Passkey, connect_app, recovery_codes

pytestmark = pytest.mark.django_db
LOGIN, FACTOR, ASK = "/account/login/", "/account/login/factor/", "/account/login/code/"


@pytest.fixture
def half(client, resident, app, password) -> Client:
    """A browser in which the right password was given, and no more."""
    return password(client)


@pytest.fixture
def password(resident):
    def give(client: Client, **headers: str) -> Client:
        page = client.post(LOGIN, {"login": resident.email, "password": PASSWORD}, **headers)
        assert page["Location"] == FACTOR
        return client

    return give


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_password_alone_is_not_enough(half):
    assert half.get(FACTOR).status_code == 200
    assert not is_in(half)
    assert half.get("/account/")["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("shape", ["{}", " {} ", "{} "])
def test_by_the_app(half, app, shape):
    page = half.post(FACTOR, {"code": shape.format(app.code())})
    assert page["Location"] == reverse("portal:me")
    assert is_in(half)


@pytest.mark.parametrize("ahead", [-1, 1])
def test_a_clock_that_goes_wrong_by_half_a_minute_is_forgiven(half, app, ahead):
    half.post(FACTOR, {"code": app.code(ahead)})
    assert is_in(half)


@pytest.mark.parametrize("ahead", [-2, 2])
def test_but_not_by_more(half, app, ahead):
    half.post(FACTOR, {"code": app.code(ahead)})
    assert not is_in(half)


def test_a_code_of_the_app_works_once(half, app, password):
    code = app.code()
    half.post(FACTOR, {"code": code})
    for late in (code, app.code(-1)):  # the same, and one that is older than it
        other = password(Client())
        assert other.post(FACTOR, {"code": late}).status_code == 200
        assert not is_in(other)


def test_a_recovery_code_works_once_written_either_way(half, resident, password):
    code = recovery_codes(resident)[0]
    half.post(FACTOR, {"code": f"{code[:4]}-{code[4:]}"})
    assert is_in(half)
    assert len(recovery_codes(resident)) == 9
    other = password(Client())
    other.post(FACTOR, {"code": code})
    assert not is_in(other)


def test_one_comes_to_where_one_was_going(client, resident, app):
    there = "/consultations/"
    client.post(LOGIN, {"login": resident.email, "password": PASSWORD, "next": there})
    assert client.post(FACTOR, {"code": app.code()})["Location"] == there


def test_a_mailed_code_alone_is_not_enough_either(client, resident, app, code):
    client.post(ASK, {"email": resident.email})
    page = client.post("/account/login/code/confirm/", {"code": code()})
    assert page["Location"] == FACTOR
    assert not is_in(client)


def test_nor_is_a_reset_password(client, resident, app, code):
    client.post("/account/password/reset/", {"email": resident.email})
    client.post("/account/password/reset/code/", {"code": code()})
    page = client.post("/account/password/reset/new/", {"password1": "quite another pass-phrase"})
    assert page["Location"] == FACTOR
    assert not is_in(client)


def test_who_has_no_second_factor_sees_no_such_page(client, resident):
    page = client.post(LOGIN, {"login": resident.email, "password": PASSWORD})
    assert page["Location"] == reverse("portal:me")


def test_giving_up_forgets_the_password(half):
    half.post("/account/logout/")
    assert half.get(FACTOR)["Location"] == reverse("account_login")


# --- guessing -------------------------------------------------------------------------------------


def wrong(app) -> str:
    """Six digits that no code within reach has."""
    near = {app.code(step) for step in range(-3, 4)}
    return next(code for code in ("000000", "111111", "222222") if code not in near)


def codes_of(page) -> set[str]:
    return {error.code for error in page.context["form"].errors.as_data()["code"]}


def test_guessing_is_counted_across_sessions_and_ends(resident, app, password):
    """A new session for each try, as a guesser would."""
    for number in range(limits.FACTOR.most):
        page = password(Client()).post(FACTOR, {"code": wrong(app)})
        assert codes_of(page) == {"account.wrong_code"}, number
    late = password(Client())
    page = late.post(FACTOR, {"code": app.code()})
    assert codes_of(page) == {"limit.reached"}
    assert not is_in(late)


def test_a_guesser_elsewhere_does_not_lock_the_owner_out(resident, app, password):
    for _ in range(limits.FACTOR.most + 1):
        guesser = password(Client(REMOTE_ADDR="198.51.100.9"))
        guesser.post(FACTOR, {"code": wrong(app)})
    owner = password(Client())
    owner.post(FACTOR, {"code": app.code()})
    assert is_in(owner)


def test_guessers_everywhere_close_the_app_but_not_the_recovery_codes(resident, app, password):
    for _ in range(limits.FACTOR_OF_ACCOUNT.most):
        limits.FACTOR_OF_ACCOUNT.spend(resident.pk)
    owner = password(Client())
    assert codes_of(owner.post(FACTOR, {"code": app.code()})) == {"limit.reached"}
    owner.post(FACTOR, {"code": recovery_codes(resident)[0]})
    assert is_in(owner)


def test_nor_whoever_is_signed_in_already(resident, app):
    for _ in range(limits.FACTOR_OF_ACCOUNT.most):
        limits.FACTOR_OF_ACCOUNT.spend(resident.pk)
    owner = Client()
    owner.force_login(resident, fresh=False)
    page = owner.post("/account/confirm/code/", {"code": app.code()})
    assert page.status_code == 302


@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED"])
def test_no_header_gets_around_the_count(resident, app, password, header, settings):
    settings.TRUSTED_PROXIES = ["10.0.0.1"]
    for number in range(limits.FACTOR.most):
        password(Client()).post(FACTOR, {"code": wrong(app)}, **{header: f"198.51.100.{number}"})
    page = password(Client()).post(FACTOR, {"code": app.code()}, **{header: "198.51.100.99"})
    assert codes_of(page) == {"limit.reached"}


def test_a_code_as_long_as_a_book_is_refused_unread(half):
    page = half.post(FACTOR, {"code": "9" * 100_000})
    assert codes_of(page) == {"max_length"}


# --- passkeys -------------------------------------------------------------------------------------


@pytest.fixture
def key(browser_client, resident) -> Passkey:
    """A passkey of the resident."""
    client, key = browser_client(), Passkey()
    client.force_login(resident)
    options = options_in(client.get("/account/security/passkeys/add/"))
    page = client.post(
        "/account/security/passkeys/add/", {"name": "Ключ", "credential": key.create(options)}
    )
    assert page.status_code == 302
    return key


def test_by_a_passkey_after_the_password(browser_client, password, key):
    half = password(browser_client())
    page = half.post(FACTOR, {"credential": key.get(options_in(half.get(FACTOR)))})
    assert page["Location"] == reverse("portal:me")
    assert is_in(half)


def test_another_s_passkey_is_none(browser_client, password, key):
    half = password(browser_client())
    stranger = Passkey()
    stranger.user_handle = key.user_handle
    half.post(FACTOR, {"credential": stranger.get(options_in(half.get(FACTOR)))})
    assert not is_in(half)


def test_an_answer_to_an_older_challenge_is_none(browser_client, password, key):
    half = password(browser_client())
    old = key.get(options_in(half.get(FACTOR)))
    half.get(FACTOR)
    half.post(FACTOR, {"credential": old})
    assert not is_in(half)


def test_a_finger_or_a_pin_is_demanded(browser_client, password, key):
    half = password(browser_client())
    answer = key.get(options_in(half.get(FACTOR)), verified=False)
    half.post(FACTOR, {"credential": answer})
    assert not is_in(half)


def test_the_tries_of_an_app_do_not_close_a_passkey(browser_client, resident, password, key):
    connect_app(resident)
    for limit in (limits.FACTOR_OF_ACCOUNT, limits.RECOVERY_OF_ACCOUNT):
        for _ in range(limit.most):
            limit.spend(resident.pk)
    half = password(browser_client())
    half.post(FACTOR, {"credential": key.get(options_in(half.get(FACTOR)))})
    assert is_in(half)
