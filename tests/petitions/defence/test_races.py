"""Removing and reversing while people sign and jobs count: the ledger holds throughout."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from petitions.defence import actions
from petitions.defence.signature_filter import SignatureFilter
from petitions.defence.suspicions import Suspicion
from petitions.ledger import actions as ledger
from petitions.ledger.checking import faults
from petitions.models import Total
from petitions.signing.counting import recount
from petitions.signing.writing import Signer, write
from tests import factories
from tests.petitions.factories import petition, signatures

MACHINE = "198.51.100.0"
SIGNERS, EACH, ROUNDS = 4, 30, 6


@pytest.mark.django_db(transaction=True)
def test_staff_signers_and_counts_at_once():
    one = petition(factories.user("olena"))
    mo = factories.user("mo", role="moderator")
    signatures(one, 200, network=MACHINE)
    signature_filter = SignatureFilter(networks=(MACHINE,))

    def sign(who: int) -> None:
        for number in range(EACH):
            signer = Signer(
                None, f"m{who:07}{number:08}".encode(), f"a{number}@b{who}.example", "Я Я"
            )
            write(one.pk, signer, Suspicion("", "203.0.113.0", "b.example"))

    def count(_who: int) -> None:
        for _ in range(ROUNDS * 3):
            recount([one.pk])

    def staff(_who: int) -> None:
        for _ in range(ROUNDS):
            removal = actions.remove(
                one,
                by=mo,
                rule="network",
                signature_filter=signature_filter,
                reason="Машина.",
                shown=200,
            )
            actions.reverse(removal, by=mo, reason="Помилка.")

    def closing(work) -> None:
        try:
            work[0](work[1])
        finally:
            connections.close_all()

    works = [*((sign, who) for who in range(SIGNERS)), (count, 0), (count, 1), (staff, 0)]
    with ThreadPoolExecutor(len(works)) as threads:
        list(threads.map(closing, works))

    recount([one.pk])
    total = Total.objects.get(pk=one.pk)
    assert (total.counted, total.removed) == (200 + SIGNERS * EACH, 0)
    assert ledger.count(one.pk).counted == total.counted
    assert list(faults(one.pk)) == []
    said = [entry.body for entry in one.ledger.all()]
    assert sum('"what":"removed"' in body for body in said) == ROUNDS
    assert not any("unexplained" in body for body in said)
