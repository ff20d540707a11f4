"""Tie-breaking: the rule for equal options that is named before the poll opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from votes.counting.outcome import OptionCount
from votes.models import Poll


@dataclass(frozen=True, slots=True)
class TieBreak:
    """``rule`` is one of Poll.TieRule; ``lot`` the number published beforehand for LOT."""

    rule: str = Poll.TieRule.SHARED
    lot: str = ""

    def order(self, options: Sequence[int]) -> list[int]:
        """Options of a list in the order in which the rule prefers equals.

        By lot: by SHA-256 of ``<lot>:<option's id>``, the smallest first, so that anybody can
        draw it again.
        """
        if self.rule == Poll.TieRule.LOT:
            return sorted(options, key=self._drawn)
        return list(options)

    def _drawn(self, option: int) -> str:
        return sha256(f"{self.lot}:{option}".encode()).hexdigest()

    @property
    def leaves_equal(self) -> bool:
        return self.rule == Poll.TieRule.SHARED


def place_counts(
    counts: Sequence[OptionCount],
    merit: Callable[[OptionCount], int],
    ties: TieBreak,
) -> tuple[OptionCount, ...]:
    """The same counts with their places: by ``merit``, the greatest first, equals by the rule."""
    preferred = ties.order([int(each.option) for each in counts])
    ranked = sorted(counts, key=lambda each: (-merit(each), preferred.index(int(each.option))))
    places: dict[int | str, OptionCount] = {}
    for index, each in enumerate(ranked):
        same = [other for other in ranked if merit(other) == merit(each)]
        first = ranked.index(same[0])
        place = first + 1 if ties.leaves_equal else index + 1
        by_rule = len(same) > 1 and not ties.leaves_equal
        places[each.option] = replace(each, place=place, by_tie_rule=by_rule)
    return tuple(places[each.option] for each in counts)


def winners_of(counts: Sequence[OptionCount]) -> tuple[int | str, ...]:
    """Options in the first place."""
    return tuple(each.option for each in counts if each.place == 1)
