"""Snapshots of the database for the hub: counters of topics, and who may still watch them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from core.domain import council
from core.domain.topics import seqs_of
from realtime import samples, watch
from realtime.watch import ANYONE, Person


@dataclass(frozen=True, slots=True)
class TopicState:
    """A topic as its first reader here finds it."""

    seq: int
    totals: samples.Totals | None
    public: bool
    #: Where the topic of the council's own data stands.
    council: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All topics of the process at one moment.

    ``public``: topics that anybody may watch. ``gone``: people who are no longer who they were.
    ``allowed``: who may watch a topic that is not public. ``voices``: for whom people may speak.
    """

    seqs: dict[str, int]
    public: set[str]
    gone: set[Person]
    allowed: set[tuple[Person | None, str]]
    voices: dict[int, frozenset[int]]


def load_topic(topic: str) -> TopicState:
    """Load the state of a topic: three or four queries."""
    # The counter first: what changes between the two reads is told twice, never lost.
    seqs = seqs_of([topic, council.TOPIC])
    totals = samples.take({topic: None}).get(topic)
    public = topic in watch.watchable(ANYONE, [topic])
    return TopicState(seqs.get(topic, 0), totals, public, seqs.get(council.TOPIC, 0))


def load_snapshot(topics: list[str], wishes: Collection[tuple[Person, str]]) -> Snapshot:
    """Load the state of all topics, and which of ``wishes`` (who watches what) are still granted.

    One query for the counters, one for what is public, three or more for people; more only for
    topics that are not public.
    """
    seqs = seqs_of(topics)
    public = watch.watchable(ANYONE, topics)
    gone = watch.users_with_changed_rights({person for person, _topic in wishes})
    private = {(p, topic) for p, topic in wishes if topic not in public and p not in gone}
    people = {person.user_id for person, _topic in wishes}
    voices = watch.voices_of(people) if people else {}
    return Snapshot(seqs, public, gone, _allowed_wishes(private), voices)


def _allowed_wishes(private: set[tuple[Person, str]]) -> set[tuple[Person | None, str]]:
    allowed: set[tuple[Person | None, str]] = set()
    people = {person for person, _topic in private}
    users = watch.users(people) if people else {}
    for person in people:
        topics = [topic for wisher, topic in private if wisher == person]
        granted = watch.watchable(users.get(person, ANYONE), topics)
        allowed.update((person, topic) for topic in granted)
    return allowed
