"""Who one is, as one's own programs see and change it; and nobody else's."""

from __future__ import annotations

import pytest

from accounts.models import Level, Residence, User, Verification
from city.models import District
from core.domain import clock as the_clock
from tests import factories
from tests.tokens.conftest import program
from tokens import actions
from tokens.models import Scope

pytestmark = pytest.mark.django_db
ME = "/api/v1/me/"


def _program(user, *scopes):
    return program(actions.create(user, name="a", scopes=scopes or Scope.values[:-1], days=30)[1])


def _change(client, **body):
    return client.patch(ME, body, content_type="application/json")


def test_says_who_one_is_and_no_more(olena):
    answer = _program(olena, "me:read").get(ME)
    assert answer.status_code == 200
    assert answer.json() == {
        "id": olena.pk,
        "given_name": "Олена",
        "family_name": "Коваль",
        "public_name": "Олена К.",
        "public_name_style": "initial",
        "language": "uk",
        "level": "low",
        "residence": {"state": "unknown", "district": None},
        "organisations": [],
    }
    assert olena.email not in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_says_how_surely_and_where_and_for_whom(olena, bohdan):
    Verification.objects.create(user=olena, level=Level.HIGH, how="provider", source="id.gov.ua")
    district = District.objects.create(name="Центр", slug="centre")
    Residence.objects.create(user=olena, district=district)
    firm = factories.organisation("ТОВ «Тераса»", olena, scopes=("comment",))
    factories.organisation("ТОВ «Чуже»", bohdan)
    told = _program(olena).get(ME).json()
    assert told["level"] == "high"
    assert told["residence"] == {
        "state": "declared",
        "district": {"slug": "centre", "name": "Центр"},
    }
    assert told["organisations"] == [
        {
            "organisation": firm.pk,
            "name": "ТОВ «Тераса»",
            "code": firm.code,
            "scopes": ["comment"],
            "is_head": False,
            "ends_at": None,
        }
    ]


def test_a_mandate_that_was_revoked_is_gone_at_once(olena):
    firm = factories.organisation("ТОВ «Тераса»", olena)
    client = _program(olena)
    assert client.get(ME).json()["organisations"]
    firm.mandates.update(revoked_at=the_clock.now())
    assert client.get(ME).json()["organisations"] == []


def test_a_session_serves_as_well(client, olena):
    client.force_login(olena)
    assert client.get(ME).json()["id"] == olena.pk


def test_nobody_is_nobody(client):
    for answer in (client.get(ME), _change(client, language="en")):
        assert (answer.status_code, answer.json()["code"]) == (403, "account.sign_in")


def test_changes_what_was_sent_and_nothing_else(olena):
    answer = _change(_program(olena, "me:write"), public_name_style="full")
    assert answer.status_code == 200
    assert answer.json()["public_name"] == "Олена Коваль"
    olena.refresh_from_db()
    assert (olena.public_name_style, olena.language) == ("full", "uk")
    assert _change(_program(olena, "me:write")).status_code == 200
    assert _change(_program(olena), language="en").json()["language"] == "en"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"public_name_style": "none"}, "public_name_style"),
        ({"language": "de"}, "language"),
        ({"language": None}, "language"),
        ({"email": "evil@viche.example"}, "email"),
        ({"is_staff": True}, "is_staff"),
        ({"given_name": "Інша"}, "given_name"),
        ({"id": 1}, "id"),
    ],
)
def test_takes_nothing_else(olena, body, field):
    before = User.objects.filter(pk=olena.pk).values().get()
    answer = _change(_program(olena), **body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert list(answer.json()["params"]["fields"]) == [field]
    assert User.objects.filter(pk=olena.pk).values().get() == before


@pytest.mark.parametrize(
    ("granted", "read", "write"),
    [
        ("me:read", 200, 403),
        ("me:write", 403, 200),
        ("remarks:write", 403, 403),
    ],
)
def test_each_scope_opens_its_own(olena, granted, read, write):
    client = _program(olena, granted)
    assert client.get(ME).status_code == read
    assert _change(client, language="en").status_code == write


@pytest.mark.parametrize("method", ["post", "put", "delete", "options"])
def test_other_methods_are_none(olena, method):
    answer = getattr(_program(olena), method)(ME)
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")


def test_costs_the_same_with_many_organisations(olena, django_assert_max_num_queries):
    client = _program(olena)
    client.get(ME)
    for number in range(5):
        factories.organisation(f"ТОВ «{number}»", olena)
    with django_assert_max_num_queries(5):  # the token, the limit, and what is told
        assert len(client.get(ME).json()["organisations"]) == 5
