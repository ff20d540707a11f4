"""What of a meeting is recorded: how each roll-call ended, vote by vote (law 280/97-ВР art. 59)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from core.audit_log.comparing import RecordSource, record_source
from core.audit_log.records import Recorded, facts, records, thing
from core.audit_log.salts import salt_of
from core.domain.events import Event
from meetings.events import RollCallClosed, RollCallEvent, RollCallPublished
from meetings.models import RollCall

ROLL_CALL = "roll_call"


def subject_of(meeting_id: int) -> str:
    """How rows of record name the meeting."""
    return f"meeting:{meeting_id}"


def things_of(meeting_id: int, roll_call_id: int | None = None) -> Iterator[Recorded]:
    """The closed roll-calls of a meeting, or one of them."""
    closed = RollCall.objects.filter(item__meeting=meeting_id, closed_at__isnull=False)
    if roll_call_id is not None:
        closed = closed.filter(pk=roll_call_id)
    of = subject_of(meeting_id)
    salt = salt_of(of)
    for call in closed.prefetch_related("votes").order_by("pk"):
        votes = sorted((vote.deputy_id, str(vote.choice)) for vote in call.votes.all())
        totals = Counter(choice for _deputy, choice in votes)
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
            votes=[[deputy, choice] for deputy, choice in votes],
        )
        asked = {"words": {"question": call.question}}
        is_public = call.published_at is not None
        yield thing(of, ROLL_CALL, call.pk, said, salt=salt, is_public=is_public, values=asked)


@records(RollCallClosed, RollCallPublished)
def roll_call_ended(events: list[RollCallEvent]) -> Iterator[tuple[Event, Recorded]]:
    """Its result, and that everybody may read it."""
    for event in events:
        for each in things_of(event.meeting_id, event.roll_call_id):
            yield event, each


def _subjects() -> Iterator[str]:
    rows = RollCall.objects.filter(closed_at__isnull=False).order_by("item__meeting").distinct()
    return (subject_of(pk) for pk in rows.values_list("item__meeting", flat=True))


def _things(of: str) -> Iterator[Recorded]:
    return things_of(int(of.partition(":")[2]))


record_source("meeting", RecordSource("", _subjects, _things))
