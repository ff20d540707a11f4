"""Record of a secret poll: the keys to which its ballots are sealed, and the method (ADR 118)."""

from __future__ import annotations

from collections.abc import Iterator

from core.audit_log.comparing import RecordSource, record_source
from core.domain.events import Event
from core.domain.records import Recorded, Thing, records
from votes.events import PollScheduled
from votes.models import Keeper, topic_of

KEEPER = "keeper"


def things_of(poll_id: int) -> Iterator[Recorded]:
    """The keepers of an announced poll, each with the fingerprint of their key."""
    kept = Keeper.objects.filter(poll=poll_id, poll__scheduled_at__isnull=False)
    for keeper in kept.select_related("poll").order_by("place"):
        said = {
            "ballot_kind": keeper.poll.ballot_kind,
            "box_length": keeper.poll.box_length,
            "fingerprint": keeper.fingerprint,
            "place": keeper.place,
            "suite": keeper.poll.suite,
        }
        yield Thing(topic_of(poll_id), KEEPER, keeper.pk, said)


@records(PollScheduled)
def poll_announced(events: list[PollScheduled]) -> Iterator[tuple[Event, Recorded]]:
    """The keys as everybody reads them from the announcement on."""
    for event in events:
        for each in things_of(event.poll_id):
            yield event, each


def _subjects() -> Iterator[str]:
    kept = Keeper.objects.filter(poll__scheduled_at__isnull=False).order_by("poll").distinct()
    return map(topic_of, kept.values_list("poll", flat=True))


def _things(of: str) -> Iterator[Recorded]:
    return things_of(int(of.partition(":")[2]))


record_source("poll", RecordSource(KEEPER, _subjects, _things))
