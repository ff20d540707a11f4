"""Reminders of deadlines: one mail a person a day at most, with all that is due.

Sent to whoever works for the council and has not switched them off, on a morning on which
something of theirs is overdue or due within SOON_DAYS.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from procrastinate.types import JSONDict

from accounts.models import User
from core.domain import clock, outbox
from core.domain.calendar import local_date
from core.domain.deadlines import SOON_DAYS, deadlines_of
from notifications.mails.contents import Context, mail

TEMPLATE = "accounts/deadlines"
#: So many stand in a mail; the others are found at the desk.
_MOST = 40


def remind_all(today: date) -> int:
    """Defer the mail of the day to everybody who may have something due; returns to how many.

    A mail of the same day goes once (notifications.models.Sent), however often this runs.
    """
    staff = User.objects.filter(is_staff=True, is_active=True).filter(
        Q(desk_settings=None) | Q(desk_settings__wants_reminders=True)
    )
    jobs: list[JSONDict] = [
        {
            "template": TEMPLATE,
            "user_id": user_id,
            "about": f"day:{today.isoformat()}",
            "ids": {"day": today.toordinal()},
        }
        for user_id in staff.order_by("pk").values_list("pk", flat=True)
    ]
    outbox.defer_many("notifications.jobs.send", jobs)
    return len(jobs)


@mail(TEMPLATE)
def _deadlines(user: User, *, day: int) -> Context:
    """None when nothing is due, when they were switched off meanwhile, or the day is over."""
    today = local_date(clock.now())
    settings = getattr(user, "desk_settings", None)
    if today.toordinal() != day or (settings is not None and not settings.wants_reminders):
        return None
    due = deadlines_of(user, until=today + timedelta(days=SOON_DAYS), most=_MOST)
    if not due:
        return None
    return {
        "late": [each for each in due if each.due_on < today],
        "coming": [each for each in due if each.due_on >= today],
        "desk_path": reverse("portal:desk"),
        "settings_path": reverse("portal:deadlines"),
    }
