"""Suspending somebody, and letting her back."""

from __future__ import annotations

import pytest

from accounts.events import UserReinstated, UserSignedOut, UserSuspended
from accounts.models import Suspension
from accounts.people import actions
from core.domain.rules import Refused
from core.models import AuditEntry
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


def test_all_sessions_end_at_once(client, resident, mo, hear):
    told = hear(UserSuspended, UserSignedOut)
    client.post("/account/login/", {"login": resident.email, "password": PASSWORD})
    assert client.get("/account/").status_code == 200
    actions.suspend(resident, by=mo, reason=" Спам ")
    assert client.get("/account/").status_code == 302
    assert told == [UserSignedOut(resident.pk), UserSuspended(resident.pk, mo.pk)]
    kept = Suspension.objects.get(user=resident)
    assert (kept.by, kept.reason, kept.ended_at) == (mo, "Спам", None)


def test_the_trace_holds_ids_and_no_words(resident, mo):
    actions.suspend(resident, by=mo, reason="Спам")
    entry = AuditEntry.objects.get(event="UserSuspended")
    assert entry.actor == mo.pk
    assert entry.ids == {"user_id": resident.pk, "by_id": mo.pk}


def test_let_back_she_can_sign_in_again(client, resident, mo, hear):
    told = hear(UserReinstated)
    actions.suspend(resident, by=mo, reason="Спам")
    actions.reinstate(resident, by=mo)
    assert told == [UserReinstated(resident.pk, mo.pk)]
    assert Suspension.objects.get(user=resident).ended_by == mo
    page = client.post("/account/login/", {"login": resident.email, "password": PASSWORD})
    assert page.status_code == 302
    actions.suspend(resident, by=mo, reason="Знову")
    assert Suspension.objects.filter(user=resident).count() == 2


@pytest.mark.parametrize(
    ("code", "prepare"),
    [
        ("account.already_suspended", lambda user, mo: actions.suspend(user, by=mo, reason="1")),
        ("account.reason_missing", None),
    ],
)
def test_refusals(resident, mo, code, prepare):
    if prepare:
        prepare(resident, mo)
    with pytest.raises(Refused) as refused:
        actions.suspend(resident, by=mo, reason="2" if prepare else "  ")
    assert refused.value.verdict.code == code


def test_nobody_is_suspended_by_who_may_not(resident, olena, mo, admin):
    for by, user, code in [
        (olena, resident, "account.not_moderator"),
        (mo, mo, "account.oneself"),
        (mo, admin, "account.staff"),
    ]:
        with pytest.raises(Refused) as refused:
            actions.suspend(user, by=by, reason="…")
        assert refused.value.verdict.code == code
    assert not Suspension.objects.exists()
