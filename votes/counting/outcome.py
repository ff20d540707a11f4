"""The outcome of counting a question: numbers and places, the way to them, and who won."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class OptionCount:
    """One option's numbers.

    ``votes``: ballots that chose it (ranked: first choices; score, points: ballots that gave it
    any); ``points``: the sum of scores or points, None elsewhere; ``spread``: of a score, how many
    gave 0, 1, … 5; ``place``: from 1, shared by equals that the tie rule leaves equal;
    ``by_tie_rule``: its place was decided by that rule alone.
    """

    option: int | str
    votes: int
    points: int | None = None
    spread: tuple[int, ...] = ()
    place: int = 0
    by_tie_rule: bool = False


@dataclass(frozen=True, slots=True)
class Round:
    """One round of a run-off: whom each ballot counts for, and who goes out after it.

    ``counts``: (option, ballots) of those still in, in the order of the list; ``exhausted``:
    ballots that rank none of them; ``transfers``: (from, to or None, ballots) after it.
    """

    counts: tuple[tuple[int, int], ...]
    exhausted: int
    eliminated: tuple[int, ...] = ()
    by_tie_rule: bool = False
    transfers: tuple[tuple[int, int | None, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The counted answers to one question.

    ``answers``: ballots that answered it, ``none`` of them «none of these»; ``winners``: the
    options (of yes or no: the word) in the first place, more than one where they share it, none
    where nobody chose anything; ``pairs[i][j]``: ballots that put the i-th option before the j-th.
    """

    question: int
    answers: int
    none: int
    options: tuple[OptionCount, ...] = ()
    winners: tuple[int | str, ...] = ()
    rounds: tuple[Round, ...] = ()
    pairs: tuple[tuple[int, ...], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain values, as they are published and compared with a recount."""
        return asdict(self)
