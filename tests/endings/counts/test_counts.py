"""Each figure and list counts what it should: not what is void, deleted, hidden, over or twice."""

from __future__ import annotations

import pytest

from tests.endings.counts import (
    accounts,
    deputies,
    meetings,
    organisations,
    petitions,
    remarks,
)
from tests.endings.counts.kind import Kind

pytestmark = pytest.mark.django_db

_AREAS = (accounts, organisations, remarks, meetings, deputies, petitions)
KINDS: tuple[Kind, ...] = tuple(kind for area in _AREAS for kind in area.KINDS)


@pytest.mark.cpu(6)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_figure_counts_its_states_alone(kind: Kind) -> None:
    assert not kind.unknown_states()
    found = kind.differing()
    assert not found, "\n".join(found)
