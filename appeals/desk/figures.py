"""Figures of appeals for everybody: by theme, district and department, a quarter at a time.

What is small is not shown: a figure under FEWEST, and beside it as much as keeps it from being
reckoned from the sums. A quarter has its figures once the terms of its appeals are over: a job
stores them as they are then (FiguresEdition), and no two quarters have an appeal in common, so that
nothing can be read from the difference of two looks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta

from django.db import connection

from appeals.models import Appeal, FiguresEdition
from city.models import Department, District, Theme
from core.domain.actions import action
from core.domain.calendar import kyiv
from core.domain.topics import raise_topic

#: The topic that another quarter raises.
STORED = "appeal_figures"
#: So many quarters are offered.
MOST_QUARTERS = 8
#: A smaller figure is not shown.
FEWEST = 5
#: The longest term (393/96-ВР art. 20): so long after its end a quarter has its figures.
LONGEST_TERM = timedelta(days=45)

#: Rows of Figures by table, as JSON.
type Tables = dict[str, list[dict[str, object]]]

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
    return as_tables(tables)


def as_tables(counted: dict[str, list[Figures]]) -> Tables:
    """Tables as they are stored, without what is small or would tell it."""
    shown = {
        name: [_without_small(row) for row in rows] if name == "all" else suppress(rows)
        for name, rows in counted.items()
    }
    return {name: [asdict(row) for row in rows] for name, rows in shown.items()}


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
