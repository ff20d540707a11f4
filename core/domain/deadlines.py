"""Deadlines of the council's staff: what has to be done, by which day, in one list of all apps.

An app says in its ``deadlines.py`` of which things somebody has to do something by a day:

    register(
        {"report": Kind(lambda amount: _("Publish the report"), url=…)},
        lambda user: [select(closed(user), kind="report", due_on="report_due_on", …)],
    )

``rows`` returns querysets; those of all apps are put together by one UNION, so that the desk, a
calendar and a mail each ask one query, whatever is due.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connections
from django.db.models import CharField, Count, DateField, F, IntegerField, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from core.domain.due import Urgency, urgency

#: A deadline this near is marked.
SOON_DAYS = 3
#: What is later than this has waited for long, and what is due within a week is near, in a report.
LONG_LATE_DAYS, WEEK_DAYS = 30, 7
#: The columns of the UNION, in their order.
_COLUMNS = ("d_kind", "d_thing", "d_of", "d_title", "d_due", "d_department", "d_amount")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of work: ``words`` of what is to be done with so many, ``url`` of where (by the id
    of what it belongs to, and its own)."""

    words: Callable[[int], str]
    url: Callable[[int, int], str]
    #: One line stands for all of the same thing that are due on one day.
    is_grouped: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something to be done by a day: ``thing`` is its id, ``of`` that of what it belongs to."""

    kind: str
    thing: int
    of: int
    title: str
    due_on: date
    department_id: int | None
    amount: int

    @property
    def key(self) -> str:
        """Its name for ever, as a calendar knows it."""
        day = f"-{self.due_on:%Y%m%d}" if _kinds[self.kind].is_grouped else ""
        return f"{self.kind}-{self.thing}{day}"

    @property
    def words(self) -> str:
        return _kinds[self.kind].words(self.amount)

    @property
    def url(self) -> str:
        return _kinds[self.kind].url(self.of, self.thing)

    def urgency_on(self, today: date) -> Urgency:
        return urgency(self.due_on, today, soon_days=SOON_DAYS)


@dataclass(frozen=True, slots=True)
class Load:
    """Load of a department (None: of what has none yet)."""

    department_id: int | None
    late: int
    soon: int
    all: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """Deadlines of one kind of work, counted by how late they are: ``long_late`` by more than
    LONG_LATE_DAYS, ``late`` by less, ``soon`` within WEEK_DAYS, ``later``. ``of``, ``thing``: the
    one that has waited longest."""

    kind: str
    long_late: int
    late: int
    soon: int
    later: int
    of: int
    thing: int

    @property
    def all(self) -> int:
        return self.long_late + self.late + self.soon + self.later

    @property
    def words(self) -> str:
        return _kinds[self.kind].words(self.all)

    @property
    def url(self) -> str:
        return _kinds[self.kind].url(self.of, self.thing)


@dataclass(frozen=True, slots=True)
class NamedLoad:
    """The same as pages show it (components/department_loads.html)."""

    name: str
    late: int
    soon: int
    all: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers of one kind of work of a person: open, overdue, due by the end of this week."""

    open: int = 0
    late: int = 0
    this_week: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.open + other.open, self.late + other.late, self.this_week + other.this_week
        )


#: Of each department's officers; None: of nobody in person.
type Tallies = dict[tuple[int, int | None], Tally]

type Rows = QuerySet[Any, Any]
type Source = Callable[[Any], Iterable[Rows]]
_kinds: dict[str, Kind] = {}
_sources: list[Source] = []


def register(kinds: Mapping[str, Kind], rows: Source) -> None:
    """Let an app's work stand in the list. ``rows`` gets the person whose work is asked for."""
    _kinds.update(kinds)
    _sources.append(rows)


def select(
    rows: QuerySet[Any, Any],
    *,
    kind: str | Combinable,
    of: str,
    title: str,
    due_on: str | Combinable,
    department: str,
) -> Rows:
    """A queryset's part of the list: columns by their names, or expressions. What has no day is
    left out."""
    found = rows.order_by().annotate(
        d_kind=Value(kind, CharField()) if isinstance(kind, str) else kind,
        d_thing=F("pk"),
        d_of=F(of),
        d_title=Cast(F(title), CharField()),
        d_due=Cast(F(due_on) if isinstance(due_on, str) else due_on, DateField()),
        d_department=F(department),
        d_amount=Value(1, IntegerField()),
    )
    listed: Rows = found.filter(d_due__isnull=False).values_list(*_COLUMNS)
    return listed


def group(
    rows: QuerySet[Any, Any], *, kind: str, of: str, title: str, due_on: str, department: str
) -> Rows:
    """As ``select``, with one line for all rows ``of`` one thing that are due on one day."""
    keys = {
        "d_of": F(of),
        "d_title": Cast(F(title), CharField()),
        "d_due": Cast(F(due_on), DateField()),
        "d_department": F(department),
    }
    counted = rows.order_by().filter(**{f"{due_on}__isnull": False}).values(**keys)
    listed: Rows = counted.annotate(
        d_kind=Value(kind, CharField()), d_thing=F(of), d_amount=Count("pk")
    ).values_list(*_COLUMNS)
    return listed


def deadlines_of(user: Any, *, until: date | None = None, most: int = 500) -> list[Deadline]:
    """The person's deadlines, the earliest on top: one query."""
    parts = list(_parts(user))
    if until is not None:
        parts = [part.filter(d_due__lte=until) for part in parts]
    if not parts:
        return []
    rows = _union(parts).order_by("d_due", "d_kind", "d_thing")[:most]
    return [Deadline(*row) for row in rows]


def count_by_department(user: Any, today: date) -> list[Load]:
    """Counts of deadlines late, due within SOON_DAYS, and due at all, by department: one query."""
    parts = list(_parts(user))
    if not parts:
        return []
    union = _union(parts)
    sql, params = union.query.get_compiler(union.db).as_sql()
    statement = f"""
        SELECT d_department,
               SUM(d_amount) FILTER (WHERE d_due < %s),
               SUM(d_amount) FILTER (WHERE d_due BETWEEN %s AND %s + %s),
               SUM(d_amount)
        FROM ({sql}) AS deadlines GROUP BY d_department ORDER BY 2 DESC NULLS LAST, 4 DESC, 1
    """  # noqa: S608 - Django's own statement
    with connections[union.db].cursor() as cursor:
        cursor.execute(statement, [today, today, today, SOON_DAYS, *params])
        return [
            Load(department, late or 0, soon or 0, every)
            for department, late, soon, every in cursor.fetchall()
        ]


def count_by_kind(user: Any, today: date, departments: Collection[int]) -> list[Waiting]:
    """Deadlines of these departments, of what the person works on, counted by kind: one query."""
    parts = [part.filter(d_department__in=departments) for part in _parts(user)]
    if not parts or not departments:
        return []
    union = _union(parts)
    sql, params = union.query.get_compiler(union.db).as_sql()
    statement = f"""
        SELECT d_kind,
               SUM(d_amount) FILTER (WHERE d_due < %s - %s),
               SUM(d_amount) FILTER (WHERE d_due >= %s - %s AND d_due < %s),
               SUM(d_amount) FILTER (WHERE d_due BETWEEN %s AND %s + %s),
               SUM(d_amount) FILTER (WHERE d_due > %s + %s),
               (ARRAY_AGG(d_of ORDER BY d_due, d_thing))[1],
               (ARRAY_AGG(d_thing ORDER BY d_due, d_thing))[1]
        FROM ({sql}) AS deadlines GROUP BY d_kind ORDER BY MIN(d_due), d_kind
    """  # noqa: S608 - Django's own statement
    days: list[date | int] = [
        *(today, LONG_LATE_DAYS),
        *(today, LONG_LATE_DAYS, today),
        *(today, today, WEEK_DAYS),
        *(today, WEEK_DAYS),
    ]
    with connections[union.db].cursor() as cursor:
        cursor.execute(statement, [*days, *params])
        return [
            Waiting(kind, long or 0, late or 0, soon or 0, later or 0, of, thing)
            for kind, long, late, soon, later, of, thing in cursor.fetchall()
        ]


def _parts(user: Any) -> Iterator[Rows]:
    for source in _sources:
        yield from source(user)


def _union(parts: list[Rows]) -> Rows:
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
