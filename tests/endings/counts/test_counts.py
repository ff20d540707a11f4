"""Each figure and list counts what it should: not what is void, deleted, hidden, over or twice."""

from __future__ import annotations

import pytest

from tests.endings.counts import (
    accounts,
    appeals,
    consultations,
    deputies,
    desk,
    meetings,
    organisations,
    others,
    petitions,
    polls,
    remarks,
)
from tests.endings.counts.kind import Kind
from tests.endings.counts.left_out import LEFT_OUT
from tests.endings.counts.sites import counting_sites

pytestmark = pytest.mark.django_db

_AREAS = (
    *(accounts, organisations, remarks, consultations, meetings, deputies, petitions),
    *(polls, appeals, desk, others),
)
KINDS: tuple[Kind, ...] = tuple(kind for area in _AREAS for kind in area.KINDS)


@pytest.mark.cpu(6)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_figure_counts_its_states_alone(kind: Kind) -> None:
    assert not kind.unknown_states()
    found = kind.differing()
    assert not found, "\n".join(found)


def test_each_place_that_counts_is_in_the_table_or_left_out_with_a_reason() -> None:
    told = {figure.place for kind in KINDS for figure in kind.figures}
    left_out = [line.strip() for lines in LEFT_OUT.values() for line in lines.split("\n")]
    without = {line for line in left_out if line}
    found = counting_sites()
    assert found - told - without == set(), "say in tests/endings/counts what it counts"
    assert without - found == set(), "there is no such place"
    assert without & told == set(), "it is in the table"
