"""Roles given and taken back by an administrator, with a trace."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import Grant, User, load_grants
from accounts.people import actions as people
from accounts.staff import actions
from accounts.staff.events import GrantGiven, GrantRevoked, StaffRetired
from core.domain import clock as time
from core.domain.rules import Refused
from core.models import AuditEntry
from tests import factories

pytestmark = pytest.mark.django_db


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_a_role_is_given_and_taken_back(admin, olena, department, hear):
    told = hear(GrantGiven, GrantRevoked)
    given = actions.grant(
        olena, by=admin, role="officer", department=department, reason="Наказ № 4"
    )
    assert fresh(olena).is_staff
    assert fresh(olena).speaks_for(department.pk)
    taken = actions.revoke(given, by=admin, reason="Звільнена")
    assert not fresh(olena).is_staff
    assert fresh(olena).grants_in_force == ()
    assert (taken.revoked_by, taken.revoked_reason) == (admin, "Звільнена")
    assert told == [
        GrantGiven(olena.pk, admin.pk, given.pk),
        GrantRevoked(olena.pk, admin.pk, given.pk),
    ]
    trace = AuditEntry.objects.filter(actor=admin.pk).order_by("pk")
    assert [(entry.event, entry.ids["grant_id"]) for entry in trace] == [
        ("GrantGiven", given.pk),
        ("GrantRevoked", given.pk),
    ]
    assert Grant.objects.filter(user=olena).count() == 1  # the history stays
    assert fresh(olena).is_active


def test_one_role_of_two_stays(admin, olena, department):
    officer = actions.grant(olena, by=admin, role="officer", department=department, reason="…")
    actions.grant(olena, by=admin, role="moderator", reason="…")
    actions.revoke(officer, by=admin, reason="…")
    olena = fresh(olena)
    assert olena.is_staff
    assert (olena.is_moderator, olena.is_officer) == (True, False)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"role": "officer"}, "staff.department_missing"),
        ({"role": "king"}, "staff.no_such_role"),
        ({"role": "moderator", "reason": " "}, "staff.reason_missing"),
        ({"role": "moderator", "scope": "consultation:404"}, "staff.no_such_thing"),
        ({"role": "moderator", "scope": "petition:1"}, "staff.no_such_thing"),
    ],
)
def test_refusals(admin, olena, fields, code):
    with pytest.raises(Refused) as refused:
        actions.grant(olena, by=admin, **{"reason": "…", **fields})
    assert refused.value.verdict.code == code
    assert not Grant.objects.filter(user=olena).exists()


def test_the_same_role_is_not_given_twice(admin, olena):
    actions.grant(olena, by=admin, role="moderator", reason="…")
    with pytest.raises(Refused) as refused:
        actions.grant(olena, by=admin, role="moderator", reason="…")
    assert refused.value.verdict.code == "staff.held_already"


def test_a_role_begins_and_ends_by_the_databases_clock(admin, olena, clock):
    now = time.now()
    actions.grant(
        olena,
        by=admin,
        role="moderator",
        reason="…",
        starts_at=now + timedelta(days=1),
        ends_at=now + timedelta(days=3),
    )
    assert fresh(olena).is_staff
    assert not fresh(olena).is_moderator
    clock.advance(days=2)
    assert fresh(olena).is_moderator
    assert actions.retire() == 0
    clock.advance(days=2)
    assert not fresh(olena).is_moderator
    assert fresh(olena).grants_in_force == ()


def test_who_has_nothing_left_is_a_resident_again(admin, olena, clock, hear):
    actions.grant(
        olena, by=admin, role="moderator", reason="…", ends_at=time.now() + timedelta(days=1)
    )
    clock.advance(days=2)
    told = hear(StaffRetired)
    assert actions.retire() == 1
    assert not fresh(olena).is_staff
    assert told == [StaffRetired(olena.pk, None)]
    assert actions.retire() == 0


def test_residents_cost_no_query_and_staff_one(olena, mo, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert not olena.is_moderator
        assert not olena.speaks_for(1)
    with django_assert_num_queries(1):
        assert mo.is_moderator
        assert mo.moderates("consultation:1")
        assert not mo.is_officer
    everybody = [fresh(olena), fresh(mo)]
    with django_assert_num_queries(2):
        load_grants(everybody)
        assert [user.is_moderator for user in everybody] == [False, True]


def test_the_database_holds_what_the_rules_say(olena, department):
    now = time.now()
    for wrong in (
        {"role": "officer"},
        {"role": "moderator", "department": department},
        {"role": "administrator", "department": department},
        {"role": "administrator", "scope": "consultation:1"},
        {"role": "moderator", "starts_at": now, "ends_at": now},
        {"role": "moderator", "emergency": True, "ends_at": now + timedelta(hours=1)},
        {"role": "administrator", "emergency": True},
        {
            "role": "administrator",
            "emergency": True,
            "starts_at": now,
            "ends_at": now + timedelta(hours=25),
        },
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Grant.objects.create(user=olena, **wrong)


class TestTheLastAdministrator:
    def test_stays_one(self, admin):
        second = factories.user("second", role="administrator")
        actions.revoke(second.grants.get(), by=admin, reason="…")
        with pytest.raises(Refused) as refused:
            actions.revoke(admin.grants.get(), by=None)
        assert refused.value.verdict.code == "staff.last_administrator"

    def test_one_for_hours_does_not_count(self, admin, olena):
        actions.break_glass(olena, hours=4, reason="…")
        with pytest.raises(Refused) as refused:
            actions.revoke(admin.grants.get(), by=fresh(olena), reason="…")
        assert refused.value.verdict.code == "staff.last_administrator"

    def test_is_not_suspended_either(self, admin, olena):
        actions.break_glass(olena, hours=4, reason="…")
        with pytest.raises(Refused) as refused:
            people.suspend(admin, by=fresh(olena), reason="…")
        assert refused.value.verdict.code == "staff.last_administrator"

    def test_one_who_is_suspended_does_not_count(self, admin):
        people.suspend(factories.user("second", role="administrator"), by=admin, reason="…")
        with pytest.raises(Refused) as refused:
            actions.revoke(admin.grants.get(), by=None)
        assert refused.value.verdict.code == "staff.last_administrator"

    @pytest.mark.django_db(transaction=True)
    def test_two_who_revoke_each_other_at_once_do_not_both_go(self):
        pair = [factories.user(name, role="administrator") for name in ("one", "other")]
        grants = [user.grants.get() for user in pair]
        ready = Barrier(2)

        def take(by: User, held: Grant) -> str:
            try:
                assert by.is_administrator
                ready.wait(10)
                actions.revoke(held, by=by, reason="…")
            except Refused as refused:
                return refused.verdict.code
            finally:
                connection.close()
            return ""

        with ThreadPoolExecutor(2) as pool:
            done = list(pool.map(take, pair, reversed(grants)))
        assert sorted(done)[0] == ""
        assert sorted(done)[1] in ("account.not_administrator", "staff.last_administrator")
        assert Grant.objects.in_force().filter(role="administrator").count() == 1
