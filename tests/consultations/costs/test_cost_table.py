"""What is told of costs: never one organisation's figure, neither in a table nor between two."""

from __future__ import annotations

from itertools import combinations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.costs.table import (
    ALL,
    ENOUGH,
    MEASURES,
    SIZES,
    Answer,
    Band,
    Row,
    band,
    tabulate,
)

CLAUSES = [None, UUID(int=1), UUID(int=2)]
MOST = {"hours_once": 10**6, "hours_yearly": 10**6, "money_once": 10**9, "money_yearly": 10**9}

figure = st.one_of(st.integers(0, 60), st.integers(0, 10**6))
figures = st.tuples(figure, figure, figure, figure)
answers = st.lists(
    st.builds(
        Answer, clause=st.sampled_from(CLAUSES), size=st.sampled_from(SIZES), figures=figures
    ),
    max_size=20,
)


@given(st.integers(0, 10**9), st.sampled_from([10, 1_000]))
def test_every_figure_falls_in_one_band(number, first):
    found = band(number, first)
    assert found.low < number <= found.high or (number == 0 and found.low == 0)
    assert found.low in (0, first) or str(found.low // first).strip("0") in ("1", "2", "5")
    assert band(found.high, first) == found
    assert band(found.high + 1, first).low == found.high


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, (0, 10)),
        (10, (0, 10)),
        (11, (10, 20)),
        (21, (20, 50)),
        (51, (50, 100)),
        (101, (100, 200)),
    ],
)
def test_bands_of_hours(number, expected):
    assert band(number, 10) == Band(*expected)


def told(parts):
    return {(part.clause, row.size): row for part in parts for row in part.rows if row.is_told}


@given(answers, st.data())
def test_a_table_is_the_same_whatever_a_figure_is_within_its_band(given_answers, data):
    """So neither one table nor any number of them, of whatever answers, gives a figure away."""
    if not given_answers:
        return
    place = data.draw(st.integers(0, len(given_answers) - 1))
    old = given_answers[place]
    others = []
    for number, (name, first) in zip(old.figures, MEASURES.items(), strict=True):
        within = band(number, first)
        low = within.low + 1 if within.low else 0
        others.append(data.draw(st.integers(low, min(within.high, MOST[name]))))
    other = Answer(old.clause, old.size, tuple(others))
    changed = [*given_answers[:place], other, *given_answers[place + 1 :]]
    for length in range(len(changed) + 1):  # the tables of every day on which one more had answered
        assert tabulate(given_answers[:length]) == tabulate(changed[:length])


@given(answers)
def test_nothing_is_told_of_fewer_than_three_nor_of_the_difference_of_rows(given_answers):
    for part in tabulate(given_answers):
        here = [answer for answer in given_answers if answer.clause == part.clause]
        rows = {row.size: row for row in part.rows}
        assert list(rows) == [*SIZES, ALL]
        for row in rows.values():
            of_row = [a for a in here if row.size in (ALL, a.size)]
            if row.is_told:
                assert row.organisations == len(of_row) >= ENOUGH
            else:
                assert row == Row(row.size)  # not even how many
        if rows[ALL].is_told:
            names = [size for size in SIZES if rows[size].is_told]
            for number in range(len(names) + 1):
                for some in combinations(names, number):
                    rest = rows[ALL].organisations - sum(rows[s].organisations for s in some)
                    assert rest == 0 or rest >= ENOUGH


@given(answers)
def test_ranges_hold_every_answer_and_no_band_too_many(given_answers):
    for (clause, size), row in told(tabulate(given_answers)).items():
        here = [a for a in given_answers if a.clause == clause and size in (ALL, a.size)]
        for place, first in enumerate(MEASURES.values()):
            numbers = sorted(answer.figures[place] for answer in here)
            spread = row.spreads[place]
            assert spread.range == Band(band(numbers[0], first).low, band(numbers[-1], first).high)
            assert spread.range.low <= spread.middle.low < spread.middle.high <= spread.range.high
            assert spread.median is None


@given(answers)
def test_officers_see_the_same_with_medians(given_answers):
    public, desk = told(tabulate(given_answers)), told(tabulate(given_answers, for_officers=True))
    assert public.keys() == desk.keys()
    for key, row in desk.items():
        for spread, same in zip(row.spreads, public[key].spreads, strict=True):
            assert (spread.range, spread.middle) == (same.range, same.middle)
            assert len(str(spread.median).rstrip("0")) <= 2


def test_one_suppressed_class_suppresses_all():
    def of(size: str, number: int) -> list[Answer]:
        return [Answer(None, size, (5, 5, 500, 500))] * number

    def is_all_told(*parts: list[Answer]) -> bool:
        return tabulate([answer for part in parts for answer in part])[0].rows[-1].is_told

    assert is_all_told(of("micro", 3))
    assert not is_all_told(of("micro", 3), of("large", 1))
    assert not is_all_told(of("micro", 3), of("small", 1), of("large", 1))
    assert is_all_told(of("micro", 3), of("small", 1), of("large", 2))
    assert is_all_told(of("micro", 1), of("small", 1), of("large", 1))


def test_the_whole_draft_comes_first():
    clauses = [
        part.clause for part in tabulate(Answer(c, "micro", (0, 0, 0, 0)) for c in CLAUSES[::-1])
    ]
    assert clauses[0] is None
