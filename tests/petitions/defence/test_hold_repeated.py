"""Later signatures of one mailbox wait for a check: seen by everybody, and brought back at will."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import translation

from core.domain import clock
from petitions.defence import actions
from petitions.defence.mailboxes import hold_back_repeated, when_keys_were_made
from petitions.defence.signature_filter import SignatureFilter
from petitions.events import SignaturesHeldBack
from petitions.ledger.chain import Numbers, holds_back
from petitions.ledger.checking import faults
from petitions.ledger.queries import lines
from petitions.models import Signature, State
from petitions.signing.mailbox import undelivered_key_of
from tests.petitions.factories import petition, procedure, signatures
from tests.petitions.signing.test_one_mailbox import (
    ODD,
    ODDER,
    PLAIN,
    make_keys,
    odd_account,
    signed_before,
)

pytestmark = pytest.mark.django_db
Status = Signature.Status


@pytest.fixture
def signed(olena):
    """A petition with 5 signatures and 4 of one mailbox: by mail, and by an account."""
    one = petition(olena, procedure=procedure(threshold=8))
    now = clock.now()
    signatures(one, 5, at=now - timedelta(days=2))
    rows = [
        signed_before(one, ODD, name="Саша", at=now - timedelta(hours=4)),
        signed_before(one, PLAIN, name="Саша", at=now - timedelta(hours=3)),
        signed_before(one, ODDER, name="Саша", at=now - timedelta(hours=2)),
    ]
    account = odd_account("sasha", "sasha@ｇmai\u200dl.com")
    mailbox = undelivered_key_of(one.pk, account.email)
    rows.append(signed_before(one, "", user=account, mailbox=mailbox, at=now))
    make_keys()
    return one, rows


def statuses(rows):
    return [Signature.objects.get(pk=row.pk).status for row in rows]


def test_the_first_stays_and_the_later_wait(signed, emitted, numbers):
    one, rows = signed
    assert numbers(one)["reached"]
    emitted.clear()
    found = hold_back_repeated()
    assert (found.held, found.petitions, found.final) == (3, 1, 0)
    assert statuses(rows) == [Status.COUNTED] + [Status.CHECKING] * 3
    assert numbers(one)["total"][:2] == (6, 3)
    assert not numbers(one)["reached"]
    assert SignaturesHeldBack(one.pk, None) in emitted
    said = json.loads(one.ledger.latest("number").body)
    assert (said["what"], said["change"]["counted"], said["change"]["checking"]) == ("held", -3, 3)
    assert "скриньк" in said["reason"]
    line = next(line for line in lines(one, None) if line.what == "held")
    with translation.override("en"):
        assert str(line.rule) == "one mailbox signed more than once"
    assert list(faults(one.pk)) == []


def test_the_first_that_counts_stays_though_one_before_it_waits(signed):
    _one, rows = signed
    Signature.objects.filter(pk=rows[0].pk).update(status=Status.CHECKING, suspicion="mailbox")
    hold_back_repeated()
    counted = [row.pk for row in rows if Signature.objects.get(pk=row.pk).status == Status.COUNTED]
    assert counted == [rows[1].pk]


def test_again_it_finds_nothing_and_what_was_counted_stays(signed, mo):
    one, rows = signed
    hold_back_repeated()
    waiting = SignatureFilter(mark="mailbox", waiting=True)
    assert actions.count_waiting(one, by=mo, signature_filter=waiting) == 3
    assert hold_back_repeated().held == 0
    assert statuses(rows) == [Status.COUNTED] * 4
    assert list(faults(one.pk)) == []


def test_a_rehearsal_changes_nothing(signed):
    one, rows = signed
    assert hold_back_repeated(is_rehearsal=True).held == 3
    assert statuses(rows) == [Status.COUNTED] * 4
    assert not one.ledger.filter(body__contains='"held"').exists()


def test_final_numbers_stand_and_erased_addresses_are_told(olena, capsys):
    closed = petition(olena, State.REVIEW)
    signed_before(closed, PLAIN, name="Саша")
    signed_before(closed, ODD, name="Саша")
    forgotten = petition(olena)
    signatures(forgotten, 2)
    earlier = when_keys_were_made() - timedelta(days=1)
    Signature.objects.filter(petition=forgotten).update(user=None, email="", at=earlier)
    make_keys()
    call_command("hold_repeated_signatures")
    assert capsys.readouterr().out.splitlines() == [
        "Held back for a check: 0 signatures on 0 petitions.",
        "Left, since the numbers of their petitions are final: 1.",
        "Not judged, since their address is erased: 2.",
    ]


def test_a_line_that_holds_back_moves_nothing_else():
    assert holds_back(Numbers(-3, 3))
    assert not holds_back(Numbers(-3, 2, 1))
    assert not holds_back(Numbers(3, -3))
