"""Record of a meeting: the result of each roll-call, vote by vote (law 280/97-ВР art. 59)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from core.audit_log.chaining import salt_of
from core.audit_log.comparing import RecordSource, record_source
from core.domain.events import Event
from core.domain.records import Recorded, facts, records, thing
from meetings.events import (
    RollCallAnnulled,
    RollCallClosed,
    RollCallEvent,
    RollCallOpened,
    RollCallPublished,
)
from meetings.models import RollCall, RollCallAnnulment, Vote

ROLL_CALL = "roll_call"


def subject_of(meeting_id: int) -> str:
    """The meeting's subject in rows of record."""
    return f"meeting:{meeting_id}"


def things_of(meeting_id: int, roll_call_id: int | None = None) -> Iterator[Recorded]:
    """The closed roll-calls of a meeting, or one of them."""
    closed = RollCall.objects.filter(item__meeting=meeting_id, closed_at__isnull=False)
    if roll_call_id is not None:
        closed = closed.filter(pk=roll_call_id)
    of = subject_of(meeting_id)
    salt = salt_of(of)
    rows = closed.select_related("annulment").prefetch_related("votes")
    for call in rows.order_by("pk"):
        votes = sorted(map(_said_of, call.votes.all()))
        totals = Counter(choice for _deputy, choice, *_more in votes)
        said = facts(
            closed_at=call.closed_at,
            counts_head=call.counts_head,
            item=call.item_id,
            membership=call.membership,
            needs=str(call.needs),
            opened_at=call.opened_at,
            present=call.present,
            published_at=call.published_at,
            totals=dict(sorted(totals.items())),
            votes=[list(vote) for vote in votes],
            **_beside(call),
        )
        asked = {"words": {"question": call.question}}
        is_public = call.published_at is not None
        yield thing(of, ROLL_CALL, call.pk, said, salt=salt, is_public=is_public, values=asked)


def _said_of(vote: Vote) -> tuple[Any, ...]:
    """Whose vote, what it says, and who entered it; the act of a videoconference after that. What
    was voted before that was kept stands as it was recorded."""
    said: tuple[Any, ...] = (vote.deputy_id, str(vote.choice))
    if vote.entered == Vote.Entered.UNRECORDED:
        return said
    said = (*said, str(vote.entered))
    return said if vote.video_ground_id is None else (*said, vote.video_ground_id)


def _beside(call: RollCall) -> dict[str, Any]:
    """Additional facts of the roll-call: its opening, and the reason why it does not count."""
    said: dict[str, Any] = {}
    if call.present_at_opening is not None:
        said["present_at_opening"] = call.present_at_opening
    if call.no_quorum_reason:
        said["no_quorum_reason"] = call.no_quorum_reason
    if (annulled := call.annulled) is not None:
        said |= {
            "annulled_at": annulled.at,
            "annulled_reason": annulled.reason,
            "repeated_by": annulled.repeated_by_id,
        }
    return said


@records(RollCallClosed, RollCallPublished, RollCallAnnulled, RollCallOpened)
def roll_call_ended(events: list[RollCallEvent]) -> Iterator[tuple[Event, Recorded]]:
    """Its result, that everybody may read it, that it was annulled; of one that repeats another,
    that other."""
    for event in events:
        pk: int | None = event.roll_call_id
        if isinstance(event, RollCallOpened):
            repeated = RollCallAnnulment.objects.filter(repeated_by=pk)
            pk = repeated.values_list("roll_call", flat=True).first()
        if pk is not None:
            for each in things_of(event.meeting_id, pk):
                yield event, each


def _subjects() -> Iterator[str]:
    rows = RollCall.objects.filter(closed_at__isnull=False).order_by("item__meeting").distinct()
    return (subject_of(pk) for pk in rows.values_list("item__meeting", flat=True))


def _things(of: str) -> Iterator[Recorded]:
    return things_of(int(of.partition(":")[2]))


record_source("meeting", RecordSource("", _subjects, _things))
