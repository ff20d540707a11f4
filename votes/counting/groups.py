"""Answers by groups of voters, with disclosure control: nothing is told of few people.

A table has a row for each group and a column for each answer. It is shown so that

* each number in it is FEWEST at least;
* groups that cannot stand alone stand together in one row, two of them at least, and answers that
  few gave stand together in one column, two of them at least (or are left out, where a ballot may
  give several);
* the same groups stand together wherever the number of their ballots would tell.

So the totals, which everybody knows, give back no number that is not shown: it lies between two
others of which it could be either (docs/adr/0027). Pure: no database, no words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from votes.ballots.answers import BEST_SCORE, NONE_OF_THESE, Asked
from votes.models import Question

#: The smallest number that is shown of a group.
FEWEST = 5
#: Columns that are no option's: ballots that leave the question out, answers that few gave.
UNANSWERED, OTHER = "unanswered", "other"

_ONE_OF = frozenset({Question.Kind.SINGLE, Question.Kind.YES_NO, Question.Kind.RANKED})
_SUMS = frozenset({Question.Kind.SCORE, Question.Kind.POINTS})

type Group = str
type Column = int | str


@dataclass(frozen=True, slots=True)
class Counts:
    """One question by groups, whole: not to be shown.

    ``sizes``: ballots of each group; ``cells[group][column]``: what an answer got of them in all,
    ``givers[group][column]``: of how many. ``is_one_of``: a ballot stands in one column exactly;
    else it may give each column up to ``most``, and all of them together up to ``limit``, if any.
    """

    columns: tuple[Column, ...]
    sizes: Mapping[Group, int]
    cells: Mapping[Group, Mapping[Column, int]]
    givers: Mapping[Group, Mapping[Column, int]]
    is_one_of: bool = True
    most: int = 1
    limit: int | None = None

    def total(self, column: Column) -> int:
        return sum(self.cells[group].get(column, 0) for group in self.sizes)

    def adds_up(self) -> bool:
        """Whether the totals show that, but for a few, ballots gave all that they might: whoever
        reads some answers of a row then knows what the others got together."""
        if self.limit is None:
            return False
        given = sum(self.total(column) for column in self.columns)
        return self.limit * sum(self.sizes.values()) - given < FEWEST


@dataclass(frozen=True, slots=True)
class Row:
    """``groups``: whose it is; more than one stand together. ``cells``: in the order of columns."""

    groups: tuple[Group, ...]
    size: int
    cells: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Public figures of one question. ``others``: the answers in the column OTHER."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    others: tuple[Column, ...] = ()


def turnout(sizes: Mapping[Group, int]) -> tuple[Row, ...]:
    """Ballots of each group; the last row is that of groups that stand together, if any. () where
    nothing may be shown."""
    hidden = {group for group, size in sizes.items() if size < FEWEST}
    if hidden and not _join(hidden, sizes, lambda: _sum(hidden, sizes) >= FEWEST):
        return ()
    rows = [Row((group,), size) for group, size in sizes.items() if group not in hidden]
    if hidden:
        rows.append(Row(_order_groups(hidden, sizes), _sum(hidden, sizes)))
    return tuple(rows) if len(rows) > 1 else ()


def counts(asked: Asked, answers: Mapping[Group, Sequence[Any]]) -> Counts | None:
    """The answers of each group to one question, None for what a ballot left out; texts are not
    counted: None."""
    if asked.kind == Question.Kind.TEXT:
        return None
    cells = {group: _tally(asked, given) for group, given in answers.items()}
    givers = cells
    if asked.kind in _SUMS:
        givers = {group: _givers(given) for group, given in answers.items()}
    named: tuple[Column, ...] = asked.options or ("yes", "no", "abstain")
    is_one_of = asked.kind in _ONE_OF
    beside = (NONE_OF_THESE, UNANSWERED) if is_one_of else (NONE_OF_THESE,)
    most = {Question.Kind.SCORE: BEST_SCORE, Question.Kind.POINTS: asked.budget}
    limit = {Question.Kind.POINTS: asked.budget, Question.Kind.MULTIPLE: asked.most}
    return Counts(
        columns=(*named, *(beside if asked.kind not in _SUMS else ())),
        sizes={group: len(given) for group, given in answers.items()},
        cells=cells,
        givers=givers,
        is_one_of=is_one_of,
        most=most.get(Question.Kind(asked.kind), 1),
        limit=limit.get(Question.Kind(asked.kind)),
    )


def protect_table(whole: Counts, together: Iterable[Group] = ()) -> Table | None:
    """The figures that may be shown; None: nothing. ``together``: groups that stand together in the
    turnout.

    Of all ways to put rare answers together the one that shows most.
    """
    columns = [column for column in whole.columns if whole.total(column)]
    rarest = sorted(columns, key=whole.total)
    best: Table | None = None
    for number in range(len(columns)):
        rare = set(rarest[:number])
        kept = tuple(column for column in columns if column not in rare)
        others = tuple(column for column in columns if column in rare)
        found = _protect(whole, kept, others, set(together))
        if found and (best is None or _count_cells(found) > _count_cells(best)):
            best = found
    return best


def _protect(
    whole: Counts, kept: tuple[Column, ...], others: tuple[Column, ...], hidden: set[Group]
) -> Table | None:
    has_other = bool(others) and whole.is_one_of
    if len(kept) + has_other < 1 + whole.is_one_of:
        return None
    adds_up = whole.adds_up()
    if adds_up and len(others) == 1:
        return None  # it would be what is left

    def row(groups: Iterable[Group]) -> Row:
        groups = _order_groups(groups, whole.sizes)
        sums = _sum_columns(whole.cells, groups)
        cells = [sums[column] for column in kept]
        if has_other:
            cells.append(sum(sums[column] for column in others))
        return Row(groups, _sum(groups, whole.sizes), tuple(cells))

    def is_safe(groups: Iterable[Group]) -> bool:
        one = row(groups)
        givers = _sum_columns(whole.givers, one.groups)
        if min(one.cells) < FEWEST or any(givers[column] < FEWEST for column in kept):
            return False
        if whole.is_one_of:
            return True
        # What was not given, by all of them, is as little known of few as what was.
        if others and whole.limit is not None:
            left = _points_left(one, whole.limit)
            if left < FEWEST:
                return False
            if adds_up and whole.most * one.size * len(others) - left < FEWEST:
                return False
        return all(whole.most * one.size - cell >= FEWEST for cell in one.cells)

    hidden |= {group for group in whole.sizes if not is_safe([group])}
    if hidden and not _join(hidden, whole.sizes, lambda: is_safe(hidden)):
        return None
    rows = [row([group]) for group in whole.sizes if group not in hidden]
    if hidden:
        rows.append(row(hidden))
    if len(rows) < 2:
        return None
    columns = (*kept, OTHER) if has_other else kept
    return Table(columns, tuple(rows), others)


def _join(hidden: set[Group], sizes: Mapping[Group, int], is_enough: Any) -> bool:
    """Put the smallest of the other groups beside those ``hidden`` until ``is_enough``, which one
    that cannot stand alone never is; whether any is left to stand alone."""
    shown = sorted((group for group in sizes if group not in hidden), key=lambda each: sizes[each])
    while not is_enough():
        if not shown:
            return False
        hidden.add(shown.pop(0))
    return bool(shown)


def _count_cells(table: Table) -> int:
    """Number of figures that it gives of groups by themselves."""
    return sum(len(row.cells) for row in table.rows if len(row.groups) == 1)


def _points_left(row: Row, limit: int) -> int:
    """Number of points that its ballots could have given to answers that are left out."""
    return limit * row.size - sum(row.cells)


def _sum_columns(
    of_groups: Mapping[Group, Mapping[Column, int]], groups: Iterable[Group]
) -> Counter[Column]:
    found = Counter[Column]()
    for group in groups:
        found.update(of_groups[group])
    return found


def _sum(groups: Iterable[Group], sizes: Mapping[Group, int]) -> int:
    return sum(sizes[group] for group in groups)


def _order_groups(groups: Iterable[Group], sizes: Mapping[Group, int]) -> tuple[Group, ...]:
    chosen = set(groups)
    return tuple(group for group in sizes if group in chosen)


def _tally(asked: Asked, answers: Sequence[Any]) -> Counter[Column]:
    found = Counter[Column]()
    for answer in answers:
        if answer is None:
            found[UNANSWERED] += 1
        elif answer == NONE_OF_THESE:
            found[NONE_OF_THESE] += 1
        elif asked.kind == Question.Kind.RANKED:
            found[answer[0]] += 1
        elif isinstance(answer, list):
            found.update(answer)
        elif isinstance(answer, dict):
            found.update({int(option): number for option, number in answer.items()})
        else:
            found[answer] += 1
    return found


def _givers(answers: Sequence[Any]) -> Counter[Column]:
    """Number of ballots that gave each option any points."""
    found = Counter[Column]()
    for answer in answers:
        if isinstance(answer, dict):
            found.update(int(option) for option, number in answer.items() if number)
    return found
