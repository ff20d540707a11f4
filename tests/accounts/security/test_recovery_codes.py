"""Recovery codes are shown to whoever proved herself, saved, renewed."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.security import actions
from accounts.security.events import RecoveryCodesMade
from tests.factors import recovery_codes

pytestmark = pytest.mark.django_db
CODES, FILE, RENEW = (
    "/account/security/codes/",
    "/account/security/codes/file/",
    "/account/security/codes/new/",
)


@pytest.fixture
def inside(client, resident, app):
    client.force_login(resident, second_factor=True)
    return client


def test_they_are_shown_and_saved(inside, resident):
    page, file = inside.get(CODES).content.decode(), inside.get(FILE)
    for code in recovery_codes(resident):
        for text in (page, file.content.decode()):
            assert f"{code[:4]}-{code[4:]}" in text
    assert "attachment" in file["Content-Disposition"]
    assert file["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("address", [CODES, FILE, RENEW])
def test_only_after_a_fresh_proof_by_the_factor(client, resident, app, address):
    for how in ({"second_factor": True, "fresh": False}, {"second_factor": False}):
        client.force_login(resident, **how)
        assert client.get(address)["Location"].startswith(reverse("mfa_reauthenticate"))


@pytest.mark.parametrize("address", [CODES, FILE])
def test_whoever_has_none_sees_none(client, resident, address):
    client.force_login(resident)
    assert client.get(address).status_code == 404


def test_new_ones_take_the_place_of_the_old(inside, resident, hear):
    told = hear(RecoveryCodesMade)
    old = set(recovery_codes(resident))
    assert inside.get(RENEW).status_code == 200
    assert set(recovery_codes(resident)) == old  # asked, not done
    assert inside.post(RENEW)["Location"] == CODES
    new = set(recovery_codes(resident))
    assert len(new) == 10
    assert not old & new
    assert len(told) == 1


def test_they_come_with_a_factor(resident, refused):
    with refused("account.no_factor"):
        actions.renew_codes(resident)
