"""What of polls waits at the desk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Count, Q

from accounts.models import User
from core.domain.clock import Now
from votes import pages
from votes.models import Poll

#: Within so long after the close the results are expected; what waits longer is late.
PUBLISH_WITHIN = timedelta(days=3)


def waiting(user: User, most: int) -> dict[str, Any]:
    """The polls that the person runs and that wait for somebody: one query.

    ``rows``: those that have closed and have no results, and those with sheets that only one person
    has typed (``sheets``), what closed first on top.
    """
    typed_once = Count("paper_ballots", filter=Q(paper_ballots__confirmed_at=None))
    mine = Poll.objects.worked_on_by(user).filter(
        scheduled_at__isnull=False, published_at=None, cancelled_at=None
    )
    found = pages.for_page(mine).annotate(sheets=typed_once)
    rows = list(
        found.filter(Q(closes_at__lte=Now()) | Q(sheets__gt=0)).order_by("closes_at", "pk")[:most]
    )
    for row in rows:
        pages.show(row)
        row.due_at = row.closes_at + PUBLISH_WITHIN
        row.is_late = row.due_at <= row.now
    return {"rows": rows}
