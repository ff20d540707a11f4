"""One's own account: names, address, password, where one is signed in."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from accounts.events import EmailChanged, PasswordChanged, PublicNameChanged, UserSignedOut
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
PROFILE, EMAIL, PASSWORD_CHANGE, SESSIONS, CONFIRM = (
    "/account/profile/",
    "/account/email/",
    "/account/password/change/",
    "/account/sessions/",
    "/account/confirm/",
)
NAMES = {
    "given_name": "Ганна",
    "family_name": "Ткач",
    "public_name_style": "initial",
    "language": "uk",
}
PAGES = [PROFILE, EMAIL, PASSWORD_CHANGE, SESSIONS, CONFIRM, "/account/", "/account/logout/"]


@pytest.fixture
def inside(client, resident) -> Client:
    client.post("/account/login/", {"login": resident.email, "password": PASSWORD})
    return client


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_there_in_both_languages_and_private(inside, address, language):
    page = inside.get(language + address)
    assert page.status_code == 200
    assert page["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("address", PAGES[:6])
def test_nobody_else_sees_them(client, address):
    page = client.get(address)
    assert page.status_code == 302
    assert page["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("address", ["/account/phone/change/", "/account/confirm-email/x/"])
def test_what_we_do_not_want_of_allauth_is_absent(inside, address):
    assert inside.get(address).status_code == 404


def test_names_are_changed_and_told(inside, resident, hear):
    told = hear(PublicNameChanged)
    page = inside.post(PROFILE, {**NAMES, "public_name_style": "full", "language": "en"})
    assert page["Location"] == reverse("account_profile")
    resident.refresh_from_db()
    assert (resident.public_name, resident.language) == ("Ганна Ткач", "en")
    assert told == [PublicNameChanged(resident.pk, resident.pk)]


def test_what_others_do_not_see_is_not_told(inside, hear):
    told = hear(PublicNameChanged)
    inside.post(PROFILE, {**NAMES, "language": "en"})
    assert told == []


def test_nothing_else_can_be_sent_along(inside, resident):
    inside.post(PROFILE, {**NAMES, "role": "administrator", "is_active": "", "email": "x@x.x"})
    resident.refresh_from_db()
    assert (resident.is_staff, resident.is_active) == (False, True)
    assert resident.email == "resident@viche.example"


def confirm(client: Client, to: str) -> None:
    page = client.post(CONFIRM, {"password": PASSWORD, "next": to})
    assert page.status_code == 302


def test_the_address_changes_by_a_code_to_the_new_one(inside, resident, code, post, hear):
    told = hear(EmailChanged)
    inside.force_login(resident, fresh=False)
    first = inside.post(EMAIL, {"email": "new@viche.example", "action_add": "1"})
    assert first["Location"].startswith(CONFIRM)  # is it you?
    confirm(inside, EMAIL)  # and what was typed goes on its way
    resident.refresh_from_db()
    assert resident.email == "resident@viche.example"

    inside.post("/account/signup/code/", {"code": code()})
    resident.refresh_from_db()
    assert resident.email == "new@viche.example"
    assert EmailAddress.objects.get(user=resident).email == "new@viche.example"
    assert told == [EmailChanged(resident.pk, resident.pk)]
    assert post()[-1].to == ["resident@viche.example"]  # the old address is told


def test_a_taken_address_is_refused_only_to_whoever_proves_it(inside, resident, bohdan, code):
    confirm(inside, EMAIL)
    inside.post(EMAIL, {"email": bohdan.email, "action_add": "1"})
    page = inside.post("/account/signup/code/", {"code": code()})
    assert page.status_code == 200
    resident.refresh_from_db()
    assert resident.email == "resident@viche.example"


def test_the_password_changes_and_ends_other_sessions(inside, resident, hear):
    elsewhere = Client()
    elsewhere.post("/account/login/", {"login": resident.email, "password": PASSWORD})
    told = hear(PasswordChanged, UserSignedOut)
    page = inside.post(
        PASSWORD_CHANGE, {"oldpassword": PASSWORD, "password1": "quite another pass-phrase"}
    )
    assert page.status_code == 302
    assert inside.get(PROFILE).status_code == 200
    assert elsewhere.get(PROFILE).status_code == 302
    assert told == [PasswordChanged(resident.pk, resident.pk), UserSignedOut(resident.pk)]


def test_the_old_password_is_asked_for(inside, resident):
    page = inside.post(
        PASSWORD_CHANGE, {"oldpassword": "wrong", "password1": "quite another pass-phrase"}
    )
    assert page.context["form"].errors["oldpassword"]
    resident.refresh_from_db()
    assert resident.check_password(PASSWORD)
