"""No staff page, and no right of staff, without a second factor in this very session."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user
from django.http import HttpRequest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.urls.resolvers import RoutePattern

from accounts.allauth_compat import RECORDS_KEY
from accounts.models import User
from accounts.security import rules, sessions
from accounts.security.gate import is_of_the_desk
from accounts.security.proofs import FACTOR
from accounts.security.store import SessionStore
from consultations.remarks import actions
from discussions.models import Comment
from tests import factories
from tests.factors import App, connect_app

pytestmark = pytest.mark.django_db
DESK = "/desk/"


#: A value for each kind of parameter. The gate stands before the view, so what the address is
#: about need not exist.
VALUES = {
    "day": "2026-11-30",
    "id": "1",
    "int": "1",
    "str": "x",
    "slug": "x",
    "uuid": "0" * 8 + "-0000" * 3 + "-" + "0" * 12,
}


def ways_in(patterns: Any = None, before: str = "/") -> Iterator[str]:
    """Every address of the site, read from its table of addresses."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        part = str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from ways_in(pattern.url_patterns, before + part)
        elif isinstance(pattern.pattern, RoutePattern):
            yield re.sub(r"<(\w+):\w+>", lambda found: VALUES.get(found[1], "x"), before + part)


@pytest.mark.with_all
@pytest.mark.cpu(10)
def test_every_way_to_the_desk_asks_for_the_factor(admin):
    """Of an administrator, who may do everything: reading and writing; a few of them in English."""
    connect_app(admin)
    client = Client()
    client.force_login(admin, second_factor=False)
    ways = sorted(way for way in ways_in() if way.startswith(DESK))
    assert {reverse(name) for name in ("portal:desk", "desk:list", "moderation:queue")} < set(ways)
    for way in (*ways, *(f"/en{way}" for way in ways[::10])):
        factor = f"{way[:3] if way.startswith('/en') else ''}/account/confirm/code/?next="
        for answer in (client.get(way), client.post(way)):
            assert answer.status_code == 302, way
            assert answer["Location"].startswith(factor), way


@pytest.mark.parametrize("who", ["mo", "ofi", "admin"])
def test_who_has_no_factor_is_led_to_setting_one_up_and_back(request, who):
    client = Client()
    client.force_login(request.getfixturevalue(who), second_factor=False)
    way = client.get("/desk/?list=newest")["Location"]
    assert way == "/account/security/needed/?next=%2Fdesk%2F%3Flist%3Dnewest"
    page = client.get(way).content.decode()
    assert "/account/security/app/?next=%2Fdesk%2F%3Flist%3Dnewest" in page

    there = "/account/security/app/?next=%2Fdesk%2F"
    secret = client.get(there).context["secret"].replace(" ", "")
    codes = client.post(there, {"code": App(secret).code()})["Location"]
    assert codes == "/account/security/codes/?next=%2Fdesk%2F"
    assert 'href="/desk/"' in client.get(codes).content.decode()
    assert client.get(DESK).status_code == 200  # that was a proof for this session already


def test_who_has_one_shows_it_and_comes_back(mo):
    app = connect_app(mo)
    client = Client()
    client.force_login(mo, second_factor=False)
    way = client.get(DESK)["Location"]
    assert client.get(way).status_code == 200
    page = client.post("/account/confirm/code/", {"code": app.code(), "next": DESK})
    assert page["Location"] == DESK
    assert client.get(DESK).status_code == 200


def test_residents_are_answered_as_ever(olena):
    client = Client()
    client.force_login(olena)
    assert client.get(DESK).status_code == 403
    assert Client().get(DESK)["Location"].startswith(reverse("account_login"))


def test_a_factor_counts_for_some_hours(mo, settings):
    client = Client()
    client.force_login(mo)
    session = client.session
    session[RECORDS_KEY] = [{"method": FACTOR, "at": time.time() - 11 * 3600}]
    session.save()
    assert client.get(DESK).status_code == 200
    settings.SECOND_FACTOR_HOURS = 10
    assert client.get(DESK).status_code == 302


def test_what_was_typed_before_it_ran_out_is_sent_after_it(mo, city_remark):
    """An hour over a form: the factor is asked for, then the form goes on its way."""
    app = connect_app(mo)
    client = Client()
    client.force_login(mo, second_factor=False)
    address = reverse("moderation:hide", args=[city_remark.pk])
    form = {f"c{city_remark.pk}-reason": "spam", f"c{city_remark.pk}-note": "Реклама"}
    asked = client.post(address, form, headers={"HX-Request": "true"})
    assert asked["Location"].startswith("/account/confirm/code/")
    assert Comment.objects.get(pk=city_remark.pk).hidden_at is None
    client.post("/account/confirm/code/", {"code": app.code(), "next": address})
    assert Comment.objects.get(pk=city_remark.pk).hidden_at is not None


@pytest.fixture
def city_remark(department, olena):
    opened = factories.consultation(department)
    return actions.remark(opened, by=olena, text="Дуже корисне зауваження.")


# --- the rights themselves ------------------------------------------------------------------------


def brought(user: User, **how) -> User:
    """The person as a session brings her."""
    client = Client()
    client.force_login(user, **how)
    return sessions.user_from_session(SessionStore(client.session.session_key))


@pytest.mark.parametrize("who", ["mo", "ofi", "admin"])
def test_without_the_factor_no_grant_is_in_force(request, who):
    user = request.getfixturevalue(who)
    half, whole = brought(user, second_factor=False), brought(user)
    assert user.grants_in_force
    assert half == whole == user
    assert half.grants_in_force == ()
    assert whole.grants_in_force == user.grants_in_force
    assert not (half.is_moderator or half.is_officer or half.is_administrator)
    assert half.is_staff  # so that the gate knows whom to ask
    assert rules.work(half).code == "account.second_factor"
    assert rules.work(whole)


def test_whoever_asks_django_for_a_session_s_user_gets_her_without_rights(mo):
    """A door that forgets to judge the session opens less, never more."""
    client = Client()
    client.force_login(mo)
    request = HttpRequest()
    request.session = SessionStore(client.session.session_key)
    assert get_user(request).grants_in_force == ()


def test_showing_the_factor_gives_the_rights_at_once(mo):
    half = brought(mo, second_factor=False)
    assert half.grants_in_force == ()
    half.grant_staff_rights()
    assert half.is_moderator


def test_records_of_another_person_in_the_session_prove_nothing(mo, admin):
    client = Client()
    client.force_login(mo)
    session = client.session
    session["account_authentication_methods_user"] = str(admin.pk)
    session.save()
    assert client.get(DESK).status_code == 302


def test_on_pages_outside_of_the_desk_she_is_a_resident(mo, ofi, city_remark, department):
    """A draft that is being prepared, hidden words, an official reply: not for this session."""
    secret = factories.consultation(department, "preparing")
    for user in (mo, ofi):
        connect_app(user)
    client = Client()
    client.force_login(ofi, second_factor=False)
    assert client.get(secret.get_absolute_url()).status_code == 404
    client.force_login(ofi)
    assert client.get(secret.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("route", "desk"),
    [
        ("desk/", True),
        ("en/desk/moderation/<id:pk>/hide/", True),
        ("desk/consultations/", True),
        ("en/", False),
        ("consultations/<id:pk>/desk/", False),
        ("desktop/", False),
        ("account/security/", False),
    ],
)
def test_what_is_of_the_desk(route, desk):
    assert is_of_the_desk(route) is desk
