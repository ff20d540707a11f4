"""Figures of appeals for everybody: by theme, district and department, a quarter at a time.

What is small is not shown: a figure under FEWEST, and beside it as much as keeps it from being
reckoned from the sums. A quarter has its figures once the terms of its appeals are over: a job
stores them as they are then (FiguresEdition), and no two quarters have an appeal in common, so that
nothing can be read from the difference of two looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from appeals.figures.outcomes import OUTCOMES, count_outcomes, count_requests
from appeals.figures.small_cells import FEWEST, Figures, Tables, as_tables
from appeals.models import Appeal, FiguresEdition
from city.models import Department, District, Theme
from core.domain.actions import action
from core.domain.calendar import kyiv
from core.domain.topics import raise_topic

#: The last quarter of a year, with which the requests of the year are counted.
LAST_OF_A_YEAR = 4
#: The topic that another quarter raises.
STORED = "appeal_figures"
#: So many quarters are offered.
MOST_QUARTERS = 8
#: The longest term (393/96-ВР art. 20): so long after its end a quarter has its figures.
LONGEST_TERM = timedelta(days=45)

#: One look at the appeals of the period: figures by each of three columns, and of all. What was
#: answered late once is late, whatever was answered in time after it was reopened; what was
#: forwarded has the term of forwarding (terms.FORWARD).
_FIGURES = """
WITH late AS (
    SELECT DISTINCT appeal_id FROM appeals_answer WHERE sent_at < %(until)s AND sent_at >= due_at
)
SELECT GROUPING(theme_id, district_id, department_id), theme_id, district_id, department_id,
       count(*),
       count(*) FILTER (WHERE organisation_id IS NOT NULL OR organisation_name <> ''),
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
class Quarter:
    """Three months of a year."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        return cls(day.year, (day.month + 2) // 3)

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def end(self) -> date:
        """The first day after it."""
        return self.following.first

    @property
    def following(self) -> Quarter:
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def former(self) -> Quarter:
        return Quarter(self.year - (self.number == 1), (self.number - 2) % 4 + 1)

    @property
    def ready_on(self) -> date:
        """The day from which it has its figures."""
        return self.end + LONGEST_TERM


def newest_quarter(today: date) -> Quarter:
    """The last one whose terms are over."""
    quarter = Quarter.of(today)
    while quarter.ready_on > today:
        quarter = quarter.former
    return quarter


def store_figures(today: date) -> list[Quarter]:
    """Store the figures of the last quarters whose terms are over; returns those that are new.

    What is stored already stays as it is, also what another worker stores meanwhile. A quarter
    without appeals has no figures.
    """
    quarter, stored = newest_quarter(today), []
    for _each in range(MOST_QUARTERS):
        if _store(quarter):
            stored.append(quarter)
        quarter = quarter.former
    return stored


def _store(quarter: Quarter) -> bool:
    days = {"registered_on__gte": quarter.first, "registered_on__lt": quarter.end}
    with action():
        if FiguresEdition.objects.filter(first=quarter.first).exists():
            return False
        if not Appeal.objects.filter(**days).exists():
            return False
        _made, is_new = FiguresEdition.objects.get_or_create(
            first=quarter.first, defaults={"tables": _count(quarter)}
        )
        if is_new:
            raise_topic(STORED, "FiguresStored", str(quarter.first))
        return is_new


def stored_quarters() -> list[Quarter]:
    """Those that have their figures, the newest first. One query."""
    days = FiguresEdition.objects.order_by("-first").values_list("first", flat=True)
    return [Quarter.of(day) for day in days[:MOST_QUARTERS]]


def figures_of(quarter: Quarter) -> dict[str, list[Figures]]:
    """Tables by ``theme``, ``district`` and ``department``, and ``all`` with one row, of a quarter
    whose figures are stored. One query."""
    tables = FiguresEdition.objects.values_list("tables", flat=True).get(first=quarter.first)
    return {name: [Figures(**row) for row in rows] for name, rows in tables.items()}


def _count(quarter: Quarter) -> Tables:
    until: datetime = kyiv(quarter.ready_on)
    names = {
        "theme": dict(Theme.objects.values_list("pk", "name")),
        "district": dict(District.objects.values_list("pk", "name")),
        "department": dict(Department.objects.values_list("pk", "name")),
    }
    tables: dict[str, list[Figures]] = {"all": [], "theme": [], "district": [], "department": []}
    values = {"first": quarter.first, "end": quarter.end, "until": until}
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, values)
        for grouping, theme, district, department, *numbers in cursor.fetchall():
            table = _BY[grouping]
            of = {"theme": theme, "district": district, "department": department}.get(table)
            name = names[table].get(of, "") if of is not None and table in names else ""
            tables[table].append(_figures(name, *numbers))
        cursor.execute(OUTCOMES, values)
        counted = as_tables(tables) | count_outcomes(cursor.fetchall())
        if quarter.number == LAST_OF_A_YEAR:
            year = Quarter(quarter.year, 1).first
            cursor.execute(OUTCOMES, {**values, "first": year})
            is_hidden = _requests_were_hidden(quarter, counted)
            counted |= count_requests(cursor.fetchall(), is_hidden=is_hidden)
    return counted


def _requests_were_hidden(quarter: Quarter, counted: Tables) -> bool:
    """Some quarter of the year does not show how many requests it had."""
    days = {"first__gte": Quarter(quarter.year, 1).first, "first__lt": quarter.first}
    earlier = FiguresEdition.objects.filter(**days).values_list("tables", flat=True)
    return any(
        row["total"] is None
        for tables in (*earlier, counted)
        for row in tables.get("kind", [])
        if row["name"] == Appeal.Kind.REQUEST
    )


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
