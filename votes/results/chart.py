"""Chart of turnout over time (core.web.line_chart, templates/votes/turnout_chart.html)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core.web.line_chart import HEADROOM, LineChart, add_up, points_of_totals

_LENGTHS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A step of the time: how many voted in it, and how many had by its end."""

    moment: datetime
    voted: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart(LineChart):
    """The line of the totals; ``step``: minute, hour, day."""

    step: str
    rows: tuple[Row, ...]
    first: datetime
    last: datetime

    @property
    def total(self) -> int:
        return self.rows[-1].total

    @property
    def is_by_days(self) -> bool:
        return self.step == "day"


def chart(
    over_time: dict[str, Any], *, opens_at: datetime, closes_at: datetime, now: datetime
) -> Chart | None:
    """From what was counted (votes/results/result.py) to what is drawn: the plot spans the whole
    poll, its line ends now or at the close. None before the first vote."""
    if not over_time["rows"]:
        return None
    rows = tuple(Row(datetime.fromisoformat(at), *more) for at, *more in add_up(over_time["rows"]))
    length = _LENGTHS[over_time["step"]]
    first, last = min(opens_at, rows[0].moment), max(closes_at, rows[-1].moment + length)
    span = last - first
    top = rows[-1].total * HEADROOM

    def x(moment: datetime) -> float:
        return round(100 * min(max((moment - first) / span, 0.0), 1.0), 2)

    def ends(row: Row) -> float:
        return x(min(row.moment + length, max(now, row.moment)))

    points = points_of_totals(
        ((x(row.moment), ends(row), round(100 - 100 * row.total / top, 2)) for row in rows),
        x(min(now, last)),
    )
    return Chart(
        step=over_time["step"],
        rows=rows,
        first=first,
        last=last,
        points=points,
    )
