"""A ledger that was tampered with is found out; one that was not, is not."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from core.domain.chain import canonical, fingerprint
from petitions.ledger import actions
from petitions.ledger.checking import faults
from petitions.models import Day, Entry, Signature
from tests.petitions.factories import petition, signatures
from tests.petitions.ledger.test_append import counted

pytestmark = pytest.mark.django_db


@pytest.fixture
def one(olena, clock):
    """A petition whose ledger has four lines on two days, both closed."""
    one = petition(olena)
    for number in (3, 2, 4, 1):
        signatures(one, number)
        assert counted(one) == 1
        clock.advance(hours=12)
    clock.advance(days=1)
    assert actions.close_days() >= 2
    return one


def rewrite(sql: str, *values: object) -> None:
    """What somebody can do who owns the database."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("entry", "day", "hour"):
            cursor.execute(f"ALTER TABLE petitions_{table} DISABLE TRIGGER USER")
        cursor.execute(sql, values)
        for table in ("entry", "day", "hour"):
            cursor.execute(f"ALTER TABLE petitions_{table} ENABLE TRIGGER USER")


def forge(entry: Entry, **said: object) -> None:
    """Rewrite a line, with a hash that fits it."""
    body = canonical(json.loads(entry.body) | said)
    rewrite(
        "UPDATE petitions_entry SET body = %s, hash = %s WHERE id = %s",
        body,
        fingerprint(body),
        entry.pk,
    )


def found(one) -> str:
    return "\n".join(faults(one.pk))


def test_an_honest_ledger_holds(one):
    assert list(faults()) == []
    out = StringIO()
    call_command("verify_ledger", stdout=out)
    assert "4 lines" in out.getvalue()


def test_one_that_is_not_there_is_not_said_to_hold(one):
    with pytest.raises(CommandError, match=f"no petition {one.pk + 1}"):
        call_command("verify_ledger", one.pk, one.pk + 1, stdout=StringIO())
    out = StringIO()
    call_command("verify_ledger", one.pk, stdout=out)
    assert out.getvalue() == "Ledgers that hold: 1.\n"


def test_signatures_since_the_last_line_are_no_fault(one):
    signatures(one, 5)
    assert list(faults()) == []


def test_a_changed_line_is_found(one):
    entry = one.ledger.get(number=2)
    said = json.loads(entry.body)
    said["change"]["counted"] += 100
    said["total"]["counted"] += 100
    rewrite("UPDATE petitions_entry SET body = %s WHERE id = %s", canonical(said), entry.pk)
    assert "line 2: the text is not the one that was hashed" in found(one)
    assert "line 3: its sums do not follow" in found(one)


def test_a_changed_line_with_a_new_hash_is_found_by_the_next(one):
    forge(one.ledger.get(number=2), at="2026-01-01T00:00:00+02:00")
    assert "line 3: it does not continue the line before" in found(one)


def test_a_ledger_rewritten_to_its_end_is_found_by_the_day(one):
    previous = None
    for entry in list(one.ledger.order_by("number")):
        said = json.loads(entry.body)
        said["total"]["counted"] -= 1
        said["change"]["counted"] -= entry.number == 1
        said["previous"] = previous or said["previous"]
        body = canonical(said)
        previous = fingerprint(body)
        rewrite(
            "UPDATE petitions_entry SET body = %s, previous = %s, hash = %s WHERE id = %s",
            body,
            said["previous"],
            previous,
            entry.pk,
        )
    assert f"it was closed with another ledger of petition {one.pk}" in found(one)
    assert "line" not in found(one)


@pytest.mark.parametrize("number", [1, 2, 4])
def test_a_deleted_line_is_found(one, number):
    rewrite("DELETE FROM petitions_entry WHERE id = %s", one.ledger.get(number=number).pk)
    assert found(one)


def test_lines_in_another_order_are_found(one):
    second, third = one.ledger.get(number=2), one.ledger.get(number=3)
    rewrite("UPDATE petitions_entry SET number = 99 WHERE id = %s", second.pk)
    rewrite("UPDATE petitions_entry SET number = 2 WHERE id = %s", third.pk)
    rewrite("UPDATE petitions_entry SET number = 3 WHERE id = %s", second.pk)
    assert "line 2: it does not continue the line before" in found(one)
    assert "its columns say something else" in found(one)


def test_a_line_moved_to_another_day_is_found(one):
    rewrite("UPDATE petitions_entry SET at = at - interval '3 days' WHERE number = 2")
    assert "its columns say something else" in found(one)


def test_a_changed_day_is_found(one):
    day = Day.objects.order_by("day").first()
    said = json.loads(day.body) | {"heads": {}}
    rewrite("UPDATE petitions_day SET body = %s WHERE day = %s", canonical(said), day.day)
    assert f"day {day.day}: the text is not the one that was hashed" in found(one)
    body = canonical(said)
    rewrite(
        "UPDATE petitions_day SET body = %s, hash = %s WHERE day = %s",
        body,
        fingerprint(body),
        day.day,
    )
    assert "it does not continue the day before" in found(one)
    assert f"day {day.day}: it was closed with another ledger" in found(one)


def test_a_deleted_day_is_found(one):
    middle = Day.objects.order_by("day")[1]
    rewrite("DELETE FROM petitions_day WHERE day = %s", middle.day)
    assert "the day before it is missing" in "\n".join(faults())


def test_a_line_that_is_no_line_is_found(one):
    rewrite("UPDATE petitions_entry SET body = '[1' WHERE number = 2")
    assert "line 2: it cannot be read" in found(one)
    rewrite("UPDATE petitions_day SET body = '[]'")
    assert "it cannot be read" in found(one)


def test_rows_that_vanished_are_found(one):
    Signature.objects.filter(pk__in=one.signatures.values("pk")[:2]).delete()
    assert "the rows do not add up" in found(one)


def test_rows_of_a_petition_without_a_ledger_are_checked_too(one, olena):
    from petitions.models import Removal

    other = petition(olena)
    assert list(faults()) == []
    removal = Removal.objects.create(
        petition=other, rule="single", reason="Машина.", number=1, by=olena
    )
    signatures(other, 1, status=Signature.Status.REMOVED, removal=removal)
    assert len(list(faults())) == 2


def test_each_fault_is_a_line_and_the_command_fails(one):
    rewrite("DELETE FROM petitions_entry WHERE number = 2")
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("verify_ledger", one.pk, stdout=out, stderr=err)
    assert stopped.value.code == 1
    assert f"petition {one.pk}, line 3: line 2 is missing" in out.getvalue().splitlines()
    assert err.getvalue().strip() == f"{len(out.getvalue().splitlines())} faults"
