"""Hiding of small numbers, and of those from which they could be calculated.

The rule is that of the figures of appeals (appeals.figures.quarters.suppress): a part under FEWEST
is hidden together with the smallest of the others, since the total is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from appeals.figures.small_cells import FEWEST, Figures, suppress


def hide_small(counts: Mapping[str, int]) -> dict[str, Decimal | None]:
    """The parts by name, None for a hidden one; {} where nothing may be shown.

    Parts with nobody in them may stand in ``counts``: they are hidden among the small ones.
    """
    rows = suppress(Figures(name, number, None, None, None) for name, number in counts.items())
    shown = {row.name: row.total for row in rows}
    return {
        name: None if (total := shown[name]) is None else Decimal(total)
        for name in counts
        if name in shown
    }


def is_few(number: int) -> bool:
    """Whether a number is too small to be shown."""
    return number < FEWEST
