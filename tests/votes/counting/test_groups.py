"""Answers by groups: every number is of five at least, and none that is hidden can be computed.

Whoever reads a result knows the totals, the turnout of groups, and every number of every table. The
tests put all that into one system of equations and look whether it gives a hidden number back; and
they look for another set of ballots that would be shown in exactly the same way.
"""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from votes.ballots.answers import NONE_OF_THESE, Asked
from votes.counting.groups import FEWEST, OTHER, UNANSWERED, Counts, counts, protect_table, turnout

GROUPS = "ABCDE"
OPTIONS = (1, 2, 3, 4)


def single(number: int = 1) -> Asked:
    return Asked(number, "single", OPTIONS, none_of_these=True, is_required=False)


def exactly_two(number: int = 1) -> Asked:
    return Asked(number, "multiple", OPTIONS, least=2, most=2)


def points(number: int = 1) -> Asked:
    return Asked(number, "points", OPTIONS, budget=10)


ANSWERS = {
    "single": st.sampled_from([*OPTIONS, 1, 1, 2, 2, NONE_OF_THESE, None]),
    "multiple": st.lists(st.sampled_from(OPTIONS), min_size=2, max_size=2, unique=True),
    "up to two": st.lists(st.sampled_from(OPTIONS), min_size=1, max_size=2, unique=True),
    "approval": st.lists(st.sampled_from(OPTIONS), min_size=1, unique=True),
    "score": st.dictionaries(st.sampled_from([*map(str, OPTIONS)]), st.integers(0, 5)),
    "points": st.sampled_from([{"1": 10}, {"1": 5, "2": 5}, {"2": 3, "3": 7}, {"4": 1}]),
}
ASKED = {
    "single": single(),
    "multiple": exactly_two(),
    "up to two": Asked(1, "multiple", OPTIONS, least=1, most=2),
    "approval": Asked(1, "approval", OPTIONS),
    "score": Asked(1, "score", OPTIONS),
    "points": points(),
}


def alike(kind, most=6):
    """Ballots of one group: some answers, each by nobody, by few or by many."""
    number = st.one_of(st.integers(0, 6), st.integers(5, 15))
    blocks = st.lists(st.tuples(ANSWERS[kind], number), max_size=most)
    return blocks.map(lambda drawn: [answer for answer, times in drawn for _each in range(times)])


def cast(kind):
    """Ballots of groups of any size, of one kind of question."""
    groups = [alike(kind) for _group in GROUPS]
    return st.integers(2, 5).flatmap(
        lambda number: st.fixed_dictionaries(
            dict(zip(GROUPS[:number], groups[:number], strict=True))
        )
    )


def shown(asked: Asked, answers):
    """The turnout of the groups, the whole counts and what is shown of them."""
    whole = counts(asked, answers)
    rows = turnout(whole.sizes)
    if not rows:
        return rows, whole, None
    together = rows[-1].groups if len(rows[-1].groups) > 1 else ()
    return rows, whole, protect_table(whole, together)


@pytest.mark.parametrize("kind", ASKED)
@given(data=st.data())
def test_what_is_shown_is_true_whole_and_of_five_at_least(kind, data):
    answers = data.draw(cast(kind))
    rows, whole, table = shown(ASKED[kind], answers)
    if rows:
        assert all(row.size >= FEWEST for row in rows)
        assert sorted(group for row in rows for group in row.groups) == sorted(answers)
        assert sum(row.size for row in rows) == sum(map(len, answers.values()))
        assert len(rows) > 1
    if table is None:
        return
    assert rows, "who answers how is not told where it is not told who answered"
    assert sorted(group for row in table.rows for group in row.groups) == sorted(answers)
    assert [len(row.groups) > 1 for row in table.rows[:-1]] == [False] * (len(table.rows) - 1)
    for row in table.rows:
        assert row.size == sum(len(answers[group]) for group in row.groups)
        for column, cell in zip(table.columns, row.cells, strict=True):
            of = table.others if column == OTHER else (column,)
            assert cell >= FEWEST
            assert cell == sum(
                whole.cells[group].get(each, 0) for group in row.groups for each in of
            )
        if whole.is_one_of:
            assert sum(row.cells) == row.size
    hidden = {group for row in rows for group in row.groups if len(row.groups) > 1}
    alone = {row.groups[0] for row in table.rows if len(row.groups) == 1}
    assert not hidden & alone, "its number of ballots would be the sum of its answers"


class Known:
    """All that a reader can put into equations: of ``questions`` (asked, whole, table)."""

    def __init__(self, rows, questions) -> None:
        self.place: dict[tuple, int] = {}
        self.equations: list[dict[tuple, float]] = []
        self.hidden: set[tuple] = set()
        groups = [group for row in rows for group in row.groups]
        for row in rows:
            self.equations.append({("size", group): 1 for group in row.groups})
            if len(row.groups) > 1:
                self.hidden |= {("size", group) for group in row.groups}
        for number, (whole, table) in enumerate(questions):
            self._ask(number, whole, table, groups)
        for equation in self.equations:
            for variable in equation:
                self.place.setdefault(variable, len(self.place))

    def _ask(self, number, whole: Counts, table, groups) -> None:
        columns = [column for column in whole.columns if whole.total(column)]
        # Where ballots gave all that they might, as the totals then show, every row adds up.
        given, ballots = sum(map(whole.total, columns)), sum(whole.sizes.values())
        share = 1 if whole.is_one_of else whole.limit
        adds_up = share is not None and given == share * ballots
        full = {
            column
            for column in columns
            if not whole.is_one_of and whole.total(column) == whole.most * sum(whole.sizes.values())
        }
        for column in columns:
            self.equations.append({(number, group, column): 1 for group in groups})
        for group in groups:
            if adds_up:
                row = {(number, group, column): 1.0 for column in columns}
                self.equations.append(row | {("size", group): -float(share)})
        told = set()
        for row in table.rows if table else ():
            for column in table.columns:
                of = table.others if column == OTHER else (column,)
                self.equations.append(
                    {(number, group, each): 1 for group in row.groups for each in of}
                )
                if len(row.groups) == 1 and len(of) == 1:
                    told.add((number, row.groups[0], of[0]))
        # That everybody, or everybody who voted, gave one answer is what the totals say themselves.
        if len(columns) > 1:
            self.hidden |= {
                (number, group, column)
                for group, column in product(groups, columns)
                if (number, group, column) not in told and column not in full
            }

    def computable(self) -> list[tuple]:
        """What is hidden and yet follows from the rest."""
        matrix = np.zeros((len(self.equations), len(self.place)))
        for line, equation in enumerate(self.equations):
            for variable, factor in equation.items():
                matrix[line, self.place[variable]] = factor
        # A variable follows where it has no part in what the equations leave open.
        _u, strengths, rows = np.linalg.svd(matrix, full_matrices=True)
        rank = int((strengths > 1e-9).sum())
        free = rows[rank:]
        return [
            variable
            for variable in self.hidden
            if np.abs(free[:, self.place[variable]]).max(initial=0) < 1e-9
        ]


@pytest.mark.parametrize("kind", ["single", "multiple", "up to two", "points", "approval"])
@given(data=st.data())
def test_no_hidden_number_follows_from_what_is_shown(kind, data):
    """Two questions of one poll beside each other, which know the same sizes of groups."""
    groups = data.draw(cast(kind))
    rows, whole, table = shown(ASKED[kind], groups)
    if not rows:
        return
    sizes = {group: len(answers) for group, answers in groups.items()}
    second = {
        group: [*data.draw(alike("single")), *([1] * size)][:size] for group, size in sizes.items()
    }
    _rows, other_whole, other = shown(single(2), second)
    known = Known(rows, [(whole, table), (other_whole, other)])
    assert not known.computable()


def fitted(rows, whole: Counts, table, start) -> dict:
    """Numbers of people in every cell, none below nothing, that would be shown as these are: found
    by scaling ``start`` again and again to all that is known."""
    cells = list(start)
    known = [
        ([place for place, (_g, column) in enumerate(cells) if column == each], whole.total(each))
        for each in {column for _group, column in cells}
    ]
    known += [
        ([place for place, (group, _c) in enumerate(cells) if group in row.groups], row.size)
        for row in rows
    ]
    for row in table.rows:
        for column, number in zip(table.columns, row.cells, strict=True):
            of = table.others if column == OTHER else (column,)
            known.append(
                ([i for i, (g, each) in enumerate(cells) if g in row.groups and each in of], number)
            )
    found = np.array([start[cell] for cell in cells], dtype=float)
    for _round in range(4000):
        worst = 0.0
        for places, number in known:
            now = found[places].sum()
            worst = max(worst, abs(now - number))
            found[places] *= number / now
        if worst < 1e-6:
            break
    assert worst < 1e-2, "no number but those of the ballots would be shown so"
    return dict(zip(cells, found, strict=True))


@given(answers=cast("single"), seed=st.integers(0, 2**32 - 1))
def test_other_ballots_would_be_shown_alike(answers, seed):
    """That numbers of people are not below nothing helps nobody: every hidden one could be another
    while all that is shown stays as it is. (They are whole, too; but what is known is of groups
    within groups and of answers within answers, and such a system has whole solutions wherever it
    has others.)"""
    rows, whole, table = shown(single(), answers)
    if table is None:
        return
    told = {
        (row.groups[0], column)
        for row in table.rows
        if len(row.groups) == 1
        for column in table.columns
    }
    columns = [column for column in whole.columns if whole.total(column)]
    true = {cell: whole.cells[cell[0]].get(cell[1], 0) for cell in product(answers, columns)}
    random = np.random.default_rng(seed)
    one, other = (
        fitted(rows, whole, table, {cell: random.uniform(1, 9) for cell in true}) for _each in "12"
    )
    for cell in true.keys() - told:
        furthest = max(abs(one[cell] - other[cell]), abs(one[cell] - true[cell]))
        assert furthest > 1e-4, f"{cell} could be nothing else"


def by(**groups):
    """Answers by groups from numbers: by(A={1: 7, 2: 9})."""
    return {
        group: [answer for answer, number in given.items() for _each in range(number)]
        for group, given in groups.items()
    }


def test_a_small_group_takes_another_with_it():
    table = shown(single(), by(A={1: 20, 2: 20}, B={1: 10, 2: 9}, C={1: 3, 2: 8}))[2]
    assert [(row.groups, row.cells) for row in table.rows] == [
        (("A",), (20, 20)),
        (("B", "C"), (13, 17)),
    ]


def test_rare_answers_stand_together_rather_than_hide_the_groups():
    answers = by(
        A={1: 20, 2: 20, 3: 3, None: 4}, B={1: 10, 2: 9, 3: 4, None: 3}, C={1: 9, 2: 9, 3: 5}
    )
    table = shown(single(), answers)[2]
    assert table.columns == (1, 2, OTHER)
    assert table.others == (3, UNANSWERED)
    assert [row.cells for row in table.rows] == [(20, 20, 7), (10, 9, 7), (9, 9, 5)]


def test_one_rare_answer_does_not_stand_together_with_itself():
    answers = by(A={1: 20, 2: 20, 3: 1}, B={1: 20, 2: 20, 3: 1}, C={1: 20, 2: 20, 3: 1})
    table = shown(single(), answers)[2]
    assert table is None or table.columns[:-1] != (1, 2)


def test_of_exactly_two_answers_one_left_out_would_be_what_is_left():
    given = [[1, 2]] * 10 + [[1, 3]] * 10 + [[2, 3]] * 10 + [[3, 4]] * 2
    table = shown(exactly_two(), {"A": given, "B": given})[2]
    assert len(table.others) == 2
    assert 4 in table.others


def test_what_is_left_of_a_row_needs_five_who_did_not_give_it():
    """Nine of B's twelve chose the fourth: that three did not follows from no other column."""
    some = [[1, 2]] * 10 + [[1, 3]] * 5 + [[3, 4]] * 5
    others = [[1, 3]] * 3 + [[1, 4]] * 2 + [[3, 4]] * 2 + [[2, 4]] * 5
    for asked in (exactly_two(), Asked(1, "multiple", OPTIONS, least=1, most=2)):
        assert len(shown(asked, {"A": some, "B": others})[2].others) == 2


def test_that_everybody_of_a_row_gave_all_the_others_is_not_told():
    """Each of A chose the last two; of what is kept, the columns of 1 and 2, that would follow."""
    asked = Asked(1, "multiple", OPTIONS, least=3, most=3)
    all_of_them = [[1, 3, 4], [2, 3, 4]] * 10
    some = [*all_of_them, *[[1, 2, 3], [1, 2, 4]] * 30]
    table = shown(asked, {"A": all_of_them, "B": some})[2]
    assert table is None or table.others != (3, 4)


def test_that_everybody_of_a_few_gave_an_answer_is_not_told_either():
    """Six of six is of nobody who did not."""
    some, more, all_of_them = [[1], [2]] * 10, [[1], [2]] * 15, [[1]] * 6
    table = shown(ASKED["approval"], {"A": more, "B": some, "C": all_of_them})[2]
    assert [row.groups for row in table.rows] == [("A",), ("B", "C")]
    assert table.columns == (1, 2)


def test_points_that_were_all_given_elsewhere_are_not_told():
    """Of whoever shared all points out between two options one would know: nothing for others."""
    all_of_them, others = {"1": 5, "2": 5}, {"1": 5, "2": 3, "3": 1, "4": 1}
    table = shown(points(), {"A": [all_of_them] * 9, "B": [others] * 9})[2]
    assert table.columns == (1,)


def test_of_few_ballots_nothing_is_told():
    assert shown(single(), by(A={1: 4}, B={2: 4}))[0] == ()
    rows, _whole, table = shown(single(), by(A={1: 9}, B={1: 4, 2: 9}))
    assert [row.size for row in rows] == [9, 13]
    assert table is None


def test_a_group_in_which_nobody_voted_is_not_told_from_one_with_few():
    rows = turnout({"A": 40, "B": 0, "C": 4, "D": 6})
    assert [(row.groups, row.size) for row in rows] == [(("A",), 40), (("B", "C", "D"), 10)]


def test_texts_are_in_no_table():
    assert counts(Asked(1, "text"), {"A": ["Слова"]}) is None
