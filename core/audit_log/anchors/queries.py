"""Anchors of days as pages show them, and whether they still are of what the chain says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from core.audit_log.anchors import seals, timestamps
from core.audit_log.anchors.verdicts import Wrong
from core.audit_log.heads import DayHead
from core.domain.rules import Refused
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
    """Anchors that attest another head than the chain has now, or that their files do not bear
    out, one sentence each.

    Whoever wrote the chain anew leaves them behind; whoever may add rows could invent some.
    """
    rows = AuditAnchor.objects.exclude(verdict=AuditAnchor.Verdict.WRONG).order_by("pk")
    hashes = dict(
        AuditLink.objects.filter(number__in=rows.values("number")).values_list("number", "hash")
    )
    for anchor in rows.iterator(_CHUNK):
        if hashes.get(anchor.number, anchor.head) != anchor.head:
            yield f"anchor {anchor.pk}: link {anchor.number} had another hash when it was attested"
        is_stamp = anchor.kind == AuditAnchor.Kind.TIMESTAMP
        found = _check_stamp(anchor) if is_stamp else _check_seal(anchor)
        if found == AuditAnchor.Verdict.WRONG:
            yield f"anchor {anchor.pk}: its file is of something else, or not signed"
        elif found == AuditAnchor.Verdict.UNCHECKED != anchor.verdict:
            yield f"anchor {anchor.pk}: it is said to be checked, which its file cannot be here"


def _check_stamp(anchor: AuditAnchor) -> str:
    """The verdict on its file; the roots are not read."""
    content = bytes(anchor.content)
    try:
        if timestamps.imprint_of(content) != anchor.head:
            return AuditAnchor.Verdict.WRONG
    except Wrong:
        return AuditAnchor.Verdict.WRONG
    return timestamps.check_answer(content, request=bytes(anchor.request)).verdict


def _check_seal(anchor: AuditAnchor) -> str:
    head = DayHead(anchor.day, anchor.number, anchor.head)
    try:
        return seals.accept(bytes(anchor.content), head_file=head.file).verdict
    except Refused:
        return AuditAnchor.Verdict.WRONG
