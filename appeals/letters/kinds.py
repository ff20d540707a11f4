"""Which letters there are about an appeal."""

from __future__ import annotations

from enum import StrEnum


class LetterKind(StrEnum):
    """Which letter it is."""

    ANSWER = "answer"
    EXTENDED = "extended"
    POSTPONED = "postponed"
    #: That copies are paid for.
    FEE = "fee"
    FORWARDED = "forwarded"
    #: To the body to which an appeal is forwarded.
    COVERING = "covering"
    RETURNED = "returned"
    REFUSED = "refused"
    MOVED = "moved"
