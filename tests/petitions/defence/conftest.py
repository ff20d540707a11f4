"""A petition that a machine has signed: what staff of the tests look at."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.domain import clock
from petitions.models import DayTotal, Petition, Signature, Total
from petitions.signing.counting import recount
from tests.petitions.factories import petition, procedure, signatures

Status = Signature.Status


@pytest.fixture
def flooded(olena):
    """300 honest signatures over six days, and 60 of a machine in one network, of which 20 wait."""
    one = petition(olena, procedure=procedure(threshold=320))
    now = clock.now()
    for day in range(6):
        signatures(
            one,
            50,
            at=now - timedelta(days=day, hours=1),
            network=f"203.0.{day}.0",
            domain="ukr.net",
        )
    machine = {"network": "198.51.100.0", "domain": "machine.example", "at": now}
    signatures(one, 40, **machine)
    signatures(one, 20, status=Status.CHECKING, suspicion="network", **machine)
    recount([one.pk])
    one.refresh_from_db()
    return one


@pytest.fixture
def numbers():
    """All that is shown of a petition's signatures: totals, days, whether it has enough."""

    def read(one: Petition) -> dict[str, object]:
        recount([one.pk])
        total = Total.objects.get(pk=one.pk)
        return {
            "total": (total.counted, total.checking, total.removed, total.withdrawn, total.week),
            "days": list(DayTotal.objects.filter(petition=one).values_list("day", "counted")),
            "reached": Petition.objects.get(pk=one.pk).reached_at is not None,
        }

    return read
