"""The weekly mail to heads of departments: what waits there, by kind and by how late it is.

It holds counts and links alone. What waits is read when it is sent.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from procrastinate.types import JSONDict

from accounts.models import Absence, Grant, User
from accounts.staff.models import StaffRole
from city.models import Department
from core.domain import clock, outbox
from core.domain.calendar import local_date
from core.domain.deadlines import count_by_kind
from notifications.mails.contents import Context, mail

TEMPLATE = "accounts/what_waits"


def tell_heads(today: date) -> int:
    """Defer the mail of the week to the heads of departments and to who stands in for them, unless
    they have switched reminders off; returns to how many.

    A mail of the same week goes once (notifications.models.Sent), however often this runs.
    """
    monday = _monday_of(today)
    held = Grant.objects.in_force().filter(role=StaffRole.HEAD, user__is_active=True)
    covers = Absence.objects.in_force().filter(absent__in=held.values("user"))
    heads = User.objects.filter(
        Q(pk__in=held.values("user")) | Q(pk__in=covers.values("cover")),
        Q(desk_settings=None) | Q(desk_settings__wants_reminders=True),
        is_active=True,
        is_staff=True,
    )
    jobs: list[JSONDict] = [
        {
            "template": TEMPLATE,
            "user_id": user_id,
            "about": f"week:{monday.isoformat()}",
            "ids": {"monday": monday.toordinal()},
        }
        for user_id in heads.order_by("pk").values_list("pk", flat=True)
    ]
    outbox.defer_many("notifications.jobs.send", jobs)
    return len(jobs)


def _monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


@mail(TEMPLATE)
def _what_waits(user: User, *, monday: int) -> Context:
    """None when nothing waits, when they head nothing any more or have switched reminders off, or
    when the week is over."""
    today = local_date(clock.now())
    settings = getattr(user, "desk_settings", None)
    headed = user.departments_as(StaffRole.HEAD)
    if _monday_of(today).toordinal() != monday or (
        settings is not None and not settings.wants_reminders
    ):
        return None
    waiting = count_by_kind(user, today, headed)
    if not waiting:
        return None
    return {
        "waiting": waiting,
        "total": sum(each.all for each in waiting),
        "departments": Department.objects.filter(pk__in=headed).order_by("name"),
        "load_path": reverse("portal:load"),
        "settings_path": reverse("portal:deadlines"),
    }
