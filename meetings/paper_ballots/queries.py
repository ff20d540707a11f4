"""Queries about secret ballots on paper for pages, displays, minutes and the API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Count, QuerySet

from meetings.conflicts.queries import taking_no_part
from meetings.models import (
    CommissionMember,
    Deputy,
    Item,
    Meeting,
    PaperBallot,
    ProtocolEntry,
    RollCall,
)
from meetings.presence.queries import attendance_of
from meetings.queries import voters_of


def ballots_of(meeting: Meeting) -> QuerySet[PaperBallot]:
    """Its ballots in their order with their items, protocols and scans, and how many members have
    received one (``receipts_number``): one query."""
    return with_counts(PaperBallot.objects.filter(item__meeting=meeting))


def ballots_on(item: Item) -> QuerySet[PaperBallot]:
    """The same of one item."""
    return with_counts(PaperBallot.objects.filter(item=item))


def with_counts(rows: QuerySet[PaperBallot]) -> QuerySet[Any]:
    related = ("item", "protocol", "scan", "repeats")
    return rows.select_related(*related).annotate(receipts_number=Count("receipts")).order_by("pk")


def commission_member(ballot: PaperBallot, user_id: int | None) -> CommissionMember | None:
    """The member of its commission whose account this is: one query."""
    if user_id is None:
        return None
    return ballot.commission.filter(deputy__user=user_id).select_related("deputy").first()


def voters_in(ballot: PaperBallot, meeting: Meeting) -> QuerySet[Deputy]:
    """Voters in it, as in a roll-call: the head of the city when they are counted."""
    return voters_of(cast(RollCall, ballot), meeting)


@dataclass(frozen=True, slots=True)
class Receiver:
    """A voter in a ballot: whether they have received it, and whether they can."""

    deputy: Deputy
    has_ballot: bool
    is_in_hall: bool
    by_video: bool
    has_conflict: bool


def list_of(ballot: PaperBallot, meeting: Meeting) -> list[Receiver]:
    """Voters in the order of their names: four queries."""
    receipts = set(ballot.receipts.values_list("deputy", flat=True))
    here, no_part = attendance_of(meeting), taking_no_part(ballot.item_id)
    return [
        Receiver(
            deputy,
            has_ballot=deputy.pk in receipts,
            is_in_hall=here.is_in_hall(deputy.pk),
            by_video=deputy.pk in here and not here.is_in_hall(deputy.pk),
            has_conflict=deputy.pk in no_part,
        )
        for deputy in voters_in(ballot, meeting).order_by("name_key", "pk")
    ]


def entries_of(ballot: PaperBallot) -> list[ProtocolEntry]:
    """Entries of the commission's members: one query."""
    return list(ballot.entries.select_related("member__deputy").order_by("at", "pk"))


def repeatable(meeting: Meeting) -> QuerySet[PaperBallot]:
    """Counted ballots of the meeting's body that no other repeats; whether they have chosen
    nothing, the rule says."""
    rows = PaperBallot.objects.filter(
        item__meeting__body=meeting.body_id, counted_at__isnull=False, repeated_by=None
    )
    return rows.select_related("protocol").order_by("-pk")
