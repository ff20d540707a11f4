"""Results of a panel by strata, merged until none of them tells what a person answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from insights.panel.strata import FEWEST, OTHER, district_of


@dataclass(frozen=True, slots=True)
class Cell:
    """Numbers of people of some strata who trust, and who gave another answer."""

    labels: tuple[str, ...] = ()
    trusting: int = 0
    others: int = 0

    @property
    def answered(self) -> int:
        return self.trusting + self.others

    @property
    def is_small(self) -> bool:
        """Whether it tells what fewer than FEWEST people answered: «all trust» tells it of each."""
        return min(self.trusting, self.others) < FEWEST

    def __add__(self, other: Cell) -> Cell:
        return Cell(
            tuple(sorted((*self.labels, *other.labels))),
            self.trusting + other.trusting,
            self.others + other.others,
        )


def merge_small(cells: Mapping[str, tuple[int, int]]) -> dict[str, Cell]:
    """Results by the label of a stratum, of a district or OTHER; ``cells``: how many trust and how
    many do not, by the label of the stratum.

    As strata are merged for the lot (strata.label_strata), by answers instead of people:

    1. Where one of a district's strata is small, the whole district stands as one.
    2. Small districts stand together, as OTHER, with what was OTHER in the lot.
    3. While OTHER is small, the one of the others in which fewest answered joins it.

    They add up to the whole, so nothing can be found by subtraction. Empty where not two are left.
    """
    found = {label: Cell((label,), *numbers) for label, numbers in cells.items() if any(numbers)}
    small = {district_of(label) for label, cell in found.items() if cell.is_small}
    found = _regroup(
        found, lambda label: district_of(label) if district_of(label) in small else label
    )
    found = _regroup(found, lambda label: OTHER if found[label].is_small else label)
    while len(found) > 1 and OTHER in found and found[OTHER].is_small:
        joining = min(found.keys() - {OTHER}, key=lambda label: (found[label].answered, label))
        found[OTHER] += found.pop(joining)
    in_order = sorted(found.items(), key=lambda pair: (pair[0] == OTHER, pair[0]))
    return dict(in_order) if len(in_order) > 1 else {}


def group_by_seats(seats: Mapping[str, int]) -> dict[str, str]:
    """With which strata the answers of each are counted, by its label and the people drawn of it.

    Where fewer than FEWEST were drawn it is counted with others, as above: else the database would
    hold what the only one who was drawn of a stratum answered.
    """
    merged = merge_small({label: (number, number) for label, number in seats.items()})
    groups = {label: group for group, cell in merged.items() for label in cell.labels}
    return {label: groups.get(label, OTHER) for label in seats}


def _regroup(found: Mapping[str, Cell], label_of: Callable[[str], str]) -> dict[str, Cell]:
    groups: dict[str, Cell] = {}
    for label, cell in found.items():
        new = label_of(label)
        groups[new] = groups.get(new, Cell()) + cell
    return groups
