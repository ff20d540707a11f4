"""Which vote decided an item: the one that the secretary has confirmed, else the last one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from meetings.models import Item, RollCall


def counts(roll_call: RollCall) -> bool:
    """Whether a roll-call may decide its item: closed, not procedural, not annulled."""
    is_procedural = roll_call.needs == RollCall.Needs.PROCEDURAL
    return bool(roll_call.closed_at) and not is_procedural and roll_call.annulled is None


def deciding(item: Item, roll_calls: Iterable[RollCall]) -> RollCall | None:
    """Which of its roll-calls decided an item; None: none of them. Until the secretary has said
    so, the last one that may have (``item.decision_confirmed_at``)."""
    may = [each for each in roll_calls if counts(each)]
    if item.decision_confirmed_at is not None:
        return next((each for each in may if each.pk == item.decided_by_id), None)
    return may[-1] if may else None


def counting(roll_calls: QuerySet[Any]) -> QuerySet[Any]:
    """Those that may have decided their items: of a confirmed one, that one alone."""
    rows = roll_calls.exclude(needs=RollCall.Needs.PROCEDURAL).filter(annulment=None)
    return rows.filter(Q(item__decision_confirmed_at=None) | Q(decides__isnull=False))
