"""Mails about the disposition table: rows that are due."""

from __future__ import annotations

from datetime import date

from accounts.models import User
from consultations.dispositions.events import RowsDue
from consultations.dispositions.reminders import due_rows
from core.domain.events import within
from notifications.contents import Context, mail
from notifications.mail import defer


@within(RowsDue)
def rows_due(event: RowsDue) -> None:
    """One mail a day, with all that the person has to fill soon."""
    defer("consultations/rows_due", user_id=event.user_id, about=f"day:{event.day}", day=event.day)


@mail("consultations/rows_due")
def _rows_due(user: User, *, day: int) -> Context:
    today = date.fromordinal(day)
    rows = due_rows(user, today)
    return {"rows": rows, "today": today} if rows else None
