"""What Viche stands on of allauth's internals, each by the name of its function.

When allauth is updated these fail first, and say what has changed. Then the function is adapted in
accounts/allauth_compat.py, and SEEN_WITH set to the new version.
"""

from __future__ import annotations

import inspect
import json
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version

import pytest
from allauth.account.adapter import get_adapter
from allauth.account.models import Login
from allauth.core.context import request_context
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from accounts import allauth_compat as compat
from accounts.models import User
from accounts.security.store import SessionStore
from tests.accounts.conftest import SIGN_UP
from tests.factories import PASSWORD
from tests.factors import Passkey, connect_app

pytestmark = pytest.mark.django_db

# The key of the vectors of RFC 6238 («12345678901234567890»), in base32.
RFC_6238 = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.fixture
def request_of() -> Iterator[Callable[[User | AnonymousUser], HttpRequest]]:
    """A request of somebody, as allauth's middleware gives it to its own code."""

    def made(user: User | AnonymousUser) -> HttpRequest:
        request = RequestFactory().post("/account/email/", {"kept": "what was typed"})
        request.session = SessionStore()
        request.session.create()
        request.user = user
        request._messages = CookieStorage(request)
        contexts.append(request_context(request))
        contexts[-1].__enter__()
        return request

    contexts: list[request_context] = []
    yield made
    while contexts:
        contexts.pop().__exit__(None, None, None)


@pytest.fixture
def asked(request_of, resident) -> HttpRequest:
    """A request of the resident."""
    return request_of(resident)


def test_each_function_has_its_contract():
    functions = {
        name
        for name, made in inspect.getmembers(compat, inspect.isfunction)
        if made.__module__ == compat.__name__ and not name.startswith("_")
    }
    assert {f"test_{name}" for name in functions} <= set(vars(sys.modules[__name__]))


def test_the_version_is_the_one_that_was_seen():
    assert version("django-allauth").startswith(f"{compat.SEEN_WITH}."), (
        "If everything else here passes, set SEEN_WITH to the new version."
    )


def test_as_user(request_of, resident):
    """allauth's own adapter makes people of our model, also where they are not stored yet."""
    assert compat.as_user(SimpleLazyObject(lambda: resident)) == resident
    assert compat.as_user(get_adapter().new_user(request_of(AnonymousUser()))).pk is None
    with pytest.raises(TypeError):
        compat.as_user(AnonymousUser())


# --- what a session has proved --------------------------------------------------------------------


def test_authentication_records(client, resident, bohdan):
    """allauth itself writes them where we read them, in this form, and of one person alone."""
    client.post("/account/login/", {"login": resident.email, "password": PASSWORD})
    (record,) = compat.authentication_records(client.session, resident)
    assert record["method"] == "password"
    assert time.time() - 60 < record["at"] <= time.time()
    assert compat.authentication_records(client.session, bohdan) == []


def test_record_authentication(asked, resident):
    compat.record_authentication(asked, resident, "paper")
    compat.record_authentication(asked, resident, "code", reauthenticated=True)
    first, second = compat.authentication_records(asked.session, resident)
    assert (first["method"], second["method"]) == ("paper", "code")
    assert second["reauthenticated"] is True


def test_record_social_authentication(asked, resident):
    account = SocialAccount(user=resident, provider="idgov", uid="7")
    compat.record_social_authentication(asked, SocialLogin(user=resident, account=account))
    (record,) = compat.authentication_records(asked.session, resident)
    assert (record["method"], record["uid"]) == ("socialaccount", "7")


@pytest.mark.parametrize("again", [False, True])
def test_record_factor(asked, resident, again):
    row = compat.activate_app(resident, RFC_6238)
    compat.record_factor(asked, row, again=again)
    (record,) = compat.authentication_records(asked.session, resident)
    assert (record["method"], record["type"], record["id"]) == ("mfa", "totp", row.pk)
    assert record.get("reauthenticated", False) is again
    row.refresh_from_db()
    assert row.last_used_at


# --- signing in -----------------------------------------------------------------------------------


def test_sign_in(request_of, resident):
    """At once, where nothing else is asked for; else the login waits for the factor."""
    request = request_of(AnonymousUser())
    answer = compat.sign_in(request, Login(user=resident, redirect_url="/there/"))
    assert (answer.status_code, answer["Location"]) == (302, "/there/")
    assert request.session["_auth_user_id"] == str(resident.pk)

    connect_app(resident)
    request = request_of(AnonymousUser())
    answer = compat.sign_in(request, Login(user=resident))
    assert answer["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in request.session


def test_sign_in_by_passkey(request_of, resident):
    """Without being asked for another factor, and as one."""
    row = compat.activate_passkey(resident, "Ключ", {})
    request = request_of(AnonymousUser())
    compat.sign_in_by_passkey(request, row, Login(user=resident, redirect_url="/there/"))
    assert request.session["_auth_user_id"] == str(resident.pk)
    (record,) = compat.authentication_records(request.session, resident)
    assert (record["method"], record["type"]) == ("mfa", "webauthn")


def test_answer_as_if_signed_up(client, request_of):
    """The same as a real sign-up's; and the page of the code finds somebody waiting."""
    real = client.post("/account/signup/", SIGN_UP)
    request = request_of(AnonymousUser())
    answer = compat.answer_as_if_signed_up(request, SIGN_UP["email"])
    assert (answer.status_code, answer["Location"]) == (real.status_code, real["Location"])
    waiting = compat.waiting_to_confirm_email(request.session)
    assert waiting == compat.Waiting(SIGN_UP["email"], None)


def test_suspend_request(asked):
    """It leads there with the way back, and holds the form until then."""
    answer = compat.suspend_request(asked, "/somewhere/")
    assert answer["Location"] == "/somewhere/?next=%2Faccount%2Femail%2F"
    assert "kept=what+was+typed" in str(dict(asked.session.items()))


def test_waiting_to_sign_in(client, resident):
    assert compat.waiting_to_sign_in(client.session) is None
    connect_app(resident)
    client.post("/account/login/", {"login": resident.email, "password": PASSWORD})
    waiting = compat.waiting_to_sign_in(client.session)
    assert waiting is not None
    assert waiting.user_pk == resident.pk

    stranger = Client()
    stranger.post("/account/login/code/", {"email": "nobody@viche.example"})
    waiting = compat.waiting_to_sign_in(stranger.session)
    assert waiting == compat.Waiting("nobody@viche.example", None)


def test_waiting_to_confirm_email(client):
    assert compat.waiting_to_confirm_email(client.session) is None
    client.post("/account/signup/", SIGN_UP)
    made = User.objects.get(email=SIGN_UP["email"])
    assert compat.waiting_to_confirm_email(client.session) == compat.Waiting(made.email, made.pk)


def test_waiting_to_reset_password(client, resident):
    assert compat.waiting_to_reset_password(client.session) is None
    client.post("/account/password/reset/", {"email": resident.email})
    waiting = compat.waiting_to_reset_password(client.session)
    assert waiting == compat.Waiting(resident.email, resident.pk)
    client.post("/account/password/reset/", {"email": "nobody@viche.example"})
    waiting = compat.waiting_to_reset_password(client.session)
    assert waiting == compat.Waiting("nobody@viche.example", None)


def test_the_code_that_is_mailed_is_found_while_it_works(client, resident, code):
    client.post("/account/login/code/", {"email": resident.email})
    waiting = compat.waiting_to_sign_in(client.session)
    assert waiting is not None and waiting.code == code()
    client.post("/account/password/reset/", {"email": resident.email})
    waiting = compat.waiting_to_reset_password(client.session)
    assert waiting is not None and waiting.code == code()


def test_set_sign_in_aside(client, resident):
    """allauth reads the form with a password then; nobody is lost."""
    client.post("/account/login/code/", {"email": resident.email})
    session = client.session
    waiting = compat.set_sign_in_aside(session)
    assert waiting and compat.waiting_to_sign_in(session) is None
    session.save()
    assert client.get("/account/login/").status_code == 200


def test_take_sign_in_up(client, resident):
    """Whoever waits now goes before."""
    client.post("/account/login/code/", {"email": resident.email})
    session = client.session
    waiting = compat.set_sign_in_aside(session)
    compat.take_sign_in_up(session, None)
    assert compat.waiting_to_sign_in(session) is None
    compat.take_sign_in_up(session, waiting)
    compat.take_sign_in_up(session, {"email": "another@viche.example"})
    found = compat.waiting_to_sign_in(session)
    assert found is not None and found.email == resident.email


def test_forget_email_confirmation(client):
    """Nobody waits for the code any more, for allauth itself neither."""
    client.post("/account/signup/", SIGN_UP)
    session = client.session
    compat.forget_email_confirmation(session)
    session.save()
    assert compat.waiting_to_confirm_email(client.session) is None
    assert client.get("/account/signup/code/").status_code == 302


# --- codes and second factors ---------------------------------------------------------------------


def test_normalize_code():
    assert compat.normalize_code(" 12-34 56\n") == "123456"


def test_is_same_code():
    assert compat.is_same_code("1234-5678", "12345678")
    assert not compat.is_same_code("12345679", "12345678")
    assert not compat.is_same_code("", "")
    assert not compat.is_same_code("шість", "12345678")


@pytest.mark.parametrize(("at", "code"), [(59, "287082"), (1111111109, "081804")])
def test_app_code(at, code):
    """As RFC 6238 (appendix B) has it, with the six digits of every app."""
    assert compat.app_code(RFC_6238, at // 30) == code


def test_new_app_secret():
    first, second = compat.new_app_secret(), compat.new_app_secret()
    assert first != second
    assert len(first) == 32
    assert compat.app_code(first, 1).isdecimal()


def test_activate_app(resident):
    """allauth asks for the code of this row from then on."""
    row = compat.activate_app(resident, RFC_6238)
    assert (row.user, row.type) == (resident, Authenticator.Type.TOTP)
    assert Authenticator.objects.get() == row
    assert RFC_6238 not in str(row.data)  # encrypted


def test_activate_passkey(resident):
    row = compat.activate_passkey(resident, "Мій телефон", {"id": "x"})
    assert (row.user, row.type) == (resident, Authenticator.Type.WEBAUTHN)
    assert row.data == {"name": "Мій телефон", "credential": {"id": "x"}}
    assert row.wrap().name == "Мій телефон"  # what templates show


def test_activate_recovery_codes(resident):
    row = compat.activate_recovery_codes(resident)
    assert (row.user, row.type) == (resident, Authenticator.Type.RECOVERY_CODES)
    assert compat.activate_recovery_codes(resident) == row


def test_unused_recovery_codes(resident):
    codes = compat.unused_recovery_codes(compat.activate_recovery_codes(resident))
    assert len(set(codes)) == 10
    assert all(len(code) == 8 and code.isdecimal() for code in codes)


def test_spend_recovery_code(resident):
    row = compat.activate_recovery_codes(resident)
    first, *others = compat.unused_recovery_codes(row)
    assert compat.spend_recovery_code(row, first)
    row.refresh_from_db()
    assert not compat.spend_recovery_code(row, first)
    assert compat.unused_recovery_codes(row) == others


def test_begin_passkey_sign_in(request_of):
    """The challenge names no passkey, so the browser offers those that it has."""
    request_of(AnonymousUser())
    public = compat.begin_passkey_sign_in()["publicKey"]
    assert public["challenge"]
    assert public["userVerification"] == "required"
    assert not public.get("allowCredentials")


def test_begin_passkey_registration(asked, resident):
    public = compat.begin_passkey_registration(resident)["publicKey"]
    assert public["challenge"]
    chosen = public["authenticatorSelection"]
    assert (chosen["residentKey"], chosen["userVerification"]) == ("required", "required")


def test_check_passkey_registration(request_of, resident):
    """Right once, for the challenge of this session."""
    request = request_of(resident)
    request.META["HTTP_HOST"] = "localhost"
    options = compat.begin_passkey_registration(resident)
    credential = json.loads(Passkey().create(json.loads(json.dumps(options, default=dict))))
    compat.check_passkey_registration(credential)
    for wrong in (credential, {}, {"response": None}):
        with pytest.raises(ValidationError):
            compat.check_passkey_registration(wrong)
