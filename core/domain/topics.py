"""Topics: change counters of whatever pages watch; they say which pages are out of date.

A *topic* (``consultation:12``) is anything that pages watch. Its ``seq`` is a counter row raised
in the transaction of the change, so its order is the order of commit; a NOTIFY on the channel
``viche`` goes with it. The payload is ``<topic> <seq> <Event>:<id> <Event>:<id> …``; it is only a
hint: a process that missed it sees the gap in ``seq`` and asks the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from typing import cast

from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat

from core.db.counters import Last
from core.db.kept_cursors import fetch
from core.models import Topic

CHANNEL = "viche"
#: More changes than this in one action are announced as ``*``: refetch the region.
MOST_CHANGES = 40

_SEQS = "SELECT name, seq FROM core_topic WHERE name = ANY(%s)"
_RAISE = """
WITH raised AS (
    INSERT INTO core_topic AS t (name, seq) VALUES (%s, 1)
    ON CONFLICT (name) DO UPDATE SET seq = t.seq + 1
    RETURNING name, seq
)
SELECT pg_notify(%s, name || ' ' || seq || ' ' || %s) FROM raised
"""

#: topic -> changes of the action under way; core.domain.actions sets it and writes them.
raised: ContextVar[dict[str, list[str]] | None] = ContextVar("raised_topics", default=None)


def raise_topic(topic: str, event: str = "*", id: int | str = "") -> None:
    """Say, inside an action, that ``topic`` changed by ``event`` to the thing ``id``.

    Nothing is written yet: all topics of the action are raised once each, in sorted order, as its
    last statements (two topics raised in opposite orders would deadlock).
    """
    topics = raised.get()
    if topics is None:
        raise RuntimeError(f"topic {topic!r} was raised outside of core.domain.actions.action()")
    topics.setdefault(topic, []).append(f"{event}:{id}")


def statements(topics: dict[str, list[str]]) -> Iterator[Last]:
    """Statements for the counters and the NOTIFYs: the last ones before COMMIT."""
    for topic in sorted(topics):
        changes = list(dict.fromkeys(topics[topic]))  # of many alike, one is enough
        hint = " ".join(changes) if len(changes) <= MOST_CHANGES else "*:"
        yield Last(topic, _RAISE, [topic, CHANNEL, hint])


def seq_of_row(kind: str) -> Coalesce:
    """For ``annotate``: the counter of each row's own topic, which ``kind`` and its key name."""
    topic = Concat(Value(f"{kind}:"), Cast(OuterRef("pk"), CharField()))
    return Coalesce(Subquery(Topic.objects.filter(name=topic).values("seq")), 0)


def seq_of(topic: str) -> int:
    """The topic's counter now; 0 when nothing ever happened to it."""
    return seqs_of([topic]).get(topic, 0)


def seqs_of(topics: Iterable[str]) -> dict[str, int]:
    """Counters of many topics in one query; topics without a row are absent (read them as 0)."""
    return cast("dict[str, int]", dict(fetch(_SEQS, [list(topics)])))
