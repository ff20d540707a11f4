"""Figures without what is small, and without what would tell it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

#: A smaller figure is not shown.
FEWEST = 5

#: Rows of Figures by table, as JSON.
type Tables = dict[str, list[dict[str, object]]]


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of one theme, district or department, or of all; None: not shown, being small."""

    name: str
    total: int | None
    businesses: int | None
    #: Share of those that were due or closed, in per cent; median of days to the answer.
    on_time: int | None
    median_days: float | None

    @property
    def people(self) -> int | None:
        if self.total is None or self.businesses is None:
            return None
        return self.total - self.businesses


def as_tables(counted: dict[str, list[Figures]]) -> Tables:
    """Tables as they are stored, without what is small or would tell it."""
    shown = {
        name: [_without_small(row) for row in rows] if name == "all" else suppress(rows)
        for name, rows in counted.items()
    }
    return {name: [asdict(row) for row in rows] for name, rows in shown.items()}


def suppress(rows: Iterable[Figures], *, fewest: int = FEWEST) -> list[Figures]:
    """The rows of a table without what is small, and without what would tell it.

    The sums of a table are known, and that a row has one at least. So a row under ``fewest`` loses
    its total and takes the smallest of the others with it, and all that are equal to that one:
    rows that are not shown are then not all small, and nothing says which of them is. Where all
    are small, none is there. Businesses and people are told of every row or of none: whoever knows
    by what rule some are left out would reckon the others.
    """
    found = sorted(rows, key=lambda row: row.total or 0)
    small = [row for row in found if (row.total or 0) < fewest]
    rest = found[len(small) :]
    if not rest:
        return []
    if small:
        least = rest[0].total
        small += [row for row in rest if row.total == least]
        rest = [row for row in rest if row.total != least]
    unseen = (sum(part) for part in zip(*map(_parts, small), strict=True))
    if any(_is_few(part, fewest) for row in rest for part in _parts(row)) or any(
        _is_few(part, fewest) for part in unseen
    ):
        rest = [replace(row, businesses=None) for row in rest]
    # By their names: in the order of their totals they would tell these.
    return _in_order([*rest, *(Figures(row.name, None, None, None, None) for row in small)])


def _parts(row: Figures) -> tuple[int, int]:
    """Businesses and people."""
    return row.businesses or 0, (row.total or 0) - (row.businesses or 0)


def _is_few(number: int, fewest: int) -> bool:
    return 0 < number < fewest


def _without_small(row: Figures, fewest: int = FEWEST) -> Figures:
    """The sum of all, without what is small of it."""
    if (row.total or 0) < fewest:
        return Figures(row.name, None, None, None, None)
    if any(_is_few(part, fewest) for part in _parts(row)):
        return replace(row, businesses=None)
    return row


def _in_order(rows: list[Figures]) -> list[Figures]:
    """The most first, what is not shown last, what has no name at the end."""
    return sorted(rows, key=lambda row: (not row.name, -(row.total or 0), row.name))
