"""Post-stratification: results of a panel weighted so that each stratum counts as its people do.

What is weighted are the strata that are published, small ones merged (insights.panel.results), so
that a weighted figure tells nothing that they do not (docs/insights.md, ADR 130).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from insights.panel.results import Cell
from insights.panel.strata import OTHER, district_of

#: The bounds of a weight. Beyond them a few answers would decide the figure of the whole city.
LIGHTEST, HEAVIEST = 1 / 3, 3


@dataclass(frozen=True, slots=True)
class Weighted:
    """The share that trusts, 0 to 1, and the weight of an answer in each stratum."""

    trusting: float
    weights: Mapping[str, float]


def weigh(cells: Mapping[str, Cell], targets: Mapping[str, int]) -> Weighted | None:
    """Weigh the answers of strata by the people of each; ``targets``: how many, by label.

    The weight of an answer is the share of its stratum among all people, over its share among all
    answers, within the bounds. None where there are no two strata, or people of one are not known.
    """
    people = sum(targets.get(label, 0) for label in cells)
    answered = sum(cell.answered for cell in cells.values())
    if len(cells) < 2 or not all(targets.get(label) for label in cells):
        return None
    weights = {
        label: min(max(targets[label] / people * answered / cell.answered, LIGHTEST), HEAVIEST)
        for label, cell in cells.items()
    }
    trusting = sum(weights[label] * cell.trusting for label, cell in cells.items())
    whole = sum(weights[label] * cell.answered for label, cell in cells.items())
    return Weighted(trusting / whole, weights)


def share_population(
    people: Mapping[str, int], populations: Mapping[str, int | None]
) -> dict[str, int]:
    """Share residents among the strata of a lot, by their labels.

    A district's population is shared among its strata as the people on the list are; districts
    without a stratum of their own belong to OTHER. Empty where a population is not known.

    Args:
        people: those on the list, by the label of their stratum.
        populations: residents by the slug of the district, as the council has entered them.
    """
    known = {slug: number for slug, number in populations.items() if number}
    on_list: Counter[str] = Counter()
    for label, number in people.items():
        on_list[district_of(label)] += number
    named = on_list.keys() - {OTHER}
    if not named <= known.keys() or known.keys() != populations.keys():
        return {}
    rest = sum(number for slug, number in known.items() if slug not in named)
    residents = {**known, OTHER: rest}
    shared = {
        label: round(residents[district_of(label)] * number / on_list[district_of(label)])
        for label, number in people.items()
    }
    return shared if all(shared.values()) else {}
