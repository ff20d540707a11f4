"""Polls that wait at the desk."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, Q

from accounts.models import User
from core.domain.clock import Now
from votes import pages
from votes.models import Poll
from votes.presenters import ShownPoll, WaitingPoll

#: Within so long after the close the results are expected; what waits longer is late.
PUBLISH_WITHIN = timedelta(days=3)


def waiting(user: User, most: int) -> list[WaitingPoll]:
    """The polls that the person runs and that wait for somebody: one query.

    Those that have closed and have no results, and those with sheets that only one person has
    typed, what closed first on top.
    """
    typed_once = Count("paper_ballots", filter=Q(paper_ballots__confirmed_at=None))
    mine = Poll.objects.worked_on_by(user).filter(
        scheduled_at__isnull=False, published_at=None, cancelled_at=None
    )
    found = pages.for_page(mine).annotate(sheets=typed_once)
    late_or_typed = found.filter(Q(closes_at__lte=Now()) | Q(sheets__gt=0))
    return [
        WaitingPoll(ShownPoll.of(row), row.sheets, row.closes_at + PUBLISH_WITHIN)
        for row in late_or_typed.order_by("closes_at", "pk")[:most]
    ]
