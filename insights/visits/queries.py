"""Queries of the numbers of visitors."""

from __future__ import annotations

import calendar as gregorian
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from datasketches import hll_sketch

from insights.models import VisitorSketch
from insights.visits.counting import LG_K, unpack

#: Twice the standard error: 19 of 20 figures are nearer than this to the distinct pairs.
RELATIVE_ERROR = abs(float(hll_sketch.get_rel_err(True, True, LG_K, 2)))


@dataclass(frozen=True, slots=True)
class DayVisitors:
    """Visitors of one day."""

    day: date
    count: int
    per_machine: bool


@dataclass(frozen=True, slots=True)
class Visitors:
    """Visitors of one month: distinct pairs of an address (IPv6: its /64) and a browser.

    ``relative_error``: the figure is nearer than this share to the distinct pairs, 19 times of 20.
    ``per_machine``: machines counted with salts of their own, so that somebody who reached two of
    them counts twice. ``days`` are those on which somebody came; the first of them may be later
    than the first of the month, where counting began.
    """

    month: date
    count: int
    relative_error: float
    per_machine: bool
    days: tuple[DayVisitors, ...] = ()

    @property
    def margin(self) -> int:
        """The error in visitors."""
        return round(self.count * self.relative_error)


def month_visitors(year: int, month: int) -> Visitors | None:
    """The visitors of a month and of its days; None where nobody was counted. Two queries."""
    first = date(year, month, 1)
    last = first.replace(day=gregorian.monthrange(year, month)[1])
    of_month = VisitorSketch.objects.filter(period="month", begins_on=first)
    of_days = VisitorSketch.objects.filter(period="day", begins_on__range=(first, last))
    found = _visitors(of_month)
    if not found:
        return None
    days = tuple(
        DayVisitors(day, *_total(rows))
        for day, rows in groupby(of_days.order_by("begins_on"), lambda row: row.begins_on)
    )
    return Visitors(first, found[0].count, RELATIVE_ERROR, found[0].per_machine, days)


def months_with_visitors(limit: int = 36) -> list[Visitors]:
    """The last months in which somebody was counted, the newest first, without their days."""
    months = VisitorSketch.objects.filter(period="month").order_by("-begins_on")
    latest = months.values_list("begins_on", flat=True).distinct()[:limit]
    return _visitors(months.filter(begins_on__in=latest))


def _visitors(rows: Iterable[VisitorSketch]) -> list[Visitors]:
    found = []
    for month, of_month in groupby(rows, lambda row: row.begins_on):
        count, per_machine = _total(of_month)
        found.append(Visitors(month, count, RELATIVE_ERROR, per_machine))
    return found


def _total(rows: Iterable[VisitorSketch]) -> tuple[int, bool]:
    """Visitors of a period, and whether they were counted with several salts."""
    estimates = [sketch.get_estimate() for row in rows for sketch in unpack(bytes(row.registers))]
    return round(sum(estimates)), len(estimates) > 1
