"""The arithmetic of a secret ballot on paper. Pure (280/97-ВР art. 59(2), (3))."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from meetings.models import PaperBallot, ProtocolEntry, RollCall
from meetings.rollcalls import majority

#: The figures of a protocol beside the votes of each option, in the order of its form.
NAMES = ("issued", "in_box", "not_returned", "valid", "spoiled")


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures in the protocol of a counting commission; ``votes``: of each option in its order."""

    issued: int
    in_box: int
    not_returned: int
    valid: int
    spoiled: int
    votes: tuple[int, ...]

    @classmethod
    def of(cls, entry: ProtocolEntry) -> Figures:
        counted = (entry.issued, entry.in_box, entry.not_returned, entry.valid, entry.spoiled)
        return cls(*counted, tuple(entry.votes))

    def faults(self, *, receipts: int, options: int) -> Iterator[str]:
        """The names of the sums that do not add up; PostgreSQL refuses them likewise."""
        if self.issued != receipts:
            yield "receipts"
        if self.issued != self.in_box + self.not_returned:
            yield "issued"
        if self.in_box != self.valid + self.spoiled:
            yield "in_box"
        if len(self.votes) != options or sum(self.votes) != self.valid:
            yield "votes"

    def differences(self, other: Figures) -> list[tuple[str | int, int, int]]:
        """Differences of two protocols: the figure's name, or an option's place, and
        both values.
        """
        named: list[tuple[str | int, int, int]] = [
            (name, getattr(self, name), getattr(other, name)) for name in NAMES
        ]
        placed: list[tuple[str | int, int, int]] = [
            (place, one, two)
            for place, (one, two) in enumerate(zip(self.votes, other.votes, strict=True))
        ]
        return [each for each in (*named, *placed) if each[1] != each[2]]


def votes_needed(ballot: PaperBallot) -> int:
    """Number of votes that an option needs: more than half of the total membership (art. 59(2))."""
    return majority.votes_needed(RollCall.Needs.MAJORITY, membership=ballot.membership, present=0)


def chosen_option(ballot: PaperBallot, votes: Sequence[int]) -> int | None:
    """The place of the option that the votes chose; None: of none. Two cannot have the majority of
    the total."""
    most = votes_needed(ballot)
    return next((place for place, number in enumerate(votes) if number >= most), None)


def is_carried(ballot: PaperBallot, votes: Sequence[int]) -> bool:
    """Whether somebody was elected, or the decision was adopted."""
    place = chosen_option(ballot, votes)
    if place is None:
        return False
    is_election = ballot.kind == PaperBallot.Kind.ELECTION
    return is_election or ballot.options[place] == PaperBallot.FOR
