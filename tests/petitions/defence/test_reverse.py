"""Reversing a removal: every number as it was, and the ledger tells both."""

from __future__ import annotations

import json

import pytest
from django.db import connection

from core.domain import clock
from petitions.defence import actions
from petitions.defence.signature_filter import SignatureFilter
from petitions.events import RemovalReversed, ThresholdReached
from petitions.ledger.checking import faults
from petitions.models import Signature
from petitions.signing.actions import withdraw_rows
from tests.petitions.defence.test_remove import MACHINE, remove
from tests.petitions.factories import petition, procedure, signatures

pytestmark = pytest.mark.django_db
Status = Signature.Status
WHY = "Це учні однієї школи, їх підтвердив директор."


def rows(one):
    fields = ("pk", "status", "suspicion", "removal", "user", "mailbox", "email", "name", "at")
    return list(one.signatures.order_by("pk").values_list(*fields, "network", "domain"))


def test_all_is_as_it_was(flooded, mo, numbers, emitted):
    before, told = rows(flooded), numbers(flooded)
    removal = remove(flooded, mo)
    assert numbers(flooded) != told
    emitted.clear()
    actions.reverse(removal, by=mo, reason=WHY)
    assert rows(flooded) == before
    assert numbers(flooded) == told
    assert emitted == [
        RemovalReversed(flooded.pk, mo.pk, removal.pk),
        ThresholdReached(flooded.pk, None),
    ]
    line = json.loads(flooded.ledger.latest("number").body)
    assert line["what"] == "reversed" and line["reason"] == WHY
    assert line["change"] == {"counted": 40, "checking": 20, "removed": -60, "withdrawn": 0}
    assert list(faults(flooded.pk)) == []


@pytest.mark.long
def test_3000_removed_by_a_rule_and_reversed(olena, mo, numbers):
    """The figure of the petition whose counter fell without a word."""
    one = petition(olena, procedure=procedure(threshold=5000))
    now = clock.now()
    signatures(one, 4000, network="203.0.113.0", domain="ukr.net", at=now)
    signatures(one, 2600, network="198.51.100.0", domain="machine.example", at=now)
    signatures(
        one,
        400,
        network="198.51.100.0",
        domain="machine.example",
        at=now,
        status=Status.CHECKING,
        suspicion="network",
    )
    before, told = rows(one), numbers(one)
    assert told["total"] == (6600, 400, 0, 0, 6600) and told["reached"]
    assert list(faults(one.pk)) == []

    removal = remove(one, mo, shown=3000)
    assert numbers(one)["total"] == (4000, 0, 3000, 0, 4000)
    assert not numbers(one)["reached"]
    assert list(faults(one.pk)) == []

    actions.reverse(removal, by=mo, reason=WHY)
    assert numbers(one) == told
    assert rows(one) == before
    assert list(faults(one.pk)) == []


def test_what_was_taken_back_meanwhile_stays_so(flooded, mo, numbers):
    removal = remove(flooded, mo)
    withdraw_rows(list(removal.signatures.all()[:2]))
    actions.reverse(removal, by=mo, reason=WHY)
    assert flooded.signatures.filter(status=Status.WITHDRAWN).count() == 2
    assert sum(numbers(flooded)["total"][:4]) == 360
    assert list(faults(flooded.pk)) == []


def test_nobody_is_refused_her_signature_for_ever(flooded, mo):
    """A second removal and a second reversal are as good as the first."""
    for _ in range(2):
        actions.reverse(remove(flooded, mo), by=mo, reason=WHY)
    assert list(faults(flooded.pk)) == []
    assert flooded.signatures.filter(status=Status.COUNTED).count() == 340


def test_it_refuses(flooded, mo, ofi, refused):
    removal = remove(flooded, mo)
    with refused("petition.reason_missing"):
        actions.reverse(removal, by=mo, reason="  ")
    with refused("petition.moderators_only"):
        actions.reverse(removal, by=ofi, reason=WHY)
    actions.reverse(removal, by=mo, reason=WHY)
    with refused("petition.reversed_already"):
        actions.reverse(removal, by=mo, reason=WHY)


def test_any_number_costs_as_many_statements(flooded, mo, django_assert_max_num_queries):
    few, many = (
        remove(flooded, mo, SignatureFilter(waiting=True), shown=20),
        remove(flooded, mo, shown=40),
    )
    with django_assert_max_num_queries(36):
        actions.reverse(few, by=mo, reason=WHY)
    with django_assert_max_num_queries(36):
        actions.reverse(many, by=mo, reason=WHY)


def test_a_removal_that_the_ledger_does_not_tell_is_found(flooded, mo):
    removal = remove(flooded, mo, MACHINE)
    type(removal).objects.filter(pk=removal.pk).update(reason="Інша.")
    assert f"petition {flooded.pk}: removal {removal.pk} is not in the ledger as it was made" in (
        list(faults(flooded.pk))
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE petitions_signature SET status = 1, suspicion = '', removal_id = NULL "
            "WHERE removal_id = %s",
            [removal.pk],
        )
    assert f"petition {flooded.pk}: the rows do not add up to the ledger" in faults(flooded.pk)
