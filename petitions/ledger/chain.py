"""The lines of the petitions' ledgers, chained as core.domain.chain says. Pure."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Self

from core.domain.chain import canonical, moment

#: What a line tells of.
SIGNED = "signed"
CHECKED = "checked"
REMOVED = "removed"
REVERSED = "reversed"
RESTORED = "restored"
HELD = "held"
UNEXPLAINED = "unexplained"


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers of signatures in each status, or their changes."""

    counted: int = 0
    checking: int = 0
    removed: int = 0
    withdrawn: int = 0

    def __add__(self, other: Numbers) -> Numbers:
        return Numbers(
            self.counted + other.counted,
            self.checking + other.checking,
            self.removed + other.removed,
            self.withdrawn + other.withdrawn,
        )

    def __sub__(self, other: Numbers) -> Numbers:
        return Numbers(
            self.counted - other.counted,
            self.checking - other.checking,
            self.removed - other.removed,
            self.withdrawn - other.withdrawn,
        )

    def __bool__(self) -> bool:
        return self != Numbers()

    @classmethod
    def read(cls, found: Any) -> Self:
        """From a line's ``change`` or ``total``; ValueError for what is none."""
        try:
            numbers = cls(**found)
        except TypeError as error:
            raise ValueError("no numbers") from error
        if not all(type(value) is int for value in asdict(numbers).values()):
            raise ValueError("no whole numbers")
        return numbers


def comes_from_signers(change: Numbers) -> bool:
    """Whether signing and taking back alone can have made this change.

    Whoever signs is counted or waits for a check; what is taken back comes from any status. Rows
    are never deleted, and nothing else moves them.
    """
    lost = sum(max(0, -number) for number in (change.counted, change.checking, change.removed))
    return change.removed <= 0 and lost <= change.withdrawn


def holds_back(change: Numbers) -> bool:
    """Whether signatures that counted wait for a check, and nothing else changed."""
    return change.checking > 0 and change == Numbers(-change.checking, change.checking)


def entry_line(
    petition_id: int,
    number: int,
    *,
    at: datetime,
    what: str,
    change: Numbers,
    total: Numbers,
    previous: str,
    facts: dict[str, Any],
) -> str:
    """A line of a petition's ledger; ``facts``: ``removal``, ``rule`` and ``reason`` of what staff
    did."""
    return canonical(
        facts
        | {
            "at": moment(at),
            "change": asdict(change),
            "number": number,
            "petition": petition_id,
            "previous": previous,
            "total": asdict(total),
            "what": what,
        }
    )


def day_line(day: date, *, heads: dict[int, tuple[int, str]], previous: str) -> str:
    """The line of a day; ``heads``: petition -> number and hash of its last line on it."""
    return canonical(
        {
            "day": day.isoformat(),
            "heads": _format_heads(heads),
            "previous": previous,
        }
    )


def hour_line(
    hour: datetime, *, day: date, head: str, heads: dict[int, tuple[int, str]], previous: str
) -> str:
    """The line of an hour; ``head``: the hash of the line of its day, if that ended with it;
    ``heads``: petition -> number and hash of its last line in the hour."""
    return canonical(
        {
            "day": day.isoformat(),
            "head": head,
            "heads": _format_heads(heads),
            "hour": moment(hour),
            "previous": previous,
        }
    )


def _format_heads(heads: dict[int, tuple[int, str]]) -> dict[str, dict[str, int | str]]:
    return {
        str(petition): {"hash": found, "number": number}
        for petition, (number, found) in heads.items()
    }


def read_heads(said: Any) -> dict[int, tuple[int, str]]:
    """The heads that a line of a day or an hour names; KeyError, TypeError, ValueError or
    AttributeError for what is none."""
    return {int(petition): (head["number"], head["hash"]) for petition, head in said.items()}
