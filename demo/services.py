"""The demo city's electronic services, with their use month by month."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from accounts.models import User
from city.models import Department
from core.domain import clock
from core.domain.calendar import local_date
from demo import content
from records.models import Service
from records.services import actions


def load_services(people: Mapping[str, User]) -> None:
    """Load the services of services.toml: days are counted from today, months backwards."""
    today = local_date(clock.now())
    department = Department.objects.filter(pk__in=people["ofi"].department_ids).order_by("pk")[0]
    for row in content.table("services.toml")["service"]:
        _service(row, by=people["ofi"], department=department, today=today)


def _service(row: Mapping[str, Any], *, by: User, department: Department, today: date) -> Service:
    said = {name: row.get(name, "") for name in ("name", "name_en", "about", "url")}
    pilot = row.get("pilot_until")
    days = {
        "since": today - timedelta(days=row["since"]),
        "pilot_until": None if pilot is None else today + timedelta(days=pilot),
    }
    service = actions.add(by=by, fields=said | days | {"department": department})
    for ago, number in enumerate(row["uses"], start=1):
        actions.enter_use(service, by=by, month=month_before(today, ago), number=number)
    if fix := row.get("corrected"):
        month = month_before(today, fix["month"])
        actions.enter_use(service, by=by, month=month, number=fix["number"], reason=fix["reason"])
    if end := row.get("ended"):
        actions.conclude(
            service,
            by=by,
            outcome="ended",
            words=end["words"],
            last_day=today + timedelta(days=end["day"]),
        )
    return service


def month_before(today: date, ago: int) -> date:
    """The first day of the month so many months before this one."""
    months = today.year * 12 + today.month - 1 - ago
    return date(months // 12, months % 12 + 1, 1)
