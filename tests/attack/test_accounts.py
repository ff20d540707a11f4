"""Sessions, ways onward, limits, and what the site tells of who has an account."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory

from accounts.models import User
from core.web.client_ip import client_ip
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"


@pytest.fixture
def resident(db) -> User:
    return User.objects.create_user(
        "resident@viche.example", PASSWORD, given_name="Ганна", family_name="Ткач"
    )


def sign_in(client: Client, **more: str):
    return client.post(LOGIN, {"login": "resident@viche.example", "password": PASSWORD, **more})


@pytest.mark.parametrize(
    "onward",
    [
        *("//evil.example", "///evil.example", "////evil.example", "\\\\evil.example"),
        *("/\\evil.example", "\\/evil.example", "http:evil.example", "https:///evil.example"),
        *("http://testserver@evil.example", "http://testserver.evil.example", "//evil.example\\@x"),
        *("javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "/\t/evil.example"),
        *("\x08//evil.example", "/%09/evil.example", "/%5cevil.example", "\u2028//evil.example"),
        *("ftp://testserver/", "http://[::1", "/\n/evil.example", "/ok\r\nX-Evil: 1"),
    ],
)
def test_nobody_is_led_away(client, resident, onward):
    for where in ({"next": onward}, {}):
        client.logout()
        address = LOGIN if where else f"{LOGIN}?next={onward}"
        response = client.post(address, {"login": resident.email, "password": PASSWORD, **where})
        assert response.status_code == 302
        leads = response["Location"]
        assert leads.startswith("/") and not leads.startswith(("//", "/\\", "/\t")), leads
        assert "X-Evil" not in response.headers
    again = client.get(LOGIN, {"next": onward})  # already signed in
    assert not again.get("Location", "/").startswith(("//", "http", "javascript", "/\\"))
    out = client.post("/account/logout/", {"next": onward})
    assert not out.get("Location", "/").startswith(("//", "http", "javascript", "/\\"))


def test_a_session_that_was_planted_is_changed_at_the_door(client, resident):
    session = client.session
    session["planted"] = "1"
    session.save()
    planted = session.session_key
    client.cookies["session"] = planted
    sign_in(client)
    assert client.cookies["session"].value != planted
    thief = Client()
    thief.cookies["session"] = planted
    assert thief.get("/account/me/").status_code == 302
    invented = Client()
    invented.cookies["session"] = "a" * 32
    sign_in(invented)
    assert invented.cookies["session"].value != "a" * 32


def test_the_session_of_another_person_is_not_taken_over(client, resident, olena):
    client.force_login(olena)
    before = client.session.session_key
    client.post("/account/logout/")
    assert not Session.objects.filter(session_key=before).exists()
    sign_in(client)
    assert client.session.session_key != before


def test_a_get_signs_nobody_out(client, resident):
    sign_in(client)
    client.get("/account/logout/")
    assert client.get("/account/me/").status_code == 200


@pytest.mark.parametrize("address", ["/account/login/code/", "/account/password/reset/", LOGIN])
def test_a_get_sends_no_mail(client, resident, mailoutbox, address):
    client.get(address, {"email": resident.email, "login": resident.email})
    assert mailoutbox == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Forwarded-For", "10.9.8.7"),
        ("X-Real-IP", "10.9.8.7"),
        ("Forwarded", "for=10.9.8.7"),
        ("X-Client-IP", "10.9.8.7"),
        ("CF-Connecting-IP", "10.9.8.7"),
        ("X_Forwarded_For", "10.9.8.7"),
    ],
)
def test_nobody_says_himself_where_he_comes_from(name, value, settings):
    settings.TRUSTED_PROXIES = []
    request = RequestFactory().get("/", headers={name: value}, REMOTE_ADDR="192.0.2.1")
    assert client_ip(request) == "192.0.2.1"
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    assert client_ip(request) == "192.0.2.1"


def test_a_wrong_password_and_a_wrong_address_get_one_answer(client, resident):
    pages = []
    for email in (resident.email, "nobody@viche.example"):
        one = Client()
        response = one.post(LOGIN, {"login": email, "password": "wrong pass-phrase"})
        pages.append((response.status_code, response.text.replace(email, "").partition("csrf")[0]))
    assert pages[0] == pages[1]


def test_addresses_of_people_lead_nowhere(client, olena):
    """No page of a person can be asked for by number or name."""
    for path in (f"/users/{olena.pk}/", f"/account/{olena.pk}/", f"/api/v1/users/{olena.pk}/"):
        assert client.get(path).status_code == 404
