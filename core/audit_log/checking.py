"""Verification of the audit log: its links, the entries under them, and what was cut.

Everything is checked from what is stored, in bounded memory; nothing is written.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from core.audit_log.chaining import (
    LATE,
    chained_later,
    digest_of,
    digest_of_kept,
    entries_of,
    find_late,
    leaves_of,
    ranges_of,
)
from core.audit_log.comparing import find_all_faults
from core.audit_log.trimming import TRIMMED
from core.domain import clock
from core.domain.chain import BEGINNING, canonical, fingerprint, moment
from core.models import AuditCut, AuditEntry, AuditLink, KeptEntry

#: The job that chains entries may be so late.
PATIENCE = timedelta(minutes=30)
_CHUNK = 500


@dataclass(slots=True)
class Verified:
    """Progress of a verification."""

    links: int = 0
    entries: int = 0
    #: Procedures whose things were compared with their rows of record.
    procedures: int = 0
    reached: int = 0
    head: str = BEGINNING
    #: The newest moment of an entry so far.
    until: datetime | None = None

    def count_procedure(self) -> None:
        self.procedures += 1


def faults(verified: Verified | None = None) -> Iterator[str]:
    """Faults, one sentence each; ``verified`` is filled in on the way.

    It reads one state of the database (REPEATABLE READ), so the service may go on writing.
    """
    with _one_state():
        yield from _faults(verified or Verified())


def record_faults() -> Iterator[str]:
    """Differences between the procedures' tables and their rows of record, in one state of both."""
    with _one_state():
        yield from find_all_faults()


@contextmanager
def _one_state() -> Iterator[None]:
    whole = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if whole:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _faults(verified: Verified) -> Iterator[str]:
    cut = AuditCut.objects.order_by("-number").first()
    before = _before_the_first()
    number = 0
    if before:
        number, verified.head, verified.reached = before.number, before.head, before.reached
    for link in AuditLink.objects.order_by("number").iterator(_CHUNK):
        where = f"link {link.number}"
        if link.number != number + 1:
            yield f"{where}: link {number + 1} is missing"
        if link.hash != fingerprint(link.body):
            yield f"{where}: the line is not the one that was hashed"
        check = _cut_link if cut and link.number <= cut.number else _link
        yield from (f"{where}: {fault}" for fault in check(link, verified))
        number, verified.head = link.number, link.hash
        verified.reached = link.reached
        verified.links += 1
    if cut:
        below = AuditEntry.objects.filter(pk__lte=cut.reached)
        if below.exclude(chained_later(cut.number, cut.reached)).exists():
            yield f"entries up to link {cut.number} are there, though a row says that they were cut"
    yield from _cut_faults()
    yield from _rest(verified)
    yield from _rows()
    yield from find_all_faults(verified.count_procedure)


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
SELECT entry.id FROM (
    SELECT id, ids->'record' AS named FROM audit.entry
    UNION ALL SELECT entry, line::jsonb->'ids'->'record' FROM audit.kept_entry
) AS entry
WHERE named IS NOT NULL AND (SELECT count(DISTINCT sha256) FROM audit.record
    WHERE record.entry = entry.id) <> jsonb_array_length(named)
ORDER BY entry.id LIMIT 100
"""


def _cut_faults() -> Iterator[str]:
    """Whether what was kept of each cut is what the log then said of it."""
    said = list(AuditEntry.objects.filter(event=TRIMMED).values_list("ids", flat=True))
    kept = KeptEntry.objects.filter(line__contains=f'"event":"{TRIMMED}"')
    said += [json.loads(line)["ids"] for line in kept.values_list("line", flat=True)]
    before = 0
    for ids in sorted(said, key=lambda ids: int(ids["link"])):
        if "kept" in ids and digest_of_kept(before, ids["link"]) != ids["kept"]:
            yield f"of what was cut up to link {ids['link']} other entries were kept"
        before = ids["link"]


def _rows() -> Iterator[str]:
    """Whether rows of record and entries name each other."""
    with connection.cursor() as cursor:
        cursor.execute(_UNNAMED)
        for (row,) in cursor.fetchall():
            yield f"row of record {row}: no entry says what it says"
        cursor.execute(_MISSING)
        for (entry,) in cursor.fetchall():
            yield f"entry {entry}: rows of record that it names are missing"


def _before_the_first() -> AuditCut | None:
    """The cut, made with its links as until 0.5.0, before the first link that is there."""
    first = AuditLink.objects.order_by("number").values_list("number", flat=True).first()
    cuts = AuditCut.objects.order_by("-number")
    return cuts.first() if first is None else cuts.filter(number=first - 1).first()


def _cut_link(link: AuditLink, verified: Verified) -> Iterator[str]:
    """A link whose entries are past their term: its line, and those that are kept."""
    said = json.loads(link.body)
    if (said["number"], said["previous"]) != (link.number, verified.head):
        yield "it does not continue the link before"
    kept = list(KeptEntry.objects.filter(link=link.number).order_by("entry"))
    leaves = link.leaves.split("\n") if link.leaves else []
    if bool(kept) != bool(leaves):
        yield "entries that were kept are missing"
    elif kept and digest_of(leaves) != said["leaves"]:
        yield "its line says something else of its entries"
    for each in kept:
        if leaves and fingerprint(each.line) not in leaves:
            yield f"the kept entry {each.entry} is not what was chained"


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
    entries = list(AuditEntry.objects.filter(entries_of(link)).order_by("pk"))
    verified.entries += len(entries)
    if len(entries) != number:
        yield f"{number} entries were chained, {len(entries)} are there"
        yield from _missing(entries, ranges)
    elif digest_of(leaves_of(entries, bytes(link.salt))) != digest:
        yield f"an entry between {link.first} and {link.last} is not what was chained"
    for entry in entries:
        if verified.until and entry.at < verified.until - LATE:
            yield f"entry {entry.pk} is dated before others that were chained earlier"
    verified.until = max(link.until, verified.until or link.until)


def _missing(entries: list[AuditEntry], ranges: list[tuple[int, int]]) -> Iterator[str]:
    there = {entry.pk for entry in entries}
    missing = [one for first, last in ranges for one in range(first, last + 1) if one not in there]
    if missing:
        yield "missing: " + ", ".join(map(str, missing[:10])) + (" …" if missing[10:] else "")


def _rest(verified: Verified) -> Iterator[str]:
    """Entries that no link has."""
    late = find_late(clock.now() - LATE)
    there = AuditEntry.objects.filter(pk__lte=verified.reached)
    unchained = there.exclude(pk__in=late).count() - verified.entries
    if unchained > 0:
        yield f"{unchained} entries were slipped in below what is chained"
    waiting = AuditEntry.objects.filter(pk__gt=verified.reached).order_by("pk").first()
    if waiting and waiting.at < clock.now() - PATIENCE:
        yield f"entry {waiting.pk} and those after it wait for their link: the job does not run"
