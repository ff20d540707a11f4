"""Work by department and by month: what is due, how soon people got their first reply."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.data.access_log import record_access, shows_people
from accounts.http import AuthenticatedHttpRequest
from appeals.desk.case import WHY
from city.models import Department
from consultations import rules
from consultations.desk.load import Month, months_of
from core.domain import clock
from core.domain.calendar import local_date
from core.domain.deadlines import NamedLoad, count_by_department
from core.domain.rules import require
from core.export.csv import as_csv
from portal.load_by_person import work_by_person

#: The columns of the CSV, the same in every language (docs/consultations.md).
HEAD = (
    *("month", "department", "remarks", "replied", "median_hours_to_first_reply"),
    *("reports_due", "reports_late", "steps_due", "steps_late"),
)
#: So many months stand on the page; the file has all.
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class DepartmentMonth:
    """A month of a department."""

    name: str
    month: Month


@login_required
@require_GET
@shows_people
def load(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Load by department, and the last months; by person for the head of a department, whose look
    is recorded for the officers and the applicants. consultations.rules.use_desk."""
    require(rules.use_desk(request.user))
    today = local_date(clock.now())
    names = _names()
    since = date(today.year - 1, today.month, 1)
    people = work_by_person(request.user)
    record_access(request.user, [each.officer for each in people if each.officer], "staff.load")
    shown = [row.appeal for each in people for row in each.appeals.first]
    record_access(request.user, {each.author_id for each in shown if each.author_id}, WHY)
    context = {
        "people": people,
        "loads": [
            NamedLoad(_name(names, each.department_id), each.late, each.soon, each.all)
            for each in count_by_department(request.user, today)
        ],
        "months": [
            DepartmentMonth(_name(names, each.department_id), each)
            for each in months_of(request.user, since=since)[: _MONTHS * 20]
            if each.month <= today  # a report may be due in months to come
        ],
    }
    return render(request, "portal/load.html", context)


@login_required
@require_GET
def load_csv(request: AuthenticatedHttpRequest) -> StreamingHttpResponse:
    """All months as CSV. consultations.rules.use_desk."""
    require(rules.use_desk(request.user))
    return as_csv(HEAD, _rows(request.user), "load.csv")


def _rows(user: Any) -> Iterator[tuple[Any, ...]]:
    names = _names()
    for each in months_of(user):
        hours = None if each.median_hours is None else round(each.median_hours, 1)
        yield (
            f"{each.month:%Y-%m}",
            _name(names, each.department_id),
            *(each.remarks, each.replied, hours),
            *(each.reports_due, each.reports_late, each.steps_due, each.steps_late),
        )


def _names() -> dict[int, str]:
    return {each.pk: each.local_name for each in Department.objects.all()}


def _name(names: dict[int, str], department_id: int | None) -> str:
    return names.get(department_id, "") if department_id else _("No department yet")
