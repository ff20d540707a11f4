"""Rows of anchors: adding them, and which days wait for a time-stamp. Rows are never changed."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

from core.audit_log.anchors.seals import Seal
from core.audit_log.anchors.timestamps import Stamp
from core.audit_log.heads import DayHead, heads_of, last_days
from core.domain import clock
from core.models import AuditAnchor

#: Days back for which a time-stamp is asked, where none was to be had; answers of an authority
#: that were wrong, after which it is asked no more.
DAYS_TO_STAMP = 7
MOST_WRONG = 3


def heads_to_stamp() -> list[DayHead]:
    """Heads of days that are over and have no time-stamp yet, the newest first."""
    days = last_days(DAYS_TO_STAMP)
    found = AuditAnchor.objects.filter(kind=AuditAnchor.Kind.TIMESTAMP, day__in=days)
    stamped, wrong = set(), Counter[object]()
    for day, verdict in found.values_list("day", "verdict"):
        if verdict == AuditAnchor.Verdict.WRONG:
            wrong[day] += 1
        else:
            stamped.add(day)
    return [
        head for head in heads_of(days) if head.day not in stamped and wrong[head.day] < MOST_WRONG
    ]


def add_timestamp(head: DayHead, *, request: bytes, answer: bytes, stamp: Stamp) -> AuditAnchor:
    """Store an answer as it came, with what was asked; also a wrong one."""
    return AuditAnchor.objects.create(
        day=head.day,
        number=head.number,
        head=head.hash,
        at=clock.now(),
        kind=AuditAnchor.Kind.TIMESTAMP,
        verdict=stamp.verdict,
        reason=stamp.reason,
        organisation=stamp.organisation,
        said_at=stamp.said_at,
        format="tsr",
        request=request,
        content=answer,
        sha256=sha256(answer).hexdigest(),
    )


def add_seal(head: DayHead, seal: Seal) -> AuditAnchor:
    """Store a sealed file as it was uploaded."""
    return AuditAnchor.objects.create(
        day=head.day,
        number=head.number,
        head=head.hash,
        at=clock.now(),
        kind=AuditAnchor.Kind.SEAL,
        verdict=seal.verdict,
        reason=seal.reason,
        organisation=seal.organisation,
        format=seal.format,
        request=b"",
        content=seal.content,
        sha256=sha256(seal.content).hexdigest(),
    )
