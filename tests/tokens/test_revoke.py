"""Ending a token: at once, by its owner alone, and with everything else when all must end."""

from __future__ import annotations

import pytest

from accounts.events import UserSignedOut
from accounts.people import actions as accounts
from core.domain.actions import action
from core.domain.events import emit
from core.domain.rules import Refused
from tokens import actions
from tokens.actions import TokenRevoked
from tokens.models import Token

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(olena):
    return actions.create(olena, name="Читач", scopes=["me:read"], days=30)[0]


def test_ends_it_and_says_so(token, olena, emitted):
    ended = actions.revoke(token, by=olena)
    assert ended.revoked_at is not None
    assert not Token.objects.in_force().exists()
    assert emitted == [TokenRevoked(token.pk, olena.pk, olena.pk)]


def test_nobody_else_and_no_second_time(token, olena, bohdan, admin):
    for by in (bohdan, admin):
        with pytest.raises(Refused) as refused:
            actions.revoke(token, by=by)
        assert refused.value.verdict.code == "token.not_yours"
    actions.revoke(token, by=olena)
    with pytest.raises(Refused) as refused:
        actions.revoke(token, by=olena)
    assert refused.value.verdict.code == "token.revoked_already"


def test_the_button_does_it_and_a_link_does_not(client, token, olena, bohdan):
    address = f"/account/apps/{token.pk}/revoke/"
    client.force_login(bohdan)
    assert client.post(address).status_code == 404
    client.force_login(olena)
    assert client.get(address).status_code == 405
    assert Token.objects.in_force().exists()
    assert client.post(address)["Location"] == "/account/apps/"
    assert not Token.objects.in_force().exists()
    assert client.post(address).status_code == 404


def test_signing_out_everywhere_ends_programs_too(olena, bohdan, token, emitted):
    others = actions.create(bohdan, name="Читач", scopes=["me:read"], days=30)[0]
    emitted.clear()
    accounts.change_password(olena, None)
    assert TokenRevoked(token.pk, olena.pk, None) in emitted
    assert list(Token.objects.in_force()) == [others]


def test_the_end_of_one_session_ends_no_token(token, olena):
    with action():
        emit(UserSignedOut(olena.pk, "a-session"))
    assert Token.objects.in_force().exists()
