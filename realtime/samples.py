"""Totals with high write rates, read once a second for the topics that are watched.

A reaction, a signature and a vote raise no ``seq``. At most once a second, for topics that somebody
watches, the totals are read and compared with those of the second before; what differs is sent.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import DatabaseError, connection
from django.db.models import Count, Q

from consultations.models import Consultation, RemarkCount
from discussions.models import Comment
from meetings.guests.queries import guest_answers
from meetings.hall import queries as hall
from meetings.models import QuickPoll
from petitions.models import Petition, Total
from petitions.signing import counting
from votes import queries as polls
from votes.life import actions as votes

log = logging.getLogger(__name__)

#: By kind of topic, a fingerprint of all reactions in a thing's thread: different when any total
#: is.
_FINGERPRINTS = {
    kind: f"""
        SELECT t.id, bit_xor(hash_record_extended(row(m.id, m.agrees, m.disagrees), 0))
        FROM {model._meta.db_table} t
        JOIN {Comment._meta.db_table} m ON m.thread_id = t.thread_id AND m.parent_id IS NULL
        WHERE t.id = ANY(%s) AND m.agrees + m.disagrees > 0
        GROUP BY t.id
    """  # noqa: S608 - names of tables
    for kind, model in (("consultation", Consultation), ("petition", Petition))
}


@dataclass(slots=True)
class Totals:
    """Totals of one topic.

    ``remarks`` in all (of a petition, its comments), ``clauses`` by clause key, ``agrees`` and
    ``disagrees`` by remark id (only remarks that have had reactions), the fingerprint of the last
    two; of a petition, the ``signatures`` that count; of a poll, and of the survey that is open in
    a meeting, its ``turnout``, and what is another one as soon as its ``bars`` are (never told:
    they are drawn anew), as the figures of a meeting's show of hands.
    """

    remarks: int = 0
    signatures: int | None = None
    turnout: int | None = None
    bars: Any = None
    clauses: dict[str, int] = field(default_factory=dict)
    agrees: dict[str, int] = field(default_factory=dict)
    disagrees: dict[str, int] = field(default_factory=dict)
    fingerprint: int = 0

    def since(self, earlier: Totals | None) -> dict[str, Any]:
        """The ``counts`` of a frame: only what differs; empty when nothing does."""
        earlier = earlier or Totals()
        counts: dict[str, Any] = {}
        for name in ("remarks", "signatures", "turnout"):
            now = getattr(self, name)
            if now is not None and now != getattr(earlier, name):
                counts[name] = now
        for name in ("clauses", "agrees", "disagrees"):
            now, before = getattr(self, name), getattr(earlier, name)
            if now is before:
                continue
            differing = {key: value for key, value in now.items() if before.get(key, 0) != value}
            differing.update(dict.fromkeys(before.keys() - now.keys(), 0))
            if differing:
                counts[name] = differing
        return counts

    def of(self, shown: Iterable[str]) -> dict[str, Any]:
        """The ``counts`` of a page that has just come and shows these remarks."""
        if self.turnout is not None:
            return {"turnout": self.turnout}
        shown = list(shown)
        counts: dict[str, Any] = {
            "remarks": self.remarks,
            "clauses": self.clauses,
            "agrees": {key: self.agrees.get(key, 0) for key in shown},
            "disagrees": {key: self.disagrees.get(key, 0) for key in shown},
        }
        return counts if self.signatures is None else {**counts, "signatures": self.signatures}


def take(known: Mapping[str, Totals | None]) -> dict[str, Totals]:
    """The totals of topics now, given those of the last sample: two queries while nothing moves
    for consultations, five for petitions, two for polls and for meetings."""
    taken: dict[str, Totals] = {}
    for kind, count in _KINDS.items():
        ids = {
            int(number): topic
            for topic in known
            for name, _, number in [topic.partition(":")]
            if name == kind and number.isdigit()
        }
        if not ids:
            continue
        totals = count(ids)
        if kind in _FINGERPRINTS:
            _add_reactions(kind, totals, {pk: known[topic] for pk, topic in ids.items()})
        taken |= {ids[pk]: total for pk, total in totals.items()}
    return taken


def _consultations(ids: Iterable[int]) -> dict[int, Totals]:
    totals = {pk: Totals() for pk in ids}
    rows = RemarkCount.objects.filter(consultation_id__in=totals)
    for pk, key, remarks in rows.values_list("consultation_id", "clause_key", "remarks"):
        if key is None:
            totals[pk].remarks = remarks
        else:
            totals[pk].clauses[str(key)] = remarks
    return totals


def _petitions(ids: Iterable[int]) -> dict[int, Totals]:
    """Those that were signed lately are counted anew here: what is shown is what the rows say."""
    totals = {pk: Totals(signatures=0) for pk in ids}
    counting.recount(counting.to_be_counted(totals))
    for pk, counted in Total.objects.filter(pk__in=totals).values_list("pk", "counted"):
        totals[pk].signatures = counted
    comments = Comment.objects.top().public().filter(thread__petition__in=totals)
    for pk, said in comments.values_list("thread__petition").annotate(Count("pk")).order_by():
        totals[pk].remarks = said
    return totals


def _polls(ids: Collection[int]) -> dict[int, Totals]:
    """Totals of polls. A closed one is told here too, not by the job of the minute alone, so that
    people who watch a countdown see what follows within a second.
    """
    try:
        votes.tell_what_closed(ids)
    except DatabaseError:
        raise
    except Exception:  # the totals of all others are not to wait for one that cannot be counted
        log.exception("what has closed cannot be told")
    return {
        pk: Totals(turnout=turnout, bars=bars)
        for pk, (turnout, bars) in polls.turnouts(ids).items()
    }


def _meetings(ids: Collection[int]) -> dict[int, Totals]:
    """Those of the surveys that are open in them, and the hands of the show that is: two queries
    while there are none."""
    raised = hall.sample(ids)
    open_polls = QuickPoll.objects.filter(meeting__in=ids, closed_at=None)
    asked = dict(open_polls.values_list("poll", "meeting"))
    counted = {asked[pk]: totals for pk, totals in (_polls(asked) if asked else {}).items()}
    if asked:
        for pk, guests in guest_answers(asked.values()).items():
            counted[pk] = replace(counted[pk], bars=(counted[pk].bars, guests))
    found = {pk: counted.get(pk, Totals()) for pk in ids}
    return {
        pk: replace(each, bars=(each.bars, raised[pk])) if pk in raised else each
        for pk, each in found.items()
    }


_KINDS: dict[str, Callable[[Collection[int]], dict[int, Totals]]] = {
    "consultation": _consultations,
    "petition": _petitions,
    "poll": _polls,
    "meeting": _meetings,
}


def _add_reactions(
    kind: str, totals: dict[int, Totals], known: Mapping[int, Totals | None]
) -> None:
    """Whatever was supported since the last sample; of the others the same as then."""
    with connection.cursor() as cursor:
        cursor.execute(_FINGERPRINTS[kind], [list(totals)])
        fingerprints = dict(cursor.fetchall())
    moved = {}
    for pk, now in totals.items():
        before = known[pk]
        now.fingerprint = fingerprints.get(pk, 0)
        if before is not None and before.fingerprint == now.fingerprint:
            now.agrees, now.disagrees = before.agrees, before.disagrees
        elif now.fingerprint:
            moved[pk] = now
    if moved:
        _read_reactions(f"thread__{kind}", moved)


def _read_reactions(thing: str, moved: Mapping[int, Totals]) -> None:
    reacted = Q(agrees__gt=0) | Q(disagrees__gt=0)
    rows = Comment.objects.filter(reacted, parent=None, **{f"{thing}__in": moved})
    for pk, of, agrees, disagrees in rows.values_list("pk", thing, "agrees", "disagrees"):
        moved[of].agrees[str(pk)] = agrees
        moved[of].disagrees[str(pk)] = disagrees
