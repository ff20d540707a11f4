"""Rules of electronic services. Pure: the facts are passed in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.rules import use_desk
from core.domain.rules import ALLOWED, Verdict, refuse, refuse_unless
from records.models import Conclusion, Service

if TYPE_CHECKING:
    from accounts.models import Anybody

KEEPERS_ONLY = refuse(
    "service.keepers_only", _("Only those who work for the department that holds it may do this.")
)


def see_desk(user: Anybody) -> Verdict:
    """See the desk's list of services: whoever keeps the records of a department."""
    return use_desk(user) and (
        ALLOWED
        if user.is_authenticated and (user.is_administrator or user.department_ids)
        else KEEPERS_ONLY
    )


def keep(user: Anybody, department_id: int | None) -> Verdict:
    """Enter and change a department's services: its head, officers and secretaries, and
    administrators."""
    may = user.is_authenticated and user.keeps_record_of(department_id)
    return use_desk(user) and (ALLOWED if may else KEEPERS_ONLY)


def say(user: Anybody, service: Service, *, today: date) -> Verdict:
    """Add a service or change what is said of it."""
    return (
        keep(user, service.department_id)
        and refuse_unless(
            service.since <= today,
            "service.in_the_future",
            _("A service is entered when it is offered: the day has not come yet."),
        )
        and refuse_unless(
            service.pilot_until is None or service.pilot_until > service.since,
            "service.pilot_too_short",
            _("The last day of a pilot comes after its first."),
        )
    )


def enter_use(
    user: Anybody, service: Service, *, month: date, this_month: date, is_first: bool, reason: str
) -> Verdict:
    """Enter a month's figure when the month is over; another one for it with a reason.

    Args:
        month: its first day.
        this_month: the first day of the month that runs.
        is_first: whether nothing was entered for it yet.
    """
    ended = service.ended_on
    return (
        keep(user, service.department_id)
        and refuse_unless(
            month < this_month,
            "service.month_runs",
            _("A month’s figure is entered when the month is over."),
        )
        and refuse_unless(
            service.since.replace(day=1) <= month and (ended is None or month <= ended),
            "service.not_offered_then",
            _("The service was not offered in this month."),
        )
        and refuse_unless(
            is_first or reason.strip(),
            "service.reason_missing",
            _("There is a figure for this month. Say why it is corrected: everybody reads it."),
        )
    )


def conclude(
    user: Anybody, service: Service, *, outcome: str, words: str, last_day: date | None
) -> Verdict:
    """Conclude what becomes of a service that is offered."""
    of_pilots = outcome in (Conclusion.Outcome.PERMANENT, Conclusion.Outcome.PROLONGED)
    return (
        keep(user, service.department_id)
        and refuse_unless(
            service.ended_on is None, "service.ended", _("The service was ended already.")
        )
        and refuse_unless(
            service.is_pilot or not of_pilots,
            "service.no_pilot",
            _("Only a pilot is prolonged or becomes permanent."),
        )
        and refuse_unless(
            words.strip(),
            "service.words_missing",
            _("Say how the service was judged: everybody reads it."),
        )
        and _on_its_day(service, outcome, last_day)
    )


def _on_its_day(service: Service, outcome: str, last_day: date | None) -> Verdict:
    if outcome == Conclusion.Outcome.PERMANENT:
        return ALLOWED
    if last_day is None:
        return refuse("service.day_missing", _("Enter the last day."))
    earliest = service.since
    if outcome == Conclusion.Outcome.PROLONGED and service.pilot_until is not None:
        earliest = service.pilot_until
        return refuse_unless(
            last_day > earliest,
            "service.not_longer",
            _("The pilot goes on to a later day than before."),
        )
    return refuse_unless(
        last_day >= earliest,
        "service.ends_before_its_beginning",
        _("The last day does not come before the first."),
    )
