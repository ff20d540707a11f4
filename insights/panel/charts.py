"""Geometry of the chart of trust by quarters; the template draws it by SVG attributes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from insights.panel.queries import ShownPanel


@dataclass(frozen=True, slots=True)
class TrustBar:
    """A bar, in hundredths of the plot from its top left corner, for one panel."""

    x: float
    y: float
    width: float
    height: float


def draw_trust(panels: Sequence[ShownPanel]) -> tuple[TrustBar, ...]:
    """A bar for each panel whose share of trust may be told, in the order given."""
    if not panels:
        return ()
    step = min(100 / len(panels), 25)
    return tuple(
        TrustBar(
            x=place * step + step * 0.15,
            y=100 - 100 * (shown.trusting or 0),
            width=step * 0.7,
            height=100 * (shown.trusting or 0),
        )
        for place, shown in enumerate(panels)
    )
