"""Heads of days: of which day is which link, and the file that is sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection

from core.domain import clock
from core.domain.calendar import KYIV, local_date
from core.models import AuditAnchor, AuditLink

#: The first line of a head file: how it is written, so that later ones may be written otherwise.
FORMAT = "viche-audit-head-1"

_HEADS = """
SELECT link.number, link.hash, link.at
FROM unnest(%s::timestamptz[], %s::timestamptz[]) AS day (begins, ends)
CROSS JOIN LATERAL (
    SELECT number, hash, at FROM audit.link
    WHERE at >= begins AND at < ends ORDER BY at DESC, number DESC LIMIT 1
) AS link
ORDER BY link.number DESC
"""


@dataclass(frozen=True, slots=True)
class DayHead:
    """The last link of a day in Kyiv."""

    day: date
    number: int
    hash: str

    def __str__(self) -> str:
        """As ``verify_audit --head`` takes it."""
        return f"{self.number}:{self.hash}"

    @property
    def ended_at(self) -> datetime:
        """The midnight after the day."""
        return midnight(self.day + timedelta(days=1))

    @property
    def file(self) -> bytes:
        """The head file: the same bytes for the same head, for ever."""
        lines = (FORMAT, f"day: {self.day.isoformat()}", f"link: {self.number}", self.hash)
        return "".join(f"{line}\n" for line in lines).encode("ascii")


def midnight(day: date) -> datetime:
    """When a day begins in Kyiv."""
    return datetime.combine(day, time(), KYIV)


def is_over(day: date) -> bool:
    """Whether no link can be added to a day any more."""
    return day < local_date(clock.now())


def heads_of(days: list[date]) -> list[DayHead]:
    """The heads of those days on which the log grew, the newest first. One query."""
    begins = [midnight(day) for day in days]
    ends = [midnight(day + timedelta(days=1)) for day in days]
    with connection.cursor() as cursor:
        cursor.execute(_HEADS, [begins, ends])
        return [DayHead(local_date(at), number, head) for number, head, at in cursor.fetchall()]


def last_days(number: int) -> list[date]:
    """The last days that are over, yesterday first."""
    today = local_date(clock.now())
    return [today - timedelta(days=back) for back in range(1, number + 1)]


def find_head(day: date) -> DayHead | None:
    """The head of a day that is over; of a day whose links are cut, as its anchors say it."""
    if not is_over(day):
        return None
    if found := heads_of([day]):
        return found[0]
    anchor = AuditAnchor.objects.filter(day=day).defer("request", "content").first()
    return DayHead(day, anchor.number, anchor.head) if anchor else None


def find_last_head() -> DayHead | None:
    """The head of the last day that is over and has one. One query, beside the time."""
    ended = AuditLink.objects.filter(at__lt=midnight(local_date(clock.now())))
    link = ended.order_by("-at", "-number").only("at", "number", "hash").first()
    return DayHead(local_date(link.at), link.number, link.hash) if link else None
