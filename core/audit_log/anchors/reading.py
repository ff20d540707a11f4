"""Anchors of days as pages show them, and whether they still are of what the chain says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from core.audit_log.anchors import timestamps
from core.audit_log.anchors.verdicts import Wrong
from core.audit_log.heads import DayHead
from core.models import AuditAnchor, AuditLink

_CHUNK = 100


def anchors_of(heads: Iterable[DayHead]) -> dict[DayHead, list[AuditAnchor]]:
    """The anchors of each of these heads' days without wrong answers, the oldest first. One query.

    The files are not read.
    """
    by_day = {head.day: head for head in heads}
    found: dict[DayHead, list[AuditAnchor]] = defaultdict(list)
    rows = AuditAnchor.objects.filter(day__in=by_day).exclude(verdict=AuditAnchor.Verdict.WRONG)
    for anchor in rows.defer("request", "content").order_by("pk"):
        found[by_day[anchor.day]].append(anchor)
    return found


def wrong_answers(heads: Iterable[DayHead]) -> dict[DayHead, list[AuditAnchor]]:
    """The answers of the authority that stamp nothing, by day, for administrators. One query."""
    by_day = {head.day: head for head in heads}
    found: dict[DayHead, list[AuditAnchor]] = defaultdict(list)
    rows = AuditAnchor.objects.filter(day__in=by_day, verdict=AuditAnchor.Verdict.WRONG)
    for anchor in rows.defer("request", "content").order_by("pk"):
        found[by_day[anchor.day]].append(anchor)
    return found


def has_any() -> bool:
    """Whether any head was ever anchored."""
    return AuditAnchor.objects.exclude(verdict=AuditAnchor.Verdict.WRONG).exists()


def faults() -> Iterator[str]:
    """Anchors that attest another head than the chain has now, one sentence each.

    Whoever wrote the chain anew leaves them behind, or rows that do not fit their files.
    """
    rows = AuditAnchor.objects.exclude(verdict=AuditAnchor.Verdict.WRONG).order_by("pk")
    hashes = dict(
        AuditLink.objects.filter(number__in=rows.values("number")).values_list("number", "hash")
    )
    for anchor in rows.iterator(_CHUNK):
        if hashes.get(anchor.number, anchor.head) != anchor.head:
            yield f"anchor {anchor.pk}: link {anchor.number} had another hash when it was attested"
        if anchor.kind == AuditAnchor.Kind.TIMESTAMP and not _is_of_head(anchor):
            yield f"anchor {anchor.pk}: its time-stamp is of something else"


def _is_of_head(anchor: AuditAnchor) -> bool:
    try:
        return timestamps.imprint_of(bytes(anchor.content)) == anchor.head
    except Wrong:
        return False
