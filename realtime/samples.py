"""Totals with high write rates: nobody announces them, whoever watches counts.

A reaction raises no ``seq``. At most once a second, for topics that somebody watches, the totals
are read and compared with those of the second before; what differs is sent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from consultations.models import RemarkCount
from discussions.models import Comment

#: A fingerprint of all reactions in a consultation: different when any total is.
_FINGERPRINTS = """
SELECT c.id, bit_xor(hash_record_extended(row(m.id, m.agrees, m.disagrees), 0))
FROM consultations_consultation c
JOIN discussions_comment m ON m.thread_id = c.thread_id AND m.parent_id IS NULL
WHERE c.id = ANY(%s) AND m.agrees + m.disagrees > 0
GROUP BY c.id
"""


@dataclass(slots=True)
class Totals:
    """What is counted for one topic.

    ``remarks`` in all, ``clauses`` by clause key, ``agrees`` and ``disagrees`` by remark id (only
    remarks that have had reactions), and the fingerprint of the last two.
    """

    remarks: int = 0
    clauses: dict[str, int] = field(default_factory=dict)
    agrees: dict[str, int] = field(default_factory=dict)
    disagrees: dict[str, int] = field(default_factory=dict)
    fingerprint: int = 0

    def since(self, earlier: Totals | None) -> dict[str, Any]:
        """The ``counts`` of a frame: only what differs; empty when nothing does."""
        earlier = earlier or Totals()
        counts: dict[str, Any] = {}
        if self.remarks != earlier.remarks:
            counts["remarks"] = self.remarks
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
        shown = list(shown)
        return {
            "remarks": self.remarks,
            "clauses": self.clauses,
            "agrees": {key: self.agrees.get(key, 0) for key in shown},
            "disagrees": {key: self.disagrees.get(key, 0) for key in shown},
        }


def take(known: dict[str, Totals | None]) -> dict[str, Totals]:
    """The totals of topics now, given those of the last sample: two queries when nothing moved."""
    ids = {int(topic.partition(":")[2]): topic for topic in known if _is_consultation(topic)}
    if not ids:
        return {}
    totals = {topic: Totals() for topic in ids.values()}
    rows = RemarkCount.objects.filter(consultation_id__in=ids)
    for pk, key, remarks in rows.values_list("consultation_id", "clause_key", "remarks"):
        if key is None:
            totals[ids[pk]].remarks = remarks
        else:
            totals[ids[pk]].clauses[str(key)] = remarks
    with connection.cursor() as cursor:
        cursor.execute(_FINGERPRINTS, [list(ids)])
        fingerprints = dict(cursor.fetchall())
    moved = {}
    for pk, topic in ids.items():
        now, before = totals[topic], known[topic]
        now.fingerprint = fingerprints.get(pk, 0)
        if before is not None and before.fingerprint == now.fingerprint:
            now.agrees, now.disagrees = before.agrees, before.disagrees
        elif now.fingerprint:
            moved[pk] = now
    if moved:
        _read_reactions(moved)
    return totals


def _is_consultation(topic: str) -> bool:
    kind, _, number = topic.partition(":")
    return kind == "consultation" and number.isdigit()


def _read_reactions(moved: dict[int, Totals]) -> None:
    rows = Comment.objects.filter(
        thread__consultation__in=moved, parent=None, agrees__gt=0
    ) | Comment.objects.filter(thread__consultation__in=moved, parent=None, disagrees__gt=0)
    for pk, of, agrees, disagrees in rows.values_list(
        "pk", "thread__consultation", "agrees", "disagrees"
    ):
        moved[of].agrees[str(pk)] = agrees
        moved[of].disagrees[str(pk)] = disagrees
