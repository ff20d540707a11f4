"""Queries about conflicts of interest for votes, pages and minutes."""

from __future__ import annotations

from django.db.models import QuerySet

from core.domain.rules import require
from meetings.conflicts import rules
from meetings.models import Conflict, Deputy, Meeting


def conflicts_of(meeting: Meeting) -> QuerySet[Conflict]:
    """All of a meeting that stand, by item, with their deputies: one query."""
    rows = Conflict.objects.filter(item__meeting=meeting, withdrawn_at=None)
    return rows.select_related("item", "deputy").order_by("item__order", "deputy__name_key", "pk")


def has_conflict(item_id: int, deputy: Deputy) -> bool:
    """Whether a deputy does not take part in an item: one query."""
    return Conflict.objects.filter(item=item_id, deputy=deputy, withdrawn_at=None).exists()


def require_part(item_id: int, deputy: Deputy) -> None:
    """Refuse by rules.take_part the vote of who does not take part: one query."""
    require(rules.take_part(has_conflict=has_conflict(item_id, deputy)))


def taking_no_part(item_id: int) -> set[int]:
    """The ids of the deputies who do not take part in an item: one query."""
    rows = Conflict.objects.filter(item=item_id, withdrawn_at=None)
    return set(rows.values_list("deputy", flat=True))
