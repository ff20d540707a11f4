"""The hash chain of the audit log: a job adds a link for each batch of new entries.

A link's line (``body``) names the link before it and a digest of its entries' leaves. A leaf is the
SHA-256 of an entry with a nonce that only the salt of its link leads to: published hashes tell
nothing, and showing one entry with its nonce proves that it is there (``entry_line``).

Entries get their numbers before their transactions commit, so one may appear below what the chain
has reached: numbers that a link left out are looked for again for an hour.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from secrets import token_bytes
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from core.domain import clock
from core.domain.chain import BEGINNING, canonical, fingerprint, moment
from core.models import AuditCut, AuditEntry, AuditLink, KeptEntry, RecordSalt

#: Entries of one link, at most.
BATCH = 500
#: Links that one run of the job makes; the next one goes on.
MOST = 200
#: How long an entry that was numbered earlier is waited for. Transactions end within a minute.
LATE = timedelta(hours=1)
#: Numbers in a row that are looked for one by one; a longer gap is none of open transactions.
WIDEST_GAP = 1000
#: The advisory lock of whoever makes or cuts links.
LOCK = 8423170057

type Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Head:
    """End of the chain."""

    number: int = 0
    reached: int = 0
    hash: str = BEGINNING


def chain_entries(*, most: int = MOST, at: datetime | None = None) -> int:
    """Add links for all entries that have none yet, at most so many; returns how many.

    ``at``: the time that they say, for the demo city's past; else it is now.
    """
    late = find_late(clock.now() - LATE)
    for made in range(most):
        if not _add_link(late if made == 0 else [], at):
            return made
    return most


def find_head() -> Head:
    """The last link, or what was cut if none is left."""
    link = AuditLink.objects.order_by("-number").first()
    if link is not None:
        return Head(link.number, link.reached, link.hash)
    cut = AuditCut.objects.order_by("-number").first()
    return Head(cut.number, cut.reached, cut.head) if cut else Head()


def find_late(since: datetime) -> list[int]:
    """Numbers that links since then have left out, without those of later links."""
    gaps: set[int] = set()
    links = AuditLink.objects.order_by("number")
    before = links.filter(at__lte=since).last()
    reached = before.reached if before else None
    for link in links.filter(at__gt=since):
        ranges = ranges_of(link.body)
        begin = ranges[0][0] if reached is None else reached + 1
        for first, last in ranges:
            if begin < first <= begin + WIDEST_GAP:
                gaps.update(range(begin, first))
            begin = max(begin, last + 1)
            gaps.difference_update(range(first, last + 1))
        reached = link.reached
    return sorted(gaps)


def entry_line(entry: AuditEntry, salt: bytes) -> str:
    """The line whose SHA-256 is the entry's leaf: what to show to prove that it is in its link.

    It does not say who acted: that number stands behind a hash of its own.
    """
    nonce = _key_words(salt, f"{entry.pk}")
    return canonical(
        {
            "actor": _key_words(salt, f"{entry.pk} by {entry.actor}"),
            "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "event": entry.event,
            "id": entry.pk,
            "ids": entry.ids,
            "nonce": nonce,
        }
    )


def _key_words(salt: bytes, words: str) -> str:
    return hmac.new(bytes(salt), words.encode(), sha256).hexdigest()


def leaves_of(entries: Iterable[AuditEntry], salt: bytes) -> list[str]:
    """The leaves of a link's entries, in the order of their numbers."""
    return [fingerprint(entry_line(entry, salt)) for entry in entries]


def digest_of(leaves: Iterable[str]) -> str:
    """Digest of a link's leaves: the SHA-256 of them, one a line."""
    return fingerprint("\n".join(leaves))


def link_line(
    number: int, *, at: datetime, ids: Sequence[int], leaves: Sequence[str], previous: str
) -> str:
    """The line of a link."""
    return canonical(
        {
            "at": moment(at),
            "entries": len(ids),
            "ids": [[*each] for each in to_ranges(ids)],
            "leaves": digest_of(leaves),
            "number": number,
            "previous": previous,
        }
    )


def to_ranges(ids: Iterable[int]) -> list[Range]:
    """Sorted numbers as first and last of each unbroken row."""
    ranges: list[Range] = []
    for number in ids:
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    return ranges


def ranges_of(body: str) -> list[Range]:
    """The entries that a link's line names; ValueError, KeyError or TypeError for none."""
    said: dict[str, Any] = json.loads(body)
    return [(int(first), int(last)) for first, last in said["ids"]]


def entries_of(link: AuditLink) -> Q:
    """The entries that a link's line names."""
    wanted = Q(pk__in=[])
    for first, last in ranges_of(link.body):
        wanted |= Q(pk__range=(first, last))
    return wanted


def chained_later(number: int, reached: int) -> Q:
    """Entries below what link ``number`` has reached that a later link has: they were numbered
    early."""
    later = Q(pk__in=[])
    for link in AuditLink.objects.filter(number__gt=number, first__lte=reached):
        later |= entries_of(link)
    return later


def digest_of_kept(after: int, upto: int) -> str:
    """The digest of the entries that are kept of cut links: what the log says of its own
    shortening."""
    kept = KeptEntry.objects.filter(link__gt=after, link__lte=upto).order_by("entry")
    return digest_of(fingerprint(line) for line in kept.values_list("line", flat=True))


def take_turn() -> None:
    """Hold the chain until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _add_link(late: list[int], at: datetime | None = None) -> bool:
    with transaction.atomic():
        take_turn()
        head = find_head()
        entries = list(AuditEntry.objects.filter(pk__gt=head.reached).order_by("pk")[:BATCH])
        if late:
            entries = [*AuditEntry.objects.filter(pk__in=late).order_by("pk"), *entries]
        if not entries:
            return False
        salt, now = secrets.token_bytes(32), (at or clock.now()).replace(microsecond=0)
        ids = [entry.pk for entry in entries]
        body = link_line(
            head.number + 1,
            at=now,
            ids=ids,
            leaves=leaves_of(entries, salt),
            previous=head.hash,
        )
        AuditLink.objects.create(
            number=head.number + 1,
            at=now,
            first=ids[0],
            last=ids[-1],
            reached=max(ids[-1], head.reached),
            until=max(entry.at for entry in entries),
            salt=salt,
            body=body,
            previous=head.hash,
            hash=fingerprint(body),
        )
        return True


def salt_of(of: str) -> bytes:
    """The procedure's own random salt, made at its first use; b"" where nothing can be written, as
    while the record is verified, which then holds nothing of it. One query, once it is there."""
    kept = RecordSalt.objects.filter(pk=of).values_list("salt", flat=True)
    if (salt := kept.first()) is not None:
        return bytes(salt)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('transaction_read_only')")
        if cursor.fetchone() == ("on",):
            return b""
    # Two at once: the first one's salt is everybody's.
    RecordSalt.objects.bulk_create([RecordSalt(of=of, salt=token_bytes(32))], ignore_conflicts=True)
    return bytes(kept.get())
