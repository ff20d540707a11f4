"""Figures of a show of hands: how many hands were raised for, against, and to abstain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from meetings.models import ShowOfHands

#: The choices as columns and events name them.
NAMES = ("for", "against", "abstained")


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers of hands for each choice."""

    for_: int = 0
    against: int = 0
    abstained: int = 0

    def __iter__(self) -> Iterator[int]:
        return iter((self.for_, self.against, self.abstained))

    @property
    def all(self) -> int:
        return self.for_ + self.against + self.abstained

    @classmethod
    def read(cls, show: ShowOfHands, kind: str) -> Self | None:
        """Read the show's figures of a kind (hall, remote, counted); None: nothing."""
        numbers = [getattr(show, f"{kind}_{name}") for name in NAMES]
        return None if None in numbers else cls(*numbers)


def show_columns(show: ShowOfHands, kind: str, figures: Figures | None) -> None:
    """Set the show's columns of a kind, without saving; None empties them."""
    for name, number in zip(NAMES, figures or (None, None, None), strict=True):
        setattr(show, f"{kind}_{name}", number)
