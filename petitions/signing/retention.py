"""What signatures keep of where they came from goes when nobody needs it to find machines.

A petition may have a million rows, so it is done in batches that each hold a lock for moments.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import Q

from core import clock
from core.actions import action
from petitions.models import Petition, Signature

BATCH = 5000
#: Petitions are looked at for so long after their time; every night.
_LOOKED_AT = timedelta(days=30)

_TRACED = Q(network__isnull=False) | ~Q(domain="")


def forget_traces(petition_id: int) -> int:
    """Empty network and domain of a petition's signatures; returns of how many."""
    rows = Signature.objects.filter(petition=petition_id)
    done, last = 0, 0
    while True:
        with action():
            batch = rows.filter(_TRACED, pk__gt=last).order_by("pk")[:BATCH]
            found = list(batch.select_for_update(no_key=True).values_list("pk", flat=True))
            if not found:
                return done
            rows.filter(pk__in=found).update(network=None, domain="")
        done, last = done + len(found), found[-1]


def long_closed() -> list[int]:
    """Petitions whose collecting ended as long ago as ``settings.RETENTION`` says, lately."""
    until = clock.now() - settings.RETENTION["signature_traces"]
    closed = Petition.objects.published().filter(
        closes_at__lte=until, closes_at__gt=until - _LOOKED_AT
    )
    return list(closed.order_by("pk").values_list("pk", flat=True))
