"""Record of an act without a consultation: the reason and the text (law 3841-IX art. 16)."""

from __future__ import annotations

from collections.abc import Iterator

from consultations.acts.models import UrgentAct
from consultations.events import UrgentActPublished
from core.audit_log.chaining import salt_of
from core.audit_log.comparing import RecordSource, record_source
from core.domain.events import Event
from core.domain.records import Recorded, facts, records, thing

URGENT_ACT = "urgent_act"


def subject_of(act_id: int) -> str:
    """The act's subject in rows of record."""
    return f"act:{act_id}"


def things_of(act: UrgentAct) -> Iterator[Recorded]:
    """The act as everybody reads it."""
    of = subject_of(act.pk)
    said = facts(
        adopted_on=act.adopted_on,
        department=act.department_id,
        ground=act.ground,
        published_at=act.published_at,
    )
    names = ("justification", "need", "number", "text", "title")
    words = {"words": {name: getattr(act, name) for name in names}}
    yield thing(of, URGENT_ACT, act.pk, said, salt=salt_of(of), values=words)


@records(UrgentActPublished)
def record_published_act(events: list[UrgentActPublished]) -> Iterator[tuple[Event, Recorded]]:
    for event in events:
        for each in things_of(UrgentAct.objects.get(pk=event.act_id)):
            yield event, each


def _subjects() -> Iterator[str]:
    return (subject_of(pk) for pk in UrgentAct.objects.order_by("pk").values_list("pk", flat=True))


def _things(of: str) -> Iterator[Recorded]:
    return things_of(UrgentAct.objects.get(pk=int(of.partition(":")[2])))


record_source("act", RecordSource(URGENT_ACT, _subjects, _things))
