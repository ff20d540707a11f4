"""Results by strata: merged until no cell tells what somebody answered."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from insights.panel.results import group_by_seats, merge_small
from insights.panel.strata import FEWEST, OTHER

LABELS = st.sampled_from(["a", "b:", "b:16", "b:18", "c:14", "c:18", "d:18", "e", OTHER])
NUMBERS = st.tuples(st.integers(0, 30), st.integers(0, 30))


def test_a_stratum_in_which_all_trust_stands_with_others():
    found = merge_small({"a:18": (9, 0), "b:18": (9, 9), "c:18": (8, 8), "d:18": (20, 20)})
    assert {label: cell.labels for label, cell in found.items()} == {
        OTHER: ("a:18", "c:18"),
        "b:18": ("b:18",),
        "d:18": ("d:18",),
    }


def test_one_alone_is_the_whole_and_is_not_shown():
    assert merge_small({"a:18": (9, 9)}) == {}
    assert merge_small({"a:18": (9, 1), "b:18": (2, 9)}) == {}


def test_answers_of_a_stratum_of_which_few_were_drawn_are_counted_with_others():
    seats = {"a:16": 1, "a:18": 9, "b:18": 7, "c:18": 2, "d": 0}
    assert group_by_seats(seats) == {
        "a:16": "a",
        "a:18": "a",
        "b:18": OTHER,
        "c:18": OTHER,
        "d": OTHER,
    }
    assert group_by_seats({"a:18": 20}) == {"a:18": OTHER}


@given(st.dictionaries(LABELS, NUMBERS, max_size=9))
def test_none_is_small_and_they_add_up(cells):
    found = merge_small(cells)
    assert all(min(cell.trusting, cell.others) >= FEWEST for cell in found.values())
    if found:
        assert sum(cell.trusting for cell in found.values()) == sum(c[0] for c in cells.values())
        assert sum(cell.others for cell in found.values()) == sum(c[1] for c in cells.values())
        told = sorted(label for cell in found.values() for label in cell.labels)
        assert told == sorted(label for label, numbers in cells.items() if any(numbers))
