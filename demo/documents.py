"""The demo city's register of documents: what officers entered, and numbers of appeals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from accounts.models import User
from city.models import Department
from core.domain import clock
from core.domain.calendar import local_date
from demo import content
from demo.services import month_before
from records.documents import actions
from records.documents.counting import Group, draw_lines
from records.models import Document


def load_documents(people: Mapping[str, User]) -> None:
    """Load the documents of documents.toml: days are counted from today, months backwards."""
    today = local_date(clock.now())
    department = Department.objects.filter(pk__in=people["ofi"].department_ids).order_by("pk")[0]
    said = content.table("documents.toml")
    for row in said["document"]:
        fields = {"department": department, **_fields(row, today)}
        actions.enter(by=people["ofi"], fields=fields, is_neutral=True)
    for row in said["month"]:
        lines = [_line(kind, heading, number, department) for kind, heading, number in row["lines"]]
        Document.objects.bulk_create(draw_lines(month_before(today, row["ago"]), lines))


def _fields(row: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Values of the columns; ``made``, ``received``: days before today, ``until``: after it."""
    days = ("made", "received", "until")
    made, received, until = (row.get(name) for name in days)
    return {
        **{name: value for name, value in row.items() if name not in days},
        "made_on": today - timedelta(days=made or 0),
        "received_on": None if received is None else today - timedelta(days=received),
        "restricted_until": None if until is None else today + timedelta(days=until),
    }


def _line(kind: str, heading: str, number: int, department: Department) -> Group:
    if kind == Document.Kind.APPEALS:
        return Group(kind, None, None, None, number)
    return Group(kind, heading, department.pk, department.name, number)
