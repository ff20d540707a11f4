"""Outcomes of a meeting: a committee's conclusions, decisions on proposals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from meetings.models import Item, Kind, Meeting, Outcome, RollCall, Vote
from meetings.outcome.deciding import counting


@dataclass(frozen=True, slots=True)
class Followed:
    """The outcomes of a meeting that is over, and the items on which it owes conclusions."""

    outcomes: list[Outcome]
    concluded: list[Item]


NOTHING = Followed([], [])


def concluded_items() -> QuerySet[Item]:
    """Items on which a committee concluded: considered, and carried by more than half of its total
    membership (280/97-ВР art. 47(10))."""
    given = Count("votes", filter=Q(votes__choice=Vote.Choice.FOR))
    carried = (
        counting(RollCall.objects.all())
        .filter(item=OuterRef("pk"), needs=RollCall.Needs.MAJORITY, closed_at__isnull=False)
        .annotate(given=given)
        .filter(given__gt=F("membership") / 2)
    )
    return Item.objects.filter(
        Exists(carried),
        meeting__kind=Kind.COMMITTEE,
        meeting__closed_at__isnull=False,
        state=Item.State.DONE,
    )


def outcomes_of(meeting: Meeting) -> QuerySet[Outcome]:
    """All of them, the first one first."""
    of_it = Q(meeting=meeting) | Q(item__meeting=meeting)
    return Outcome.objects.filter(of_it).select_related("item").order_by("item__order", "pk")


def load_followed(meeting: Meeting) -> Followed:
    """Two queries for a committee's meeting that is over, one for a hearing, none for others."""
    if meeting.closed_at is None or meeting.kind not in (Kind.COMMITTEE, Kind.HEARING):
        return NOTHING
    concluded: Iterable[Item] = ()
    if meeting.kind == Kind.COMMITTEE:
        concluded = concluded_items().filter(meeting=meeting).order_by("order")
    return Followed(list(outcomes_of(meeting)), list(concluded))
