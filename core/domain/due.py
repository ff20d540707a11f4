"""Urgency of deadlines: the same levels and words on every page of the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True, slots=True)
class Urgency:
    """Urgency of a day: ``kind`` (late, soon, or nothing) and words for it."""

    kind: str = ""
    words: str = ""


NOT_URGENT = Urgency()


def urgency(due_on: date | None, today: date, *, soon_days: int = 1) -> Urgency:
    """Red when the day is over, marked when ``soon_days`` or fewer are left; always in words."""
    if due_on is None:
        return NOT_URGENT
    days = (due_on - today).days
    if days < 0:
        late = ngettext("overdue by %(days)d day", "overdue by %(days)d days", -days)
        return Urgency("late", late % {"days": -days})
    if days > soon_days:
        return NOT_URGENT
    return Urgency("soon", _in_words(days))


def _in_words(days: int) -> str:
    if days == 0:
        return _("today is the last day")
    if days == 1:
        return _("the last day is tomorrow")
    return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}
