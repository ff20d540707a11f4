"""What anybody may read of the audit log's chain: heads of days, lines, leaves of one link."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection

from core.audit_log.chaining import entries_of, leaves_of, opened, ranges_of
from core.domain import clock
from core.domain.calendar import KYIV, local_date
from core.models import AuditCut, AuditEntry, AuditLink

#: Days whose heads a page shows; links that one download gives.
DAYS = 30
LINKS = 2000


@dataclass(frozen=True, slots=True)
class DayHead:
    """The last link of a day in Kyiv."""

    day: date
    number: int
    hash: str


_HEADS = """
SELECT link.number, link.hash, link.at
FROM unnest(%s::timestamptz[], %s::timestamptz[]) AS day (begins, ends)
CROSS JOIN LATERAL (
    SELECT number, hash, at FROM audit.link
    WHERE at >= begins AND at < ends ORDER BY at DESC, number DESC LIMIT 1
) AS link
ORDER BY link.number DESC
"""


def day_heads(days: int = DAYS) -> list[DayHead]:
    """The heads of the last days on which the log grew, the newest first. Two queries."""
    today = local_date(clock.now())
    begins = [_midnight(today - timedelta(days=back)) for back in range(days)]
    ends = [_midnight(today - timedelta(days=back - 1)) for back in range(days)]
    with connection.cursor() as cursor:
        cursor.execute(_HEADS, [begins, ends])
        return [DayHead(local_date(at), number, head) for number, head, at in cursor.fetchall()]


def cuts() -> list[AuditCut]:
    """What is past its term and gone, the newest first."""
    return list(AuditCut.objects.order_by("-pk")[:DAYS])


def lines_after(number: int) -> Iterator[str]:
    """The lines of the links after this one, one JSON object a line; LINKS of them."""
    links = AuditLink.objects.filter(number__gt=number).order_by("number")
    for body in links.values_list("body", flat=True)[:LINKS]:
        yield f"{body}\n"


def find_link_of(entry: AuditEntry) -> AuditLink | None:
    """The link that has chained the entry; None while it waits for the job."""
    around = AuditLink.objects.filter(first__lte=entry.pk, last__gte=entry.pk).order_by("last")
    for link in around[:100]:
        if any(first <= entry.pk <= last for first, last in ranges_of(link.body)):
            return link
    return None


def leaves_of_link(link: AuditLink) -> list[str]:
    """The leaves of a link's entries, whose digest its line holds."""
    if link.leaves:
        return link.leaves.split("\n")
    entries = AuditEntry.objects.filter(entries_of(link)).order_by("pk")
    return leaves_of(entries, bytes(link.salt))


def leaf_line(entry: AuditEntry, link: AuditLink) -> str:
    """The line whose SHA-256 is the entry's leaf in its link."""
    return opened(entry, bytes(link.salt))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), KYIV)
