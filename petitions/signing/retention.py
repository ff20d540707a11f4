"""Retention of signatures' personal data: networks and domains, addresses, names.

Networks and domains go when nobody needs them to find machines; of whoever signed by mail the
address when there is nothing more to tell them, and the name when the list of signers need not be
kept any more (law 393/96-ВР art. 23-1: three years).

A petition may have a million rows, so it is done in batches that each hold a lock for moments.
"""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from core.domain import clock
from core.domain.actions import action
from core.domain.retention import period_of
from petitions.models import Petition, Signature

BATCH = 5000
#: Petitions are looked at for so long after their time; every night.
_LOOKED_AT = timedelta(days=30)

_TRACED = Q(network__isnull=False) | ~Q(domain="")


def forget_traces(petition_id: int) -> int:
    """Empty network and domain of a petition's signatures; returns of how many."""
    return _empty(petition_id, _TRACED, network=None, domain="")


def forget_addresses(petition_id: int) -> int:
    """Empty the addresses of who signed a petition by mail; returns of how many. What tells that
    this mailbox has signed (Signature.mailbox) stays."""
    return _empty(petition_id, ~Q(email=""), email="")


def forget_names(petition_id: int) -> int:
    """Empty the names of who signed a petition by mail; returns of how many. Whoever has an account
    is shown by its name and goes with it."""
    return _empty(petition_id, ~Q(name=""), name="")


def long_closed() -> list[int]:
    """Petitions whose collecting ended as long ago as ``signature_traces`` are kept, lately."""
    until = clock.now() - period_of("signature_traces")
    closed = Petition.objects.published().filter(
        closes_at__lte=until, closes_at__gt=until - _LOOKED_AT
    )
    return list(closed.order_by("pk").values_list("pk", flat=True))


def long_over(period: str) -> list[int]:
    """Petitions that were answered as long ago as ``period`` is, lately; of
    those that nobody has to answer, whose collecting ended then."""
    until = clock.now() - period_of(period)
    lately = (until - _LOOKED_AT, until)
    unanswered = Q(reached_at=None) | Q(withdrawn_at__isnull=False)
    over = Petition.objects.published().filter(
        Q(answered_at__range=lately) | (unanswered & Q(answered_at=None, closes_at__range=lately))
    )
    return list(over.order_by("pk").values_list("pk", flat=True))


def _empty(petition_id: int, which: Q, **columns: str | None) -> int:
    rows = Signature.objects.filter(petition=petition_id)
    done, last = 0, 0
    while True:
        with action():
            batch = rows.filter(which, pk__gt=last).order_by("pk")[:BATCH]
            found = list(batch.select_for_update(no_key=True).values_list("pk", flat=True))
            if not found:
                return done
            rows.filter(pk__in=found).update(**columns)
        done, last = done + len(found), found[-1]
