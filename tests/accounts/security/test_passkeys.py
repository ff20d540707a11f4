"""Passkeys: made, named, used to sign in, given up."""

from __future__ import annotations

import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.security import actions, rules
from accounts.security.events import RecoveryCodesMade, SecondFactorAdded, SecondFactorRemoved
from tests.accounts.security.conftest import options_in
from tests.factors import Passkey

pytestmark = pytest.mark.django_db
ADD, SIGN_IN = "/account/security/passkeys/add/", "/account/login/passkey/"


def add(client: Client, key: Passkey, *, name: str = "Мій телефон", **how: bool):
    options = options_in(client.get(ADD))
    return client.post(ADD, {"name": name, "credential": key.create(options, **how)})


@pytest.fixture
def inside(browser_client, resident) -> Client:
    client = browser_client()
    client.force_login(resident)
    return client


def sign_in(client: Client, key: Passkey, **fields: str):
    challenge = client.post(SIGN_IN).json()
    return client.post(SIGN_IN, {"credential": key.get(challenge), **fields})


def test_one_is_added(inside, resident, hear):
    told = hear(SecondFactorAdded, RecoveryCodesMade)
    page = add(inside, Passkey())
    assert page["Location"] == reverse("mfa_view_recovery_codes")
    row = Authenticator.objects.get(user=resident, type="webauthn")
    assert row.wrap().name == "Мій телефон"
    assert [type(event) for event in told] == [SecondFactorAdded, RecoveryCodesMade]
    assert told[0] == SecondFactorAdded(resident.pk, resident.pk, "webauthn", row.pk)
    assert "Мій телефон" in inside.get(reverse("mfa_index")).content.decode()


def test_the_browser_is_asked_for_one_that_it_keeps_and_guards(inside):
    wanted = options_in(inside.get(ADD))["publicKey"]["authenticatorSelection"]
    assert (wanted["residentKey"], wanted["userVerification"]) == ("required", "required")


@pytest.mark.parametrize(
    "credential", ["", "null", "[]", "{}", '"x"', '{"response": null}', "not JSON", "{" * 999]
)
def test_what_is_no_passkey_is_refused(inside, resident, credential):
    inside.get(ADD)
    page = inside.post(ADD, {"name": "Ключ", "credential": credential})
    assert page.status_code == 422
    assert page.context["form"].errors
    assert not Authenticator.objects.exists()


def test_one_without_a_finger_or_a_pin_is_refused(inside):
    assert add(inside, Passkey(), verified=False).status_code == 422


def test_one_of_another_site_is_refused(inside):
    key = Passkey("http://localhost.evil.example")
    assert add(inside, key).status_code == 422


def test_an_older_challenge_is_refused(inside):
    options = options_in(inside.get(ADD))
    inside.get(ADD)
    page = inside.post(ADD, {"name": "Ключ", "credential": Passkey().create(options)})
    assert page.status_code == 422


def test_there_is_a_most(resident, refused):
    for _ in range(rules.MOST_PASSKEYS):
        actions.add_passkey(resident, name="К", credential={})
    with refused("account.passkeys_full"):
        actions.add_passkey(resident, name="К", credential={})


def test_adding_asks_for_a_fresh_proof(inside, resident):
    inside.force_login(resident, fresh=False)
    assert inside.get(ADD)["Location"].startswith(reverse("account_reauthenticate"))


def test_it_is_renamed(inside, resident):
    add(inside, Passkey())
    row = Authenticator.objects.get(user=resident, type="webauthn")
    there = reverse("mfa_edit_webauthn", args=[row.pk])
    assert inside.get(there).status_code == 200
    assert inside.post(there, {"name": " "}).status_code == 422
    assert inside.post(there, {"name": "Ключ на роботі"})["Location"] == reverse("mfa_index")
    row.refresh_from_db()
    assert row.wrap().name == "Ключ на роботі"


def test_it_is_removed(inside, resident, hear):
    told = hear(SecondFactorRemoved)
    for key in (Passkey(), Passkey()):
        add(inside, key)
    row = Authenticator.objects.filter(user=resident, type="webauthn").first()
    there = reverse("mfa_remove_webauthn", args=[row.pk])
    assert inside.get(there).status_code == 200
    assert inside.post(there)["Location"] == reverse("mfa_index")
    assert told == [SecondFactorRemoved(resident.pk, resident.pk, "webauthn", row.pk)]
    assert Authenticator.objects.filter(user=resident).count() == 2  # the other, and the codes


def test_nobody_touches_another_s(inside, bohdan):
    row = actions.add_passkey(bohdan, name="Його", credential={})
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        assert inside.post(reverse(name, args=[row.pk]), {"name": "Моє"}).status_code == 404


# --- signing in -----------------------------------------------------------------------------------


def test_it_signs_in_alone_and_counts_as_both_factors(inside, browser_client, mo):
    mo.emailaddress_set.create(email=mo.email, verified=True, primary=True)
    inside.force_login(mo)
    key = Passkey()
    add(inside, key)
    client = browser_client()
    page = sign_in(client, key, next="/desk/")
    assert page["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200


def test_it_leads_to_no_other_site(inside, browser_client):
    key = Passkey()
    add(inside, key)
    page = sign_in(browser_client(), key, next="https://evil.example/")
    assert page["Location"] == reverse("portal:me")


def test_whose_it_is_not_is_told_to_nobody(inside, browser_client, resident, bohdan):
    """An unknown key, a known key that says it is another's, one of a person who has none: the
    same page and the same words."""
    key = Passkey()
    add(inside, key)
    seen = []
    for handle in (str(resident.pk), str(bohdan.pk), "999999", "x", "9" * 99):
        stranger = Passkey()
        stranger.user_handle = handle.encode()
        client = browser_client()
        page = sign_in(client, stranger)
        said = [str(message) for message in client.get(page["Location"]).context["messages"]]
        seen.append((page.status_code, page["Location"], said))
    assert len({str(each) for each in seen}) == 1
    assert seen[0][1] == "/account/login/"


@pytest.mark.parametrize(
    "credential",
    ["", "null", "[]", "{}", '{"response": {"userHandle": null}}', '{"response": []}', "{" * 9999],
)
def test_whatever_is_sent_is_answered(browser_client, credential):
    client = browser_client()
    client.post(SIGN_IN)
    page = client.post(SIGN_IN, {"credential": credential})
    assert page["Location"] == "/account/login/"


def test_a_handle_that_is_missing_or_odd_is_answered(inside, browser_client):
    key = Passkey()
    add(inside, key)
    for odd in (None, 7, [], "\u0000", "=", "AAAA", "\ud800"):
        client = browser_client()
        answer = json.loads(key.get(client.post(SIGN_IN).json()))
        answer["response"]["userHandle"] = odd
        page = client.post(SIGN_IN, {"credential": json.dumps(answer)})
        assert page["Location"] == "/account/login/", odd


def test_a_suspended_person_stays_out(inside, browser_client, resident):
    key = Passkey()
    add(inside, key)
    User.objects.filter(pk=resident.pk).update(is_active=False)
    client = browser_client()
    assert sign_in(client, key)["Location"] == reverse("account_inactive")
    assert "_auth_user_id" not in client.session


def test_the_challenge_is_never_given_by_get(browser_client):
    client = browser_client()
    assert client.get(SIGN_IN)["Location"] == "/account/login/"
    assert "session" not in client.cookies
