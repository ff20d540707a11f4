"""Tables of a page, found by the rules that are drawn around their cells.

A table is where upright rules make at least two columns. Where a rule between two cells is
missing, they are one.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

_NEAR = 3.0  # points: rules so near are one
_MOST_CELLS = 4_000  # of a page: more are a drawing


class Rule(NamedTuple):
    """A drawn line, upright or level; points from the lower left corner of the page."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def is_upright(self) -> bool:
        """Whether it parts columns, and not rows."""
        return self.y1 - self.y0 > self.x1 - self.x0


@dataclass(slots=True)
class Grid:
    """A table: where its columns and rows begin and end, in points, and its rules."""

    columns: list[float]
    rows: list[float]  # from top to bottom
    rules: list[Rule] = field(default_factory=list)

    def holds(self, x: float, y: float) -> bool:
        """Whether a place is in the table."""
        inside = self.columns[0] - _NEAR <= x <= self.columns[-1] + _NEAR
        return inside and self.rows[-1] - _NEAR <= y <= self.rows[0] + _NEAR

    def roots(self) -> dict[tuple[int, int], tuple[int, int]]:
        """The upper left cell of the one that each cell is a part of, by row and column."""
        roots: dict[tuple[int, int], tuple[int, int]] = {}
        upright = [rule for rule in self.rules if rule.is_upright]
        level = [rule for rule in self.rules if not rule.is_upright]
        for row in range(len(self.rows) - 1):
            y = (self.rows[row] + self.rows[row + 1]) / 2
            here = sorted(rule.x0 for rule in upright if rule.y0 <= y <= rule.y1)
            over = [(rule.x0, rule.x1) for rule in level if abs(rule.y0 - self.rows[row]) <= _NEAR]
            for column in range(len(self.columns) - 1):
                x = (self.columns[column] + self.columns[column + 1]) / 2
                roots[row, column] = (row, column)
                if column and not _is_near(here, self.columns[column]):
                    roots[row, column] = roots[row, column - 1]
                elif row and not any(x0 <= x <= x1 for x0, x1 in over):
                    roots[row, column] = roots[row - 1, column]
        return roots

    def cell(self, x: float, y: float) -> tuple[int, int]:
        """Row and column of a place in the table."""
        column = bisect(self.columns, x) - 1
        row = bisect([-each for each in self.rows], -y) - 1
        return (
            min(max(row, 0), len(self.rows) - 2),
            min(max(column, 0), len(self.columns) - 2),
        )


def find_grids(rules: Sequence[Rule]) -> list[Grid]:
    """Return the tables of a page from top to bottom."""
    upright = sorted((rule for rule in rules if rule.is_upright), key=lambda rule: -rule.y1)
    bands: list[list[Rule]] = []
    bottom = 0.0
    for rule in upright:
        if bands and rule.y1 > bottom - _NEAR:
            bands[-1].append(rule)
            bottom = min(bottom, rule.y0)
        else:
            bands.append([rule])
            bottom = rule.y0
    return [grid for band in bands if (grid := _grid(band, rules))]


def _grid(band: list[Rule], rules: Sequence[Rule]) -> Grid | None:
    top, bottom = max(rule.y1 for rule in band), min(rule.y0 for rule in band)
    columns = _merge_near(rule.x0 for rule in band)
    level = [
        rule
        for rule in rules
        if not rule.is_upright
        and bottom - _NEAR <= rule.y0 <= top + _NEAR
        and rule.x1 > columns[0]
        and rule.x0 < columns[-1]
    ]
    rows = _merge_near([top, bottom, *(rule.y0 for rule in level)])[::-1]
    if len(columns) < 3 or len(rows) < 2 or len(columns) * len(rows) > _MOST_CELLS:
        return None
    return Grid(columns, rows, [*band, *level])


def _merge_near(places: Iterable[float]) -> list[float]:
    """Places without those that are near to one before."""
    merged: list[float] = []
    for place in sorted(places):
        if not merged or place - merged[-1] > _NEAR:
            merged.append(place)
    return merged


def _is_near(places: list[float], place: float) -> bool:
    at = bisect(places, place - _NEAR)
    return at < len(places) and places[at] <= place + _NEAR
