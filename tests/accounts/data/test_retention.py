"""What has been kept for long enough goes by itself, and not before; a bounded piece a run."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.db.models import F

from accounts.data import register, retention
from accounts.data.access_log import record_access
from accounts.data.files import folder
from accounts.models import DataAccess, Residence, Suspension, User, Verification
from city.models import Change, District
from core.domain import clock as core_clock
from core.domain.retention import PERIODS, period_of
from notifications.models import Sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def district(db) -> District:
    return District.objects.get_or_create(name="Центр", slug="centre")[0]


def test_every_period_has_its_sweep(settings):
    """Or the setting would promise what nothing does."""
    elsewhere = {
        "unconfirmed": "accounts.jobs.forget_unconfirmed",
        "evidence": "consultations.jobs.sweep_evidence",
        "letters": "notifications.jobs.sweep_letters",
        "jobs": "core.jobs.sweep_jobs",
        "idempotency_keys": "core.jobs.sweep_idempotency_keys",
        "invitations": "organisations.jobs.sweep_invitations",
        "signature_traces": "petitions.jobs.forget_old_traces",
        "signature_addresses": "petitions.jobs.forget_old_addresses",
        "signature_names": "petitions.jobs.forget_old_names",
    }
    swept = {sweep.period for sweep in register.retentions} | set(elsewhere)
    assert set(PERIODS) - swept == set()
    assert {sweep.period for sweep in register.retentions} <= set(PERIODS)


def _look(user: User, mo: User, district: District) -> Callable[[], bool]:
    record_access(mo, user, "people.registration")
    return DataAccess.objects.exists


def _trace(user: User, mo: User, district: District) -> Callable[[], bool]:
    change = Change.objects.create(
        by=user.pk, verb="changed", table="council", row=1, name="-", at=core_clock.now()
    )
    return Change.objects.filter(pk=change.pk).exists


def _suspension(user: User, mo: User, district: District) -> Callable[[], bool]:
    Suspension.objects.create(user=user, by=mo, reason="…", ended_at=core_clock.now())
    return Suspension.objects.exists


def _verification(user: User, mo: User, district: District) -> Callable[[], bool]:
    Verification.objects.create(user=user, level=30, how="provider", ended_at=core_clock.now())
    return Verification.objects.exists


def _residence(user: User, mo: User, district: District) -> Callable[[], bool]:
    Residence.objects.create(user=user, district=district, ended_at=core_clock.now())
    return Residence.objects.exists


def _address(user: User, mo: User, district: District) -> Callable[[], bool]:
    now = core_clock.now()
    Residence.objects.create(
        user=user,
        district=district,
        address="вул. Рудна, 1",
        how="office",
        checked_by=mo,
        checked_at=now,
        expires_at=now + timedelta(days=4000),
    )
    return Residence.objects.exclude(address="").exists


def _mail(user: User, mo: User, district: District) -> Callable[[], bool]:
    Sent.objects.create(user=user, event="test:1", at=core_clock.now())
    return Sent.objects.exists


@pytest.mark.parametrize(
    ("period", "make"),
    [
        ("looks", _look),
        ("trace", _trace),
        ("suspensions", _suspension),
        ("verifications", _verification),
        ("residences", _residence),
        ("addresses", _address),
        ("mails", _mail),
    ],
)
def test_it_goes_when_its_time_is_over_and_not_before(
    period, make, resident, mo, district, clock, monkeypatch
):
    lives = timedelta(days=10)
    monkeypatch.setitem(PERIODS, period, lives)
    is_there = make(resident, mo, district)
    clock.advance(seconds=lives.total_seconds() - 60)
    retention.sweep_all()
    assert is_there()
    clock.advance(seconds=120)
    done = retention.sweep_all()
    assert done[period] == 1
    assert not is_there()


def test_the_address_goes_and_the_district_stays(resident, mo, district, clock, settings):
    _address(resident, mo, district)
    clock.advance(seconds=period_of("addresses").total_seconds() + 1)
    retention.sweep_all()
    kept = Residence.objects.get(user=resident)
    assert (kept.address, kept.district) == ("", district)


def test_sessions_that_are_over_are_not_listed_any_more(resident, clock):
    over = UserSession.objects.create(
        user=resident, session_key="x" * 32, ip="192.0.2.1", user_agent="-"
    )
    retention.sweep_all()
    assert UserSession.objects.filter(pk=over.pk).exists()
    clock.advance(days=2)
    retention.sweep_all()
    assert not UserSession.objects.filter(pk=over.pk).exists()


def test_one_run_takes_a_bounded_piece_the_oldest_first(resident, mo, clock, settings):
    now = core_clock.now()
    DataAccess.objects.bulk_create(
        DataAccess(user=resident, by=mo, why="people.registration", slot=slot, at=now)
        for slot in range(5)
    )
    clock.advance(seconds=period_of("looks").total_seconds() + 1)
    assert retention.sweep_all(most=2) == {"looks": 2}
    assert list(DataAccess.objects.order_by("pk").values_list("slot", flat=True)) == [2, 3, 4]
    assert retention.sweep_all(most=10) == {"looks": 3}
    assert retention.sweep_all() == {}


def test_a_period_is_a_setting(resident, mo, clock, monkeypatch):
    monkeypatch.setitem(PERIODS, "looks", timedelta(days=1))
    record_access(mo, resident, "people.registration")
    DataAccess.objects.update(at=F("at") - timedelta(days=2))
    assert retention.sweep_all() == {"looks": 1}


def test_files_that_nothing_leads_to_are_deleted():
    old, new = folder() / "left.zip.part", folder() / "now.zip"
    for path in (old, new):
        path.write_bytes(b"PK")
    long_ago = time.time() - retention.ORPHAN_AFTER - 60
    os.utime(old, (long_ago, long_ago))
    assert retention.delete_orphans() == 1
    assert not old.exists() and new.exists()
