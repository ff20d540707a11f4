"""The table of costs: ranges by size of business, made of single answers. Pure.

What one organisation said is nobody's to read out of a table, nor out of the difference of two:

- nothing is told of fewer than ENOUGH organisations;
- bounds are edges of fixed bands (… 1,000 · 2,000 · 5,000 · 10,000 …), never somebody's figure, so
  a table is the same whatever a figure is within its band;
- the row of all sizes is told only when what it holds beyond the rows that are told is nothing,
  or ENOUGH organisations again: a suppressed row is not found by subtraction;
- figures of different clauses are never added up.

The public sees the table of a consultation once it has closed, when no answer changes any more: two
tables of one consultation, a day apart, cannot be compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from uuid import UUID

#: Of fewer organisations nothing is told.
ENOUGH = 3
#: The size classes in the order of a table; "" is all of them together.
SIZES = ("micro", "small", "medium", "large")
ALL = ""

#: What is asked, and where the first band of each measure ends.
MEASURES = {"hours_once": 10, "hours_yearly": 10, "money_once": 1_000, "money_yearly": 1_000}


@dataclass(frozen=True, slots=True)
class Answer:
    """One organisation's answer about one clause (``clause`` None: about the whole draft)."""

    clause: UUID | None
    size: str
    #: In the order of MEASURES.
    figures: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Band:
    """More than ``low`` (from 0 on) and at most ``high``."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Spread:
    """Spread of one measure: from the lowest band to the highest, and the band of the middle
    answer.

    ``median``, to two significant digits, is for the officer who works out the М-тест; None in
    what the public sees.
    """

    range: Band
    middle: Band
    median: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One size class (or ALL) under one clause. Without ``spreads`` there are too few answers, and
    how many is not told either."""

    size: str
    organisations: int | None = None
    spreads: tuple[Spread, ...] = ()

    @property
    def is_told(self) -> bool:
        return bool(self.spreads)


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one clause: each size class, then all of them."""

    clause: UUID | None
    rows: tuple[Row, ...]

    @property
    def is_told(self) -> bool:
        return any(row.is_told for row in self.rows)


def tabulate(
    answers: Iterable[Answer], *, for_officers: bool = False, enough: int = ENOUGH
) -> list[Part]:
    """The parts of a table, the whole draft first, then clauses in the order of their first answer.

    At most one answer of each organisation to each clause. ``for_officers`` adds medians; of fewer
    than ``enough`` organisations nothing is told.
    """
    by_clause: dict[UUID | None, list[Answer]] = defaultdict(list)
    for answer in answers:
        by_clause[answer.clause].append(answer)
    ordered = sorted(by_clause, key=lambda clause: clause is not None)
    return [Part(clause, _rows(by_clause[clause], for_officers, enough)) for clause in ordered]


def _rows(answers: Sequence[Answer], for_officers: bool, enough: int) -> tuple[Row, ...]:
    rows = []
    untold = 0
    for size in SIZES:
        of_size = [answer for answer in answers if answer.size == size]
        row = _row(size, of_size, for_officers, enough)
        untold += 0 if row.is_told else len(of_size)
        rows.append(row)
    if untold and untold < enough:
        rows.append(Row(ALL))
    else:
        rows.append(_row(ALL, answers, for_officers, enough))
    return tuple(rows)


def _row(size: str, answers: Sequence[Answer], for_officers: bool, enough: int) -> Row:
    if len(answers) < enough:
        return Row(size)
    columns = zip(*(answer.figures for answer in answers), strict=True)
    spreads = tuple(
        _spread(sorted(column), first, for_officers)
        for column, first in zip(columns, MEASURES.values(), strict=True)
    )
    return Row(size, len(answers), spreads)


def _spread(figures: list[int], first: int, for_officers: bool) -> Spread:
    lowest, highest = band(figures[0], first), band(figures[-1], first)
    return Spread(
        range=Band(lowest.low, highest.high),
        # The lower of two in the middle: what is between them belongs to no band of an answer.
        middle=band(figures[(len(figures) - 1) // 2], first),
        median=_round_figure(median(figures)) if for_officers else None,
    )


def band(figure: int, first: int) -> Band:
    """The band in which ``figure`` falls: up to ``first``, then by 2, 2.5 and 2 times as much."""
    low, high = 0, first
    step = 0
    while figure > high:
        low, high = high, high * 5 // 2 if step % 3 == 1 else high * 2
        step += 1
    return Band(low, high)


def _round_figure(figure: float) -> int:
    """To two significant digits."""
    whole = round(figure)
    return round(whole, 2 - len(str(whole))) if whole else 0
