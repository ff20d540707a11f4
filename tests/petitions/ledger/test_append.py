"""The ledger grows by what happened since its last line, in batches, and is never changed."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from core.domain.chain import BEGINNING, fingerprint
from petitions.ledger import actions
from petitions.ledger.chain import SIGNED, UNEXPLAINED, Numbers, comes_from_signers
from petitions.models import Day, Entry, Petition, Signature, Total
from tests.petitions.factories import petition, signatures

pytestmark = pytest.mark.django_db
Status = Signature.Status


def counted(one: Petition) -> int:
    """What the recount does: the numbers of the rows, then the ledger."""
    found = actions.count(one.pk)
    numbers = {name: getattr(found, name) for name in found.__slots__}
    Total.objects.filter(pk=one.pk).update(**numbers)
    return actions.append([one.pk])


def lines(one: Petition) -> list[dict]:
    return [json.loads(entry.body) for entry in one.ledger.order_by("number")]


def test_a_batch_is_one_line_with_change_and_total(olena):
    one = petition(olena)
    signatures(one, 5)
    signatures(one, 2, status=Status.CHECKING, suspicion="address")
    assert counted(one) == 1
    (line,) = lines(one)
    assert line["what"] == SIGNED and line["number"] == 1 and line["previous"] == BEGINNING
    assert (
        line["change"]
        == line["total"]
        == {
            "counted": 5,
            "checking": 2,
            "removed": 0,
            "withdrawn": 0,
        }
    )
    assert set(line) == {"at", "change", "number", "petition", "previous", "total", "what"}


def test_nothing_is_written_where_nothing_changed(olena, clock):
    one, other = petition(olena), petition(olena)
    signatures(one, 1)
    assert counted(one) == 1
    clock.advance(minutes=2)
    assert counted(one) == counted(other) == 0


def test_each_line_names_the_hash_of_the_one_before(olena, clock):
    one = petition(olena)
    for number in (1, 2, 3):
        signatures(one, number)
        assert counted(one) == 1
        clock.advance(minutes=2)
    first, second, third = one.ledger.order_by("number")
    assert fingerprint(first.body) == first.hash == second.previous
    assert json.loads(third.body)["previous"] == fingerprint(second.body)
    assert json.loads(third.body)["total"]["counted"] == 6


def test_batches_within_a_minute_are_put_off_and_written_by_the_job(olena, clock):
    one = petition(olena)
    signatures(one, 1)
    assert counted(one) == 1
    signatures(one, 1)
    assert counted(one) == 0
    assert actions.append_late() == 0
    clock.advance(seconds=61)
    assert actions.append_late() == 1
    assert lines(one)[-1]["total"]["counted"] == 2


def test_what_nobody_did_is_said_to_be_unexplained(olena, clock):
    one = petition(olena)
    signatures(one, 10)
    counted(one)
    Signature.objects.filter(pk__in=one.signatures.values("pk")[:4]).delete()
    clock.advance(minutes=2)
    counted(one)
    last = lines(one)[-1]
    assert last["what"] == UNEXPLAINED and last["change"]["counted"] == -4


def test_any_number_of_petitions_costs_four_statements(olena, django_assert_num_queries):
    many = [petition(olena) for _ in range(5)]
    for one in many:
        signatures(one, 1)
        Total.objects.filter(pk=one.pk).update(counted=1)
    # and the two of the transaction
    with django_assert_num_queries(4 + 2):
        assert actions.append([one.pk for one in many]) == 5


@pytest.mark.parametrize("change", [{"body": "{}"}, {"hash": "0" * 64}, {"number": 9}])
def test_the_database_refuses_to_change_a_line(olena, change):
    one = petition(olena)
    signatures(one, 1)
    counted(one)
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
        Entry.objects.filter(petition=one).update(**change)


def test_the_database_refuses_to_delete_a_line(olena):
    one = petition(olena)
    signatures(one, 1)
    counted(one)
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
        Entry.objects.filter(petition=one).delete()


@pytest.mark.parametrize(
    ("change", "possible"),
    [
        (Numbers(counted=5), True),
        (Numbers(checking=5), True),
        (Numbers(counted=-1, withdrawn=1), True),
        (Numbers(removed=-1, withdrawn=1), True),
        (Numbers(counted=3, checking=-1, withdrawn=1), True),
        (Numbers(withdrawn=4), True),
        (Numbers(counted=-1), False),
        (Numbers(counted=1, checking=-1), False),
        (Numbers(counted=-1, removed=1), False),
        (Numbers(counted=1, removed=-1), False),
        (Numbers(counted=-2, withdrawn=1), False),
        (Numbers(withdrawn=-1), False),
    ],
)
def test_what_signers_can_have_done(change, possible):
    assert comes_from_signers(change) is possible


def test_the_head_of_a_day_names_the_last_line_of_each_ledger(olena, clock):
    one, other = petition(olena), petition(olena)
    signatures(one, 1)
    counted(one)
    clock.advance(minutes=2)
    signatures(one, 1)
    counted(one)
    assert actions.close_days() == 0
    clock.advance(days=1)
    signatures(other, 1)
    counted(other)
    assert actions.close_days() == 1
    assert actions.close_days() == 0
    clock.advance(days=2)
    assert actions.close_days() == 2

    first, second, third = Day.objects.order_by("day")
    last = one.ledger.latest("number")
    assert json.loads(first.body)["heads"] == {str(one.pk): {"number": 2, "hash": last.hash}}
    assert list(json.loads(second.body)["heads"]) == [str(other.pk)]
    assert json.loads(third.body)["heads"] == {}
    assert third.previous == second.hash == fingerprint(second.body)
    assert second.day - first.day == timedelta(days=1)
