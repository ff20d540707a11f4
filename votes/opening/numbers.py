"""The numbers of a secret poll that have to agree before anything is published."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from votes.keepers import rules as keepers_rules
from votes.models import OpenedBallot, Poll, ReceiptCode, SecretVoterRecord


@dataclass(frozen=True, slots=True)
class Numbers:
    """Counts of a poll: ``records``, no more than the electorate; the ``used`` ones, as many as
    boxes were; of these ``opened`` and ``unopened``; ``codes`` of receipts, of which so many are
    ``repeated``: that is said, and not refused."""

    records: int
    used: int
    opened: int
    unopened: int
    codes: int
    repeated: int


def numbers_of(poll: Poll) -> Numbers:
    """As the tables have them now; three queries."""
    codes = ReceiptCode.objects.filter(poll=poll)
    number = codes.count()
    used = Count("number", filter=Q(used=True, on_paper=False))
    records = SecretVoterRecord.objects.filter(poll=poll)
    return Numbers(
        **records.aggregate(records=Count("number"), used=used),
        opened=OpenedBallot.objects.filter(poll=poll).count(),
        unopened=poll.unopened,
        codes=number,
        repeated=number - codes.values("code").distinct().count(),
    )


def numbers_agree(poll: Poll) -> bool:
    """Whether what was opened is as much as was cast."""
    return bool(keepers_rules.count_opened(poll, numbers_of(poll), reason="-"))
