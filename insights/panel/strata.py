"""Strata of a panel: districts and ages, none of fewer than five people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

#: The smallest stratum. A smaller one would tell who is in it.
FEWEST = 5
#: The stratum of what is too small by itself.
OTHER = "*"

#: A person's district (its slug) and the age that they are known to have reached ("": unknown).
type Place = tuple[str, str]


def label_strata(places: Collection[Place]) -> Mapping[Place, str]:
    """The stratum of each place, by the people who live there (one item a person).

    1. A district with an age is a stratum: «zarichchia:18».
    2. Where one of a district's strata has under FEWEST people, the whole district is one.
    3. Districts of under FEWEST people are one stratum together, OTHER.
    4. While OTHER has under FEWEST, the smallest other stratum (of equal ones the first by name)
       joins it.
    """
    people = Counter(places)
    labels = {place: f"{place[0]}:{place[1]}" for place in people}
    small = {district for (district, _age), number in people.items() if number < FEWEST}
    labels |= {place: place[0] for place in people if place[0] in small}
    sizes = _sizes(people, labels)
    labels |= {place: OTHER for place, label in labels.items() if sizes[label] < FEWEST}
    sizes = _sizes(people, labels)
    while len(sizes) > 1 and 0 < sizes.get(OTHER, 0) < FEWEST:
        joining = min(sizes.keys() - {OTHER}, key=lambda label: (sizes[label], label))
        labels |= {place: OTHER for place, label in labels.items() if label == joining}
        sizes = _sizes(people, labels)
    return labels


def district_of(label: str) -> str:
    """The slug of a stratum's district, or OTHER."""
    return label.partition(":")[0]


def _sizes(people: Mapping[Place, int], labels: Mapping[Place, str]) -> Counter[str]:
    sizes: Counter[str] = Counter()
    for place, number in people.items():
        sizes[labels[place]] += number
    return sizes
