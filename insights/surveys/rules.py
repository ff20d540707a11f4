"""Rules of surveys of trust. Pure: the facts are passed in."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts.models import Anybody
from core.domain.rules import Verdict, refuse_unless
from insights.indicators.rules import manage


def enter(user: Anybody, *, held_on: date, today: date, is_new: bool) -> Verdict:
    """Enter a survey or change one: officers of a department and administrators.

    Args:
        held_on: its last day.
        is_new: whether no other survey of this day has the same source and question.
    """
    return (
        manage(user)
        and refuse_unless(
            held_on <= today,
            "survey.not_held",
            _("A survey is entered when it is over: the day has not come yet."),
        )
        and refuse_unless(
            is_new,
            "survey.once",
            _("This survey is entered already: the same day, source and question."),
        )
    )
