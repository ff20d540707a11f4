"""The numbers of a secret poll that have to agree before anything is published."""

from __future__ import annotations

from dataclasses import dataclass

from votes import rules
from votes.models import OpenedBallot, Poll, ReceiptCode, voter_records


@dataclass(frozen=True, slots=True)
class Numbers:
    """``used`` voter records are as many as boxes were; of these ``opened`` and ``unopened``;
    ``codes`` of receipts, of which so many are ``repeated``: that is said, and not refused."""

    used: int
    opened: int
    unopened: int
    codes: int
    repeated: int


def numbers_of(poll: Poll) -> Numbers:
    """As the tables have them now; three queries."""
    codes = ReceiptCode.objects.filter(poll=poll)
    number = codes.count()
    return Numbers(
        used=voter_records(poll).used().filter(on_paper=False).count(),
        opened=OpenedBallot.objects.filter(poll=poll).count(),
        unopened=poll.unopened,
        codes=number,
        repeated=number - codes.values("code").distinct().count(),
    )


def numbers_agree(poll: Poll) -> bool:
    """Whether what was opened is as much as was cast."""
    found = numbers_of(poll)
    verdict = rules.count_opened(
        poll, used=found.used, opened=found.opened, codes=found.codes, reason="-"
    )
    return bool(verdict)
