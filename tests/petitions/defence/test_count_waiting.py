"""What waited for a check and is in order is counted."""

from __future__ import annotations

import json

import pytest

from petitions.defence import actions
from petitions.defence.signature_filter import SignatureFilter
from petitions.events import SignaturesChecked
from petitions.ledger.checking import faults
from petitions.models import Signature, State
from tests.petitions.defence.test_remove import remove
from tests.petitions.factories import petition

pytestmark = pytest.mark.django_db
Status = Signature.Status
WAITING = SignatureFilter(waiting=True)


def test_they_are_counted_and_nothing_is_held_against_them(flooded, mo, emitted, numbers):
    assert actions.count_waiting(flooded, by=mo, signature_filter=WAITING) == 20
    assert numbers(flooded)["total"][:4] == (360, 0, 0, 0)
    assert not flooded.signatures.exclude(suspicion="").exists()
    assert emitted == [SignaturesChecked(flooded.pk, mo.pk)]
    line = json.loads(flooded.ledger.latest("number").body)
    assert (line["what"], line["change"]["counted"], line["change"]["checking"]) == (
        "checked",
        20,
        -20,
    )
    assert list(faults(flooded.pk)) == []


def test_only_those_that_are_meant(flooded, mo):
    Signature.objects.filter(pk__in=flooded.signatures.filter(suspicion="network")[:5]).update(
        suspicion="address"
    )
    assert (
        actions.count_waiting(
            flooded, by=mo, signature_filter=SignatureFilter(mark="address", waiting=True)
        )
        == 5
    )
    assert flooded.signatures.filter(status=Status.CHECKING).count() == 15


def test_counted_ones_that_are_removed_and_reversed_later_are_counted_again(flooded, mo):
    actions.count_waiting(flooded, by=mo, signature_filter=WAITING)
    actions.reverse(remove(flooded, mo), by=mo, reason="Помилка.")
    assert flooded.signatures.filter(status=Status.COUNTED).count() == 360


def test_they_may_reach_the_threshold_after_the_last_day(olena, mo):
    from tests.petitions.factories import procedure, signatures

    one = petition(olena, State.NOT_REACHED, procedure=procedure(threshold=3))
    signatures(one, 2)
    signatures(one, 1, status=Status.CHECKING, suspicion="address")
    actions.count_waiting(one, by=mo, signature_filter=WAITING)
    one.refresh_from_db()
    assert one.reached_at


def test_it_refuses(flooded, mo, ofi, olena, refused):
    with refused("petition.moderators_only"):
        actions.count_waiting(flooded, by=ofi, signature_filter=WAITING)
    actions.count_waiting(flooded, by=mo, signature_filter=WAITING)
    with refused("petition.nothing_found"):
        actions.count_waiting(flooded, by=mo, signature_filter=WAITING)
    with refused("petition.numbers_are_final"):
        actions.count_waiting(petition(olena, State.REVIEW), by=mo, signature_filter=WAITING)
