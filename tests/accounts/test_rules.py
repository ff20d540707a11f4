"""Who may do what to accounts: role by role."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts import rules
from tests.factories import person as made

ANON = AnonymousUser()


def person(pk: int, role: str = "", *, active: bool = True):
    return made(pk, role, is_active=active, department_id=1 if role == "officer" else None)


WHO = {
    "anon": ANON,
    "resident": person(1),
    "suspended": person(2, active=False),
    "suspended moderator": person(3, "moderator", active=False),
    "moderator": person(4, "moderator"),
    "officer": person(5, "officer"),
    "administrator": person(6, "administrator"),
    "moderator of one thing": made(7, "moderator", scope="consultation:1"),
}
RESIDENT, MODERATOR, OFFICER, ADMINISTRATOR = (
    person(10),
    person(11, "moderator"),
    person(12, "officer"),
    person(13, "administrator"),
)
OUTSIDERS = {
    "anon": "account.sign_in",
    "suspended": "account.suspended",
    "suspended moderator": "account.suspended",
}


def expect(rule, allowed: set[str], otherwise: dict[str, str]) -> None:
    got = {who: rule(user).code for who, user in WHO.items()}
    assert got == {who: "" if who in allowed else otherwise[who] for who in WHO}


@pytest.mark.parametrize("act", ["suspend", "reinstate"])
@pytest.mark.parametrize("user", [RESIDENT, MODERATOR, OFFICER, ADMINISTRATOR])
def test_suspend_and_reinstate(act, user):
    def rule(by):
        if act == "suspend":
            return rules.suspend(by, user, reason="…")
        return rules.reinstate(
            by, person(user.pk, *(grant.role for grant in user.grants_in_force), active=False)
        )

    staff = "account.staff" if user.is_staff else ""
    expect(
        rule,
        {"administrator"} | (set() if staff else {"moderator"}),
        OUTSIDERS
        | dict.fromkeys(("resident", "officer", "moderator of one thing"), "account.not_moderator")
        | {"moderator": staff},
    )


def test_nobody_judges_themselves():
    for who in ("moderator", "administrator"):
        user = WHO[who]
        assert rules.suspend(user, user, reason="…").code == "account.oneself"
        assert rules.reinstate(user, user).code == "account.oneself"


def test_agree():
    expect(
        lambda user: rules.agree(user, version="2026-01-01", current="2026-01-01"),
        {"resident", "moderator", "officer", "administrator", "moderator of one thing"},
        OUTSIDERS,
    )
    verdict = rules.agree(RESIDENT, version="2025-01-01", current="2026-01-01")
    assert verdict.code == "account.document_changed"


def test_use_desk():
    expect(
        rules.use_desk,
        {"moderator", "officer", "administrator", "moderator of one thing"},
        OUTSIDERS | {"resident": "desk.staff_only"},
    )


def test_states():
    assert rules.suspend(WHO["moderator"], RESIDENT, reason=" ").code == "account.reason_missing"
    again = rules.suspend(WHO["moderator"], WHO["suspended"], reason="…")
    assert again.code == "account.already_suspended"
    assert rules.reinstate(WHO["moderator"], RESIDENT).code == "account.not_suspended"
