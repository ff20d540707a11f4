"""Making a token: on its page after proving who one is, shown once, and never kept as it is."""

from __future__ import annotations

from hashlib import sha256

import pytest
from django.db import IntegrityError, transaction

from core.domain import clock as the_clock
from core.domain.rules import Refused
from tests.meetings.factories import refused
from tokens import actions, rules
from tokens.actions import TokenCreated
from tokens.models import Scope, Token

pytestmark = pytest.mark.django_db


def make(user, **given):
    return actions.create(user, **{"name": "Читач", "scopes": ["me:read"], "days": 30, **given})


def test_keeps_a_digest_and_tells_the_token_once(olena):
    token, plain = make(olena, scopes=["remarks:write", "me:read", "me:read"])
    assert plain.startswith("viche_")
    assert len(plain) > 40
    assert token.digest == sha256(plain.encode()).hexdigest()
    assert token.scopes == ["me:read", "remarks:write"]
    stored = Token.objects.filter(pk=token.pk).values().get()
    assert plain not in str(stored)
    assert 29 < (token.expires_at - the_clock.now()).total_seconds() / 86400 <= 30


def test_no_two_are_alike(olena):
    assert len({make(olena)[1] for _ in range(5)}) == 5


def test_emits_that_and_nothing_else(olena, emitted):
    token, _plain = make(olena)
    assert emitted == [TokenCreated(token.pk, olena.pk, olena.pk)]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"name": "  "}, "token.name_missing"),
        ({"scopes": []}, "token.no_such_scope"),
        ({"scopes": ["me:read", "desk:write"]}, "token.no_such_scope"),
        ({"days": 31}, "token.no_such_lifetime"),
        ({"days": 0}, "token.no_such_lifetime"),
    ],
)
def test_what_cannot_be_is_refused(olena, given, code):
    with pytest.raises(Refused) as caught:
        make(olena, **given)
    assert caught.value.verdict.code == code
    assert not Token.objects.exists()


def test_one_person_has_so_many_and_the_expired_do_not_count(olena, bohdan, clock):
    for _ in range(rules.MOST):
        make(olena)
    with pytest.raises(Refused) as caught:
        make(olena)
    assert caught.value.verdict.code == "token.too_many"
    assert make(bohdan)
    clock.advance(days=31)
    assert make(olena)


def test_who_is_suspended_makes_none(olena):
    olena.is_active = False
    olena.save(update_fields=["is_active"])
    with pytest.raises(Refused) as caught:
        make(olena)
    assert caught.value.verdict.code == "account.suspended"


def test_the_database_takes_no_unknown_scope_and_no_token_for_ever(olena):
    token, _plain = make(olena)
    for change in ({"scopes": ["all"]}, {"scopes": []}, {"expires_at": "2999-01-01T00:00Z"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Token.objects.filter(pk=token.pk).update(**change)


def test_the_page_shows_it_once(client, olena):
    client.force_login(olena)
    form = {"name": "Читач", "scopes": ["me:read", *Scope.values[:-1]], "days": "90"}
    page = client.post("/account/apps/new/", form)
    assert page.status_code == 201
    plain = page.text.split('value="viche_')[1].split('"')[0]
    assert Token.objects.get().digest == actions.digest_of(f"viche_{plain}")
    assert page.headers["Cache-Control"] == "private, no-store"
    listed = client.get("/account/apps/")
    assert "Читач" in listed.text
    assert plain not in listed.text


def test_a_program_may_lead_there_with_what_it_needs(client, olena):
    client.force_login(olena)
    page = client.get(
        "/account/apps/new/?name=Читач&scope=remarks:write&scope=desk:write&days=365&agreed=on"
    )
    assert page.status_code == 200
    assert 'value="Читач"' in page.text
    ticked = [part for part in page.text.split("<input")[1:] if "checked" in part.split(">")[0]]
    assert [part.split('value="')[1].split('"')[0] for part in ticked] == ["remarks:write", "90"]
    assert not Token.objects.exists()


def test_a_wrong_form_loses_nothing(client, olena):
    client.force_login(olena)
    page = client.post("/account/apps/new/", {"name": "Читач", "days": "7"})
    assert page.status_code == 422
    assert 'value="Читач"' in page.text
    assert not Token.objects.exists()


def test_an_old_session_proves_first_who_it_is(client, olena):
    client.force_login(olena, fresh=False)
    form = {"name": "a", "scopes": "me:read", "days": "30"}
    for answer in (client.get("/account/apps/new/"), client.post("/account/apps/new/", form)):
        assert answer.status_code == 302
        assert "/account/apps/" not in answer["Location"].partition("?")[0]
    assert not Token.objects.exists()


@pytest.mark.parametrize("path", ["/account/apps/", "/account/apps/new/"])
def test_nobody_is_asked_to_sign_in(client, path):
    assert client.get(path)["Location"].startswith("/account/login/")


def test_the_list_costs_the_same_with_many(client, olena, django_assert_max_num_queries):
    for _ in range(rules.MOST):
        make(olena)
    client.force_login(olena)
    client.get("/account/apps/")
    with django_assert_max_num_queries(6):
        client.get("/account/apps/")


def test_only_staff_let_a_program_do_what_staff_do(olena, ofi):
    with refused("token.staff_only"):
        make(olena, scopes=["services:write"])
    assert make(ofi, scopes=["services:write"])[0].scopes == ["services:write"]
    ofi.second_factored = False
    del ofi.grants_in_force
    with refused("token.staff_only"):
        make(ofi, scopes=["services:write"])
