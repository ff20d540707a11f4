"""Time to reply to remarks, and late replies, by department and month."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Aggregate, Count, DurationField, F, Min, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate, TruncMonth

from consultations.decisions.models import ExecutionStep
from consultations.models import Consultation, Remark
from core.domain.calendar import KYIV, local_date
from core.domain.clock import Now, now
from discussions.models import Comment


class _Median(Aggregate):
    """The value in the middle; None of nothing."""

    name = "median"
    template = "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(slots=True)
class Month:
    """Remarks that came to a department in a month, and those due in it.

    ``late``: done after its day, or not done though its day is over.
    """

    month: date
    department_id: int
    remarks: int = 0
    replied: int = 0
    median_hours: float | None = None
    reports_due: int = 0
    reports_late: int = 0
    steps_due: int = 0
    steps_late: int = 0


@dataclass(slots=True)
class _Months:
    found: dict[tuple[date, int], Month] = field(default_factory=dict)

    def of(self, month: date, department_id: int) -> Month:
        return self.found.setdefault((month, department_id), Month(month, department_id))


def months_of(user: Any, since: date | None = None) -> list[Month]:
    """The months of the departments for which the person works, the newest first: four queries."""
    mine = Consultation.objects.worked_on_by(user)
    months = _Months()
    _count_replies(mine, months, since)
    today = local_date(now())
    reports = mine.filter(announced_at__lte=Now(), withdrawn_at=None, report_due_on__isnull=False)
    reported_on = TruncDate("reported_at", tzinfo=KYIV)
    late = Q(reported_on__gt=F("report_due_on")) | Q(reported_at=None, report_due_on__lt=today)
    rows = _by_month(reports.annotate(reported_on=reported_on), "report_due_on", since)
    for month, department_id, due, overdue in _count_late(rows, "department_id", late):
        found = months.of(month, department_id)
        found.reports_due, found.reports_late = due, overdue
    steps = ExecutionStep.objects.filter(
        decision__consultation__in=mine, due_on__isnull=False
    ).order_by()
    late = Q(done_on__gt=F("due_on")) | Q(done_on=None, due_on__lt=today)
    department = "decision__consultation__department_id"
    for month, department_id, due, overdue in _count_late(
        _by_month(steps, "due_on", since), department, late
    ):
        found = months.of(month, department_id)
        found.steps_due, found.steps_late = due, overdue
    return sorted(months.found.values(), key=lambda each: (each.month, -each.department_id))[::-1]


def _by_month(rows: Any, day: str, since: date | None) -> Any:
    if since is not None:
        rows = rows.filter(**{f"{day}__gte": since})
    return rows.annotate(of_month=TruncMonth(day))


def _count_late(rows: Any, department: str, late: Q) -> Any:
    return (
        rows.values_list("of_month", department)
        .annotate(due=Count("pk"), overdue=Count("pk", filter=late))
        .order_by()
    )


def _count_replies(mine: Any, months: _Months, since: date | None) -> None:
    """The first official reply to each remark, from its posting on: of what everybody reads. What
    is hidden waits for no reply."""
    first = (
        Comment.objects.filter(
            parent=OuterRef("comment_id"), is_official=True, hidden_at=None, deleted_at=None
        )
        .order_by()
        .values("parent")
        .annotate(first=Min("created_at"))
        .values("first")
    )
    remarks = Remark.objects.filter(
        consultation__in=mine, comment__hidden_at=None, comment__deleted_at=None
    )
    if since is not None:
        remarks = remarks.filter(comment__created_at__date__gte=since)
    rows = (
        remarks.annotate(
            of_month=TruncMonth(TruncDate("comment__created_at", tzinfo=KYIV)),
            waited=Subquery(first) - F("comment__created_at"),
        )
        .values_list("of_month", "consultation__department_id")
        .annotate(remarks=Count("pk"), replied=Count("waited"), middle=_Median("waited"))
        .order_by()
    )
    for month, department_id, remarks_of, replied, middle in rows:
        found = months.of(month, department_id)
        found.remarks, found.replied = remarks_of, replied
        found.median_hours = middle.total_seconds() / 3600 if middle is not None else None
