"""Figures of appeals for everybody: by theme, district and department, in whole months.

What is small is not shown: a figure under FEWEST, and beside it as much as keeps it from being
reckoned from the sums. Figures are those of the end of the last full month, so that a single new
appeal changes nothing that can be read from one day to the next.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.core.cache import cache
from django.db import connection

from city.models import Department, District, Theme
from core.domain.calendar import kyiv

#: A smaller figure is not shown.
FEWEST = 5
_KEPT_SECONDS = 3600

#: One look at the appeals of the period: figures by each of three columns, and of all. What was
#: answered late once is late, whatever was answered in time after it was reopened.
_FIGURES = """
WITH late AS (
    SELECT DISTINCT appeal_id FROM appeals_answer WHERE sent_at < %(until)s AND sent_at >= due_at
)
SELECT GROUPING(theme_id, district_id, department_id), theme_id, district_id, department_id,
       count(*),
       count(*) FILTER (WHERE organisation_id IS NOT NULL),
       count(*) FILTER (
           WHERE closed_at < %(until)s OR due_at <= %(until)s OR late.appeal_id IS NOT NULL
       ),
       count(*) FILTER (
           WHERE closed_at < %(until)s AND closed_at < due_at AND late.appeal_id IS NULL
       ),
       count(*) FILTER (WHERE answered_at < %(until)s),
       percentile_cont(0.5) WITHIN GROUP (
           ORDER BY extract(epoch FROM answered_at - received_at) / 86400.0
       ) FILTER (WHERE answered_at < %(until)s)
FROM appeals_appeal LEFT JOIN late ON late.appeal_id = appeals_appeal.id
WHERE registered_on >= %(first)s AND registered_on < %(end)s
GROUP BY GROUPING SETS ((theme_id), (district_id), (department_id), ())
"""
#: What GROUPING() gives for each: a bit for every column that a row is not of.
_BY = {0b011: "theme", 0b101: "district", 0b110: "department", 0b111: "all"}


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


@dataclass(frozen=True, slots=True)
class Period:
    """The full months of a year: from the first day to before ``end``."""

    year: int
    end: date

    @property
    def first(self) -> date:
        return date(self.year, 1, 1)

    @property
    def is_empty(self) -> bool:
        return self.end <= self.first


def period_of(year: int, today: date) -> Period:
    """The year as far as its months are over."""
    return Period(year, min(date(year + 1, 1, 1), today.replace(day=1)))


def figures_of(period: Period) -> dict[str, list[Figures]]:
    """Tables by ``theme``, ``district`` and ``department``, and ``all`` with one row. At most four
    queries, none while they are kept."""
    if period.is_empty:
        return {"all": [], "theme": [], "district": [], "department": []}
    key = f"appeals.figures:{period.year}:{period.end.isoformat()}"
    found: dict[str, list[Figures]] | None = cache.get(key)
    if found is None:
        found = _count(period)
        cache.set(key, found, _KEPT_SECONDS)
    return found


def _count(period: Period) -> dict[str, list[Figures]]:
    until: datetime = kyiv(period.end)
    names = {
        "theme": dict(Theme.objects.values_list("pk", "name")),
        "district": dict(District.objects.values_list("pk", "name")),
        "department": dict(Department.objects.values_list("pk", "name")),
    }
    tables: dict[str, list[Figures]] = {"all": [], "theme": [], "district": [], "department": []}
    values = {"first": period.first, "end": period.end, "until": until}
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, values)
        for grouping, theme, district, department, *numbers in cursor.fetchall():
            table = _BY[grouping]
            of = {"theme": theme, "district": district, "department": department}.get(table)
            name = names[table].get(of, "") if of is not None and table in names else ""
            tables[table].append(_figures(name, *numbers))
    everything = tables["all"]
    return {
        **{name: _in_order(suppress(rows)) for name, rows in tables.items() if name != "all"},
        "all": [_without_small(each) for each in everything],
    }


def _figures(
    name: str,
    total: int,
    businesses: int,
    due: int,
    in_time: int,
    answered: int,
    median: float | None,
) -> Figures:
    on_time = round(100 * in_time / due) if due >= FEWEST else None
    days = round(float(median), 1) if median is not None and answered >= FEWEST else None
    return Figures(name, total, businesses, on_time, days)


def suppress(rows: Iterable[Figures]) -> list[Figures]:
    """The rows of a table without what is small, and without what would tell it.

    A row under FEWEST loses its total; one alone, or such as make less than FEWEST together, take
    the smallest of the others with them, for the sum of the table is known. A row's businesses are
    not shown where they or its people are few, and never in one row alone.
    """
    found = sorted(rows, key=lambda row: row.total or 0)
    small = [row for row in found if (row.total or 0) < FEWEST]
    rest = found[len(small) :]
    while small and rest and (len(small) < 2 or sum(row.total or 0 for row in small) < FEWEST):
        small.append(rest.pop(0))
    shown = [_without_small(row) for row in rest]
    hidden = [row for row in shown if row.businesses is None]
    if len(hidden) == 1 and not small:
        others = sorted(
            (row for row in shown if row.businesses is not None), key=lambda row: row.total or 0
        )
        if others:
            shown[shown.index(others[0])] = replace(others[0], businesses=None)
    return [*shown, *(Figures(row.name, None, None, None, None) for row in small)]


def _without_small(row: Figures) -> Figures:
    total, businesses = row.total or 0, row.businesses or 0
    if total < FEWEST:
        return Figures(row.name, None, None, None, None)
    few = any(0 < part < FEWEST for part in (businesses, total - businesses))
    return replace(row, businesses=None) if few else row


def _in_order(rows: list[Figures]) -> list[Figures]:
    """The most first, what is not shown last, what has no name at the end."""
    return sorted(rows, key=lambda row: (not row.name, -(row.total or 0), row.name))
