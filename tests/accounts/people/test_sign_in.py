"""Signing in by a password or by a code, and out."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.urls import reverse

from accounts.events import UserSignedOut
from accounts.models import User
from accounts.people import actions
from tests.accounts.conftest import SIGN_UP
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
FORM, ASK, CODE = "/account/login/", "/account/login/code/", "/account/login/code/confirm/"


def is_in(client, user) -> bool:
    return client.session.get("_auth_user_id") == str(user.pk)


def test_by_password(client, resident):
    page = client.post(FORM, {"login": "Resident@VICHE.example", "password": PASSWORD})
    assert page["Location"] == reverse("portal:me")
    assert is_in(client, resident)


def test_by_a_code(client, resident, code):
    assert client.post(ASK, {"email": resident.email})["Location"] == CODE
    page = client.post(CODE, {"code": code().replace("-", " ")})
    assert page["Location"] == reverse("portal:me")
    assert is_in(client, resident)


def test_without_a_password_by_a_code(client, code, db):
    person = actions.create_person("p@viche.example", given_name="Пилип", family_name="Орлик")
    client.post(ASK, {"email": person.email})
    client.post(CODE, {"code": code()})
    assert is_in(client, person)
    assert client.get("/account/password/change/")["Location"] == reverse("account_set_password")


@pytest.mark.parametrize("language", ["", "/en"])
def test_one_comes_back_to_where_one_was(client, resident, code, language):
    there = f"{language}/consultations/"
    page = client.post(
        f"{language}{FORM}", {"login": resident.email, "password": PASSWORD, "next": there}
    )
    assert page["Location"] == there
    by_code = type(client)()
    page = by_code.post(f"{language}{ASK}?next={there}", {"email": resident.email})
    assert page["Location"] == f"{language}{CODE}?next={there.replace('/', '%2F')}"
    assert by_code.post(page["Location"], {"code": code()})["Location"] == there


def test_staff_land_at_the_desk_unless_they_asked_for_more(client, ofi):
    ofi.set_password(PASSWORD)
    ofi.save()
    ofi.emailaddress_set.create(email=ofi.email, verified=True, primary=True)
    entered = {"login": ofi.email, "password": PASSWORD}
    assert client.post("/account/login/", entered)["Location"] == "/desk/"
    client.logout()
    asked = client.post("/account/login/", {**entered, "next": "/consultations/"})
    assert asked["Location"] == "/consultations/"


@pytest.mark.parametrize("elsewhere", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_but_never_to_another_site(client, resident, elsewhere):
    page = client.post(FORM, {"login": resident.email, "password": PASSWORD, "next": elsewhere})
    assert page["Location"] == reverse("portal:me")


def test_a_wrong_password_says_nothing_of_what_was_wrong(client, resident):
    page = client.post(FORM, {"login": resident.email, "password": "a wrong pass-phrase"})
    assert page.status_code == 200
    assert [str(error) for error in page.context["form"].non_field_errors()]
    assert not is_in(client, resident)


def test_a_very_long_password_is_refused_before_it_is_hashed(client, resident, settings):
    settings.PASSWORD_HASHES_AT_ONCE = settings.PASSWORD_HASHES_WAITING = 0
    page = client.post(FORM, {"login": resident.email, "password": "x" * 100_000})
    assert page.status_code == 200
    assert "password" in page.context["form"].errors


def test_an_unconfirmed_address_cannot_be_signed_in_to_by_a_code(client, post):
    """Otherwise whoever signs up with another's address first could use it later."""
    client.post("/account/signup/", SIGN_UP)
    owner = type(client)()
    owner.post(ASK, {"email": SIGN_UP["email"]})
    assert reverse("account_signup") in post()[-1].body
    assert re.search(r"\d{4}-\d{4}", post()[-1].body) is None


def test_suspended_people_stay_out(client, resident, mo):
    actions.suspend(resident, by=mo, reason="Спам")
    page = client.post(FORM, {"login": resident.email, "password": PASSWORD})
    assert page["Location"] == reverse("account_inactive")
    assert client.get(page["Location"]).status_code == 200
    assert not is_in(client, resident)


def test_signing_out_is_told_with_the_session(client, resident, hear):
    told = hear(UserSignedOut)
    client.post(FORM, {"login": resident.email, "password": PASSWORD})
    key = client.session.session_key
    assert client.get("/account/logout/").status_code == 200
    assert is_in(client, resident)  # never by GET
    page = client.post("/account/logout/")
    assert page["Location"] == reverse("portal:home")
    assert not is_in(client, resident)
    assert told == [UserSignedOut(resident.pk, key)]


def test_signing_in_by_a_stale_hash_renews_it(client, resident):
    class Weaker(Argon2PasswordHasher):
        time_cost, memory_cost, parallelism = 1, 8192, 1

    User.objects.filter(pk=resident.pk).update(password=Weaker().encode(PASSWORD, "saltsaltsalt"))
    client.post(FORM, {"login": resident.email, "password": PASSWORD})
    resident.refresh_from_db()
    assert "m=19456,t=2,p=1" in resident.password


def test_the_page_asks_the_database_little(client, django_assert_max_num_queries):
    client.get(FORM)
    with django_assert_max_num_queries(1):
        assert client.get(FORM).status_code == 200
