"""A program with a token: what it may, what it may not, and how it is told."""

from __future__ import annotations

import logging

import pytest
from django.test import Client

from accounts.models import User
from consultations.models import Remark, State
from core.web.pages import forget_pages
from tests import factories
from tests.tokens.conftest import program
from tokens import actions
from tokens.authentication import WRONG
from tokens.models import Token

pytestmark = pytest.mark.django_db
UNKNOWN = f"viche_{'a' * 43}"


@pytest.fixture(autouse=True)
def nothing_kept():
    forget_pages()


@pytest.fixture
def opened(department):
    return factories.consultation(department)


def _remarks(consultation) -> str:
    return f"/api/v1/consultations/{consultation.pk}/remarks/"


def _say(client: Client, consultation, **body):
    return client.post(
        _remarks(consultation), {"text": "слово", **body}, content_type="application/json"
    )


def test_speaks_in_the_persons_name_without_cookie_or_csrf(program_of, olena, opened):
    answer = _say(program_of(olena, "remarks:write"), opened)
    assert answer.status_code == 201, answer.content
    assert Remark.objects.get().comment.author == olena
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_session_still_needs_its_csrf_token(olena, opened):
    client = Client(enforce_csrf_checks=True)
    client.force_login(olena)
    assert _say(client, opened).status_code == 403
    assert not Remark.objects.exists()


@pytest.mark.parametrize("granted", [["me:read"], ["me:write"], ["me:read", "me:write"]])
def test_without_the_scope_it_is_told_which_is_missing(program_of, olena, opened, granted):
    answer = _say(program_of(olena, *granted), opened)
    assert (answer.status_code, answer.json()["code"]) == (403, "token.scope")
    assert answer.json()["params"] == {"scope": "remarks:write"}
    assert not Remark.objects.exists()


def _revoked(olena) -> str:
    token, plain = actions.create(olena, name="a", scopes=["remarks:write"], days=30)
    actions.revoke(token, by=olena)
    return plain


@pytest.mark.parametrize(
    "sent",
    ["", "viche_", UNKNOWN, UNKNOWN[6:], f"{UNKNOWN} x", "viche_" + "а" * 43, "viche_" + "a" * 500],
)
def test_what_is_no_token_is_401_also_for_reading(opened, sent):
    client = Client(headers={"Authorization": f"Bearer {sent}".encode().decode("latin-1")})
    for answer in (_say(client, opened), client.get(_remarks(opened))):
        assert (answer.status_code, answer.json()["code"]) == (401, "token.invalid")
        assert set(answer.json()) == {"code", "detail", "params"}
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="api"'
        assert answer.headers["Cache-Control"] == "private, no-store"
    assert not Remark.objects.exists()


def test_revoked_expired_and_suspended_are_401_each_with_its_code(olena, opened, clock):
    answer = _say(program(_revoked(olena)), opened)
    assert (answer.status_code, answer.json()["code"]) == (401, "token.revoked")
    plain = actions.create(olena, name="a", scopes=["remarks:write"], days=30)[1]
    clock.advance(days=30)
    answer = _say(program(plain), opened)
    assert (answer.status_code, answer.json()["code"]) == (401, "token.expired")
    clock.reset()
    User.objects.filter(pk=olena.pk).update(is_active=False)
    answer = _say(program(plain), opened)
    assert (answer.status_code, answer.json()["code"]) == (401, "account.suspended")
    assert not Remark.objects.exists()


def test_a_wrong_token_is_not_made_good_by_a_session(olena, opened):
    client = Client(headers={"Authorization": f"Bearer {UNKNOWN}"})
    client.force_login(olena)
    assert _say(client, opened).status_code == 401


def test_a_token_in_the_address_or_the_body_is_none(olena, opened, client):
    plain = actions.create(olena, name="a", scopes=["remarks:write"], days=30)[1]
    for name in ("token", "access_token", "bearer"):
        address = f"{_remarks(opened)}?{name}={plain}"
        answer = client.post(address, {"text": "a"}, content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (403, "account.sign_in")
        assert _say(client, opened, **{name: plain}).status_code == 403
    assert not Remark.objects.exists()


def test_another_scheme_is_somebody_elses(olena, opened):
    client = Client(headers={"Authorization": "Basic dTpw"})
    client.force_login(olena)
    assert _say(client, opened).status_code == 201


def test_nothing_that_is_done_for_the_council_can_be_done(program_of, department, ofi, mo, admin):
    """Not even seen: a draft is no more there than for anybody."""
    draft = factories.consultation(department, State.PREPARING)
    for person in (ofi, mo, admin):
        client = program_of(person)
        assert client.get(f"/api/v1/consultations/{draft.pk}/").status_code == 404
        assert _say(client, draft).status_code == 404


@pytest.mark.parametrize(
    "path", ["/account/", "/account/me/", "/account/apps/", "/desk/", "/desk/moderation/"]
)
def test_pages_know_no_tokens(program_of, admin, path):
    assert program_of(admin).get(path)["Location"].startswith("/account/login/")


def test_what_it_reads_is_kept_for_nobody(program_of, olena, opened, client):
    address = f"/api/v1/consultations/{opened.pk}/"
    first = program_of(olena).get(address)
    assert first.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in first.headers
    assert "public" in client.get(address).headers["Cache-Control"]
    wrong = Client(headers={"Authorization": f"Bearer {UNKNOWN}"}).get(address)
    assert wrong.status_code == 401


def test_the_owner_sees_the_day_it_was_used_which_costs_one_write(
    program_of, olena, opened, clock, django_assert_num_queries
):
    client = program_of(olena)
    assert Token.objects.get().used_on is None
    client.get(_remarks(opened))
    used_on = Token.objects.get().used_on
    assert used_on is not None
    client.get(_remarks(opened))
    clock.advance(days=1)
    client.get(_remarks(opened))
    assert (Token.objects.get().used_on - used_on).days == 1


def test_the_limits_are_the_persons(program_of, olena, bohdan, opened, settings):
    settings.API_LIMITS = {"read": 100, "write": 2}
    first, second = program_of(olena), program_of(olena)
    answers = [_say(client, opened) for client in (first, second, first)]
    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert answers[-1].headers["Retry-After"]
    assert _say(program_of(bohdan), opened).status_code == 201


def test_guessing_is_limited_and_locks_nobody_out(program_of, olena, opened):
    wrong = program(UNKNOWN)
    statuses = [wrong.get(_remarks(opened)).status_code for _ in range(WRONG.most + 2)]
    assert set(statuses[:-2]) == {401}
    assert statuses[-2:] == [429, 429]
    assert program_of(olena).get(_remarks(opened)).status_code == 200


def test_no_token_is_ever_logged(olena, opened, caplog):
    caplog.set_level(logging.DEBUG)
    plain = actions.create(olena, name="a", scopes=["me:read"], days=30)[1]
    for sent in (plain, UNKNOWN):
        _say(program(sent), opened)
        program(sent).get("/api/v1/nowhere/")
    assert caplog.records
    said = " ".join(f"{record.getMessage()} {record.exc_text}" for record in caplog.records)
    assert plain not in said
    assert UNKNOWN not in said
