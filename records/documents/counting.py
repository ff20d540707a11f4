"""Numbers of appeals and requests in the register, a line for what is alike (ADR 129).

The months of a quarter enter once, when the figures of the quarter are stored, and are never
counted anew: two looks would tell what became of a single appeal. A line has a month, a kind, a
heading of the classifier, a department and how many. Fewer than FEWEST alike stand together in one
line of the month, with the smallest of the others where they are fewer than FEWEST themselves; so
does what the quarter's own figures hide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncMonth

from appeals.figures.quarters import Quarter
from appeals.figures.small_cells import FEWEST
from appeals.models import Appeal, FiguresEdition
from core.domain.actions import action
from core.domain.topics import raise_topic
from records.documents.filling import TOPIC
from records.documents.sources import PLACE, search_of
from records.models import Document

#: What stands in ``Document.origin``.
ORIGIN = "appeals"
GROUND = "393/96-ВР ст. 10, 2939-VI ст. 7"
_WITHOUT_HEADING = "Без рубрики класифікатора"
_TOGETHER = "Звернення й запити, яких менш як п’ять однакових"
#: More lines than that no month has; their ids begin with the month.
_MOST_LINES = 10_000


@dataclass(frozen=True, slots=True)
class Group:
    """Appeals of a month that are alike; None: appeals of several kinds, or of none."""

    kind: str
    heading: str | None
    department_id: int | None
    department: str | None
    number: int


def enter_counts() -> int:
    """Enter the months of all quarters whose figures are stored and that have none yet; returns how
    many lines are new."""
    entered = set(
        Document.objects.filter(origin=ORIGIN).values_list("made_on", flat=True).distinct()
    )
    done = {Quarter.of(month).first for month in entered}
    return sum(
        _enter(edition)
        for edition in FiguresEdition.objects.order_by("first")
        if edition.first not in done
    )


def _enter(edition: FiguresEdition) -> int:
    quarter = Quarter.of(edition.first)
    months = _count(quarter)
    with action():
        rows = [
            row
            for month, groups in sorted(months.items())
            for row in draw_lines(month, merge(groups, edition.tables))
        ]
        # Another worker that enters the same quarter has entered the same.
        Document.objects.bulk_create(rows, ignore_conflicts=True)
        raise_topic(TOPIC)
    return len(rows)


def _count(quarter: Quarter) -> dict[date, list[Group]]:
    """Groups by the first day of their month. One query."""
    days = {"registered_on__gte": quarter.first, "registered_on__lt": quarter.end}
    by = ("month", "kind", "category__name", "department", "department__name")
    rows = Appeal.objects.filter(**days).order_by().annotate(month=TruncMonth("registered_on"))
    found: dict[date, list[Group]] = defaultdict(list)
    for row in rows.values(*by).annotate(number=Count("pk")):
        month, kind, heading, department_id, department = (row[name] for name in by)
        found[month].append(Group(kind, heading, department_id, department, row["number"]))
    return found


def merge(groups: list[Group], tables: dict[str, list[dict[str, Any]]]) -> list[Group]:
    """The lines of one month: groups that may stand alone, and one of all others.

    ``tables``: the stored figures of the quarter. A kind or a department that they hide stands
    alone in no month: it could be reckoned from both.
    """
    shown = {
        name: {row["name"] for row in tables.get(name, []) if row["total"] is not None}
        for name in ("kind", "department")
    }
    alone: list[Group] = []
    rest: list[Group] = []
    for group in sorted(groups, key=lambda each: (each.number, str(each))):
        is_shown = group.kind in shown["kind"] and (group.department or "") in shown["department"]
        (alone if group.number >= FEWEST and is_shown else rest).append(group)
    if rest and sum(group.number for group in rest) < FEWEST and alone:
        rest.append(alone.pop(0))
    together = sum(group.number for group in rest)
    return [*alone, *([Group("appeals", None, None, None, together)] if rest else [])]


def draw_lines(month: date, lines: list[Group]) -> Iterator[Document]:
    for place, line in enumerate(lines):
        is_of_all = line.kind == Document.Kind.APPEALS
        row = Document(
            origin=ORIGIN,
            object_id=(month.year * 100 + month.month) * _MOST_LINES + place,
            kind=line.kind,
            title=_TOGETHER if is_of_all else line.heading or _WITHOUT_HEADING,
            made_on=month,
            department_id=line.department_id,
            carrier=Document.Carrier.BOTH,
            place=PLACE,
            access=Document.Access.CONFIDENTIAL,
            ground=GROUND,
            quantity=line.number if line.number >= FEWEST else None,
        )
        row.search = search_of(row)
        yield row
