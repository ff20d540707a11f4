"""Geometry of the chart of trust by quarters; the template draws it by SVG attributes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from insights.models import TrustSurvey
from insights.panel.queries import ShownPanel

#: Bars at most; of more surveys than that the newest stand in the chart, all of them in the table.
MOST_SURVEYS = 20


@dataclass(frozen=True, slots=True)
class TrustBar:
    """A bar, in hundredths of the plot from its top left corner, for one panel, or for one survey
    by another method."""

    x: float
    y: float
    width: float
    height: float
    is_survey: bool = False


def draw_trust(
    panels: Sequence[ShownPanel], surveys: Sequence[TrustSurvey] = ()
) -> tuple[TrustBar, ...]:
    """A bar for each survey, then for each panel whose share of trust may be told, in the order
    given: two series side by side, never one line."""
    shares = [(float(survey.trusting), True) for survey in surveys]
    shares += [(100 * (shown.trusting or 0), False) for shown in panels]
    if not shares:
        return ()
    width = min(70 / len(shares), 17.5)
    # The first and the last bar stand at the edges, where the axis names them.
    step = (100 - width) / max(len(shares) - 1, 1)
    return tuple(
        TrustBar(
            x=place * step,
            y=100 - share,
            width=width,
            height=share,
            is_survey=is_survey,
        )
        for place, (share, is_survey) in enumerate(shares)
    )
