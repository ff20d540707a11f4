"""Faults by what checks find: once, over once, and nothing by what is unknown."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from core.domain import clock as database_clock
from core.models import StateFault
from core.state import registry
from core.state.faults import record_results
from core.state.registry import Finding, Level, Result, run_checks, worst

pytestmark = pytest.mark.django_db


def found(level: Level, *, name: str = "disk", subject: str = "/var") -> Result:
    return Result(name, name, Finding(level, "Слова", subject))


def test_a_fault_that_stays_is_one_row_with_its_last_words():
    (pk,) = record_results([found(Level.WARNING)]).raised
    assert record_results([found(Level.CRITICAL)]).raised == ()
    assert StateFault.objects.get().level == Level.CRITICAL
    assert record_results([found(Level.OK)]).over == (pk,)
    assert record_results([found(Level.OK)]).over == ()
    (again,) = record_results([found(Level.WARNING)]).raised
    assert again != pk


def test_subjects_are_told_apart():
    record_results([found(Level.WARNING), found(Level.WARNING, subject="/srv")])
    changes = record_results([found(Level.WARNING), found(Level.OK, subject="/srv")])
    assert [StateFault.objects.get(pk=pk).subject for pk in changes.over] == ["/srv"]


def test_what_is_unknown_raises_nothing_and_ends_nothing():
    record_results([found(Level.WARNING)])
    changes = record_results([found(Level.UNKNOWN), found(Level.UNKNOWN, name="clock")])
    assert (changes.raised, changes.over) == ((), ())


def test_the_database_refuses_a_second_open_fault_and_one_that_opens_again():
    record_results([found(Level.WARNING)])
    with pytest.raises(IntegrityError), transaction.atomic():
        StateFault.objects.create(name="disk", subject="/var", level=1, words="")
    record_results([found(Level.OK)])
    with pytest.raises(IntegrityError), transaction.atomic():
        StateFault.objects.update(over_at=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        StateFault.objects.update(over_at=database_clock.now())


@pytest.fixture
def broken(monkeypatch):
    def fail():
        yield Finding(Level.CRITICAL, "never seen")
        raise ValueError("olena@viche.example")

    monkeypatch.setitem(registry._checks, "broken", ("Broken", fail))


def test_a_check_that_fails_is_unknown_and_stops_no_other(broken, caplog):
    results = {each.name: each for each in run_checks()}
    assert results["broken"].level is Level.UNKNOWN
    assert results["version"].level is Level.OK
    assert "olena" not in caplog.text


def test_what_is_known_to_be_bad_is_worse_than_what_is_unknown():
    levels = (Level.OK, Level.UNKNOWN, Level.WARNING, Level.CRITICAL)
    for number, level in enumerate(levels):
        assert worst(found(each) for each in levels[: number + 1]) is level
    assert worst([]) is Level.OK
