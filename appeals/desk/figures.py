"""Figures of appeals for everybody: by theme, district and department, a quarter at a time.

What is small is not shown: a figure under FEWEST, and beside it as much as keeps it from being
reckoned from the sums. A quarter has its figures once the terms of its appeals are over; they are
kept as they were made (FiguresEdition), and no two quarters have an appeal in common, so that
nothing can be read from the difference of two looks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta

from django.db import connection

from appeals.models import FiguresEdition
from city.models import Department, District, Theme
from core.domain.calendar import kyiv

#: A smaller figure is not shown.
FEWEST = 5
#: The longest term (393/96-ВР art. 20): so long after its end a quarter has its figures.
LONGEST_TERM = timedelta(days=45)

#: One look at the appeals of the period: figures by each of three columns, and of all. What was
#: answered late once is late, whatever was answered in time after it was reopened.
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
class Quarter:
    """Three months of a year."""

    year: int
    number: int

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
    """The last one that has its figures."""
    quarter = Quarter(today.year, (today.month + 2) // 3)
    while quarter.ready_on > today:
        quarter = quarter.former
    return quarter


def figures_of(quarter: Quarter) -> dict[str, list[Figures]]:
    """Tables by ``theme``, ``district`` and ``department``, and ``all`` with one row, of a quarter
    that has them. One query; they are counted at the first look."""
    made, _is_new = FiguresEdition.objects.get_or_create(
        first=quarter.first, defaults={"tables": lambda: _written(_count(quarter))}
    )
    return {name: [Figures(**row) for row in rows] for name, rows in made.tables.items()}


def _written(tables: dict[str, list[Figures]]) -> dict[str, list[dict[str, object]]]:
    return {name: [asdict(row) for row in rows] for name, rows in tables.items()}


def _count(quarter: Quarter) -> dict[str, list[Figures]]:
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

    The sums of a table are known. So a row under FEWEST loses its total and takes the smallest of
    the others with it: all that is not shown is then at least FEWEST, in rows not all of which are
    small. Likewise businesses and people, which are told or hidden together.
    """
    found = sorted(rows, key=lambda row: row.total or 0)
    small = [row for row in found if (row.total or 0) < FEWEST]
    rest = found[len(small) :]
    if small and rest:
        small.append(rest.pop(0))
    hidden = {row.name for row in rest if _has_few(row)}
    # Those whose both parts are many come first: they hide the most.
    others = sorted(
        (row for row in rest if row.name not in hidden),
        key=lambda row: (min(_parts(row)) < FEWEST, row.total or 0),
    )

    def is_told() -> bool:
        unseen = [*small, *(row for row in rest if row.name in hidden)]
        return any(0 < part < FEWEST for part in _sums(unseen))

    has_many = not hidden
    while others and (is_told() or not has_many):
        hidden.add(others.pop(0).name)
        has_many = True
    shown = [replace(row, businesses=None) if row.name in hidden else row for row in rest]
    return [*shown, *(Figures(row.name, None, None, None, None) for row in small)]


def _parts(row: Figures) -> tuple[int, int]:
    """Businesses and people."""
    return row.businesses or 0, (row.total or 0) - (row.businesses or 0)


def _sums(rows: Iterable[Figures]) -> tuple[int, int]:
    pairs = [_parts(row) for row in rows]
    return sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)


def _has_few(row: Figures) -> bool:
    return any(0 < part < FEWEST for part in _parts(row))


def _without_small(row: Figures) -> Figures:
    if (row.total or 0) < FEWEST:
        return Figures(row.name, None, None, None, None)
    return replace(row, businesses=None) if _has_few(row) else row


def _in_order(rows: list[Figures]) -> list[Figures]:
    """The most first, what is not shown last, what has no name at the end."""
    return sorted(rows, key=lambda row: (not row.name, -(row.total or 0), row.name))
