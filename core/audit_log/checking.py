"""Verification of the audit log: its links, the entries under them, and what was cut.

Everything is checked from what is stored, in bounded memory; nothing is written.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Q

from core.audit_log.chaining import LATE, digest_of, find_late, leaves_of, ranges_of
from core.audit_log.comparing import find_faults, sources
from core.domain import clock
from core.domain.chain import BEGINNING, canonical, fingerprint, moment
from core.models import AuditCut, AuditEntry, AuditLink

#: The job that chains entries may be so late.
PATIENCE = timedelta(minutes=30)
_CHUNK = 500


@dataclass(slots=True)
class Verified:
    """What a verification has gone through."""

    links: int = 0
    entries: int = 0
    #: Procedures whose things were compared with their rows of record.
    procedures: int = 0
    reached: int = 0
    head: str = BEGINNING


def faults(verified: Verified | None = None) -> Iterator[str]:
    """What does not hold, one sentence each; ``verified`` is filled in on the way.

    It reads one state of the database (REPEATABLE READ), so the service may go on writing.
    """
    verified = verified or Verified()
    whole = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if whole:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield from _faults(verified)


def _faults(verified: Verified) -> Iterator[str]:
    cut = AuditCut.objects.order_by("-number").first()
    number = 0
    if cut:
        number, verified.head, verified.reached = cut.number, cut.head, cut.reached
    for link in AuditLink.objects.order_by("number").iterator(_CHUNK):
        where = f"link {link.number}"
        if link.number != number + 1:
            yield f"{where}: link {number + 1} is missing"
        if link.hash != fingerprint(link.body):
            yield f"{where}: the line is not the one that was hashed"
        yield from (f"{where}: {fault}" for fault in _link(link, verified))
        number, verified.head = link.number, link.hash
        verified.reached = link.reached
        verified.links += 1
    yield from _rest(verified, cut)
    yield from _rows()
    for source in sources():
        for of in source.subjects():
            yield from find_faults(of, source.things(of))
            verified.procedures += 1


#: Rows of record that their entry does not name, or whose line is not what was hashed; rows that an
#: entry names and that are not there.
_UNNAMED = """
SELECT record.id FROM audit.record LEFT JOIN audit.entry ON entry.id = record.entry
    LEFT JOIN audit.kept_entry AS kept ON kept.entry = record.entry
WHERE sha256 <> encode(pg_catalog.sha256(convert_to(record.line, 'UTF8')), 'hex')
    OR jsonb_exists(coalesce(entry.ids, kept.line::jsonb->'ids')->'record', sha256) IS NOT TRUE
ORDER BY record.id LIMIT 100
"""
_MISSING = """
SELECT entry.id FROM audit.entry
WHERE jsonb_exists(ids, 'record') AND (SELECT count(DISTINCT sha256) FROM audit.record
    WHERE record.entry = entry.id) <> jsonb_array_length(ids->'record')
ORDER BY entry.id LIMIT 100
"""


def _rows() -> Iterator[str]:
    """Whether rows of record and entries name each other."""
    with connection.cursor() as cursor:
        cursor.execute(_UNNAMED)
        for (row,) in cursor.fetchall():
            yield f"row of record {row}: no entry says what it says"
        cursor.execute(_MISSING)
        for (entry,) in cursor.fetchall():
            yield f"entry {entry}: rows of record that it names are missing"


def _link(link: AuditLink, verified: Verified) -> Iterator[str]:
    try:
        said = json.loads(link.body)
        ranges = ranges_of(link.body)
        names = (said["number"], said["previous"], said["at"], ranges[0][0], ranges[-1][1])
        number, digest = said["entries"], said["leaves"]
    except (ValueError, KeyError, TypeError, IndexError):
        yield "it cannot be read"
        return
    if canonical(said) != link.body:
        yield "it is not written canonically"
    if names != (link.number, link.previous, moment(link.at), link.first, link.last):
        yield "its columns say something else than its line"
    if link.reached != max(link.last, verified.reached):
        yield "it has not reached what it says"
    if said["previous"] != verified.head:
        yield "it does not continue the link before"
    wanted = Q()
    for first, last in ranges:
        wanted |= Q(pk__range=(first, last))
    entries = list(AuditEntry.objects.filter(wanted).order_by("pk"))
    verified.entries += len(entries)
    if len(entries) != number:
        yield f"{number} entries were chained, {len(entries)} are there"
        yield from _missing(entries, ranges)
    elif digest_of(leaves_of(entries, bytes(link.salt))) != digest:
        yield f"an entry between {link.first} and {link.last} is not what was chained"


def _missing(entries: list[AuditEntry], ranges: list[tuple[int, int]]) -> Iterator[str]:
    there = {entry.pk for entry in entries}
    missing = [one for first, last in ranges for one in range(first, last + 1) if one not in there]
    if missing:
        yield "missing: " + ", ".join(map(str, missing[:10])) + (" …" if missing[10:] else "")


def _rest(verified: Verified, cut: AuditCut | None) -> Iterator[str]:
    """Entries that no link has."""
    late = find_late(clock.now() - LATE)
    there = AuditEntry.objects.filter(pk__lte=verified.reached)
    unchained = there.exclude(pk__in=late).count() - verified.entries
    if unchained > 0:
        yield f"{unchained} entries were slipped in below what is chained"
    waiting = AuditEntry.objects.filter(pk__gt=verified.reached).order_by("pk").first()
    if waiting and waiting.at < clock.now() - PATIENCE:
        yield f"entry {waiting.pk} and those after it wait for their link: the job does not run"
