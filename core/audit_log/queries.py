"""Public parts of the audit log's chain: heads of days, lines, leaves of one link."""

from __future__ import annotations

from collections.abc import Iterator

from core.audit_log.chaining import entries_of, entry_line, leaves_of, ranges_of
from core.audit_log.heads import DayHead, heads_of, last_days
from core.domain import clock
from core.domain.calendar import local_date
from core.models import AuditCut, AuditEntry, AuditLink

#: Days whose heads a page shows; links that one download gives.
DAYS = 30
LINKS = 2000


def day_heads(days: int = DAYS) -> list[DayHead]:
    """The heads of the last days on which the log grew, the newest first. Two queries."""
    return heads_of([local_date(clock.now()), *last_days(days - 1)])


def cuts() -> list[AuditCut]:
    """Parts past their term and deleted, the newest first."""
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
    return entry_line(entry, bytes(link.salt))
