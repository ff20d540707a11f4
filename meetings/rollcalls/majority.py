"""The arithmetic of a roll-call (280/97-ВР arts 46, 47, 59). Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from meetings.models import RollCall, Vote

_Needs, _Choice = RollCall.Needs, Vote.Choice


@dataclass(frozen=True, slots=True)
class Result:
    """Result of a closed roll-call. ``votes_needed``: so many votes for it."""

    for_: int
    against: int
    abstained: int
    not_voting: int
    absent: int
    membership: int
    present: int
    needed: int
    has_quorum: bool
    is_annulled: bool = False
    #: Who took no part: they have declared a conflict of interest.
    conflict: int = 0

    @property
    def is_carried(self) -> bool:
        """Whether the question was decided in favour; what is annulled decides nothing."""
        return self.has_quorum and self.for_ >= self.needed and not self.is_annulled


def votes_needed(needs: str, *, membership: int, present: int) -> int:
    """Number of votes for it that are needed.

    More than half of the total membership, whoever is present (art. 59(2), (6), art. 47(10)); not
    less than two thirds of it (art. 59(2), (4)); for a procedural question, more than half of
    those present, as the council's rules of procedure have it (art. 46(15)).
    """
    if needs == _Needs.TWO_THIRDS:
        return -(-2 * membership // 3)
    return (present if needs == _Needs.PROCEDURAL else membership) // 2 + 1


def quorum(membership: int) -> int:
    """Number of members who must take part for the body to decide (arts 46(12), 47(9))."""
    return membership // 2 + 1


def has_quorum(*, membership: int, present: int) -> bool:
    """Whether the body may decide: more than half of its total take part (arts 46(12), 47(9))."""
    return present >= quorum(membership)


def result_of(roll_call: RollCall, choices: Iterable[str]) -> Result:
    """Result by the choices of its votes; while it is open, the present one."""
    counted = Counter(choices)
    present = roll_call.present
    if present is None:
        present = sum(number for choice, number in counted.items() if choice != _Choice.ABSENT)
    return Result(
        for_=counted[_Choice.FOR],
        against=counted[_Choice.AGAINST],
        abstained=counted[_Choice.ABSTAINED],
        not_voting=counted[_Choice.NOT_VOTING],
        absent=counted[_Choice.ABSENT],
        membership=roll_call.membership,
        present=present,
        needed=votes_needed(roll_call.needs, membership=roll_call.membership, present=present),
        has_quorum=has_quorum(membership=roll_call.membership, present=present),
        is_annulled=roll_call.annulled is not None,
        conflict=counted[_Choice.CONFLICT],
    )
