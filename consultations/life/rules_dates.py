"""Rules of dates: which period a procedure allows a consultation. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consultations.checklist.elections import Election, find_touched_election
from consultations.models import Procedure
from core.domain.calendar import WorkCalendar
from core.domain.rules import ALLOWED, Verdict, refuse, refuse_unless

if TYPE_CHECKING:
    from consultations.models import Consultation


def dates_to_announce(
    consultation: Consultation,
    *,
    today: date,
    calendar: WorkCalendar,
    elections: Iterable[Election] = (),
) -> Verdict:
    """It is announced with dates that lie ahead and that its procedure allows."""
    opens_on, last_day = consultation.opens_on, consultation.last_day
    if opens_on is None or last_day is None:
        return refuse("consultation.no_dates", _("Say when it opens and when it closes."))
    return refuse_unless(
        opens_on >= today,
        "consultation.opens_in_the_past",
        _("The opening day has passed already."),
    ) and dates(
        consultation.procedure,
        opens_on=opens_on,
        last_day=last_day,
        calendar=calendar,
        reason=consultation.short_period_reason,
        elections=elections,
    )


def dates(
    procedure: Procedure,
    *,
    opens_on: date,
    last_day: date,
    calendar: WorkCalendar,
    reason: str,
    is_announced: bool = False,
    elections: Iterable[Election] = (),
) -> Verdict:
    """May it last from ``opens_on`` to ``last_day`` under the procedure?

    The period is counted from the day after the opening (Civil Code art. 253). Where the period
    is mandatory, a shorter or longer one is refused; where martial law makes it only recommended
    (law 389-VIII art. 9 part 10), it needs a recorded ``reason``. What ``is_announced`` already
    goes on under its procedure, also when that is out of force since. ``elections``: those that its
    checklist keeps it away from (checklist.reading.elections_for).
    """
    return (
        refuse_unless(
            procedure.in_force or is_announced,
            "procedure.not_in_force",
            _("This procedure is not in force yet: %(basis)s.") % {"basis": procedure.legal_basis},
        )
        and refuse_unless(
            last_day > opens_on,
            "consultation.closes_before_it_opens",
            _("It must close after the day it opens."),
        )
        and _no_election(elections, opens_on, last_day)
        and _period(procedure, opens_on, last_day, calendar, reason)
    )


def _no_election(elections: Iterable[Election], opens_on: date, last_day: date) -> Verdict:
    """No day of it lies in the process of a local election or the 15 days before (law 3841-IX
    art. 7(8))."""
    election = find_touched_election(elections, opens_on, last_day)
    if election is None:
        return ALLOWED
    days = {
        "name": election.name,
        "since": date_format(election.closed_from),
        "until": date_format(election.ends_on) if election.ends_on else "",
    }
    message = (
        _(
            "No public consultation is held from %(since)s until %(until)s: %(name)s (law 3841-IX "
            "art. 7(8))."
        )
        if election.ends_on
        else _(
            "No public consultation is held from %(since)s until the electoral process ends: "
            "%(name)s (law 3841-IX art. 7(8))."
        )
    )
    return refuse("consultation.election", message % days, election=election.name)


def _period(
    procedure: Procedure, opens_on: date, last_day: date, calendar: WorkCalendar, reason: str
) -> Verdict:
    earliest = procedure.shortest_period.last_day(opens_on, calendar)
    longest = procedure.longest_period
    latest = longest.last_day(opens_on, calendar) if longest else None
    if last_day >= earliest and (latest is None or last_day <= latest):
        return ALLOWED
    recommended = (
        procedure.martial_law_duty == Procedure.Duty.RECOMMENDED
        and calendar.is_martial_law(opens_on)
    )
    if recommended and reason.strip():
        return ALLOWED
    too_short = last_day < earliest
    bound = earliest if too_short or latest is None else latest
    message = _beyond(procedure, bound, too_short=too_short, recommended=recommended)
    if recommended:
        return refuse("consultation.reason_needed", message, earliest=earliest)
    code = "consultation.period_too_short" if too_short else "consultation.period_too_long"
    return refuse(code, message, earliest=earliest, latest=latest)


def _beyond(
    procedure: Procedure, bound: date, *, too_short: bool, recommended: bool
) -> str | Promise:
    """In words, that a period passes ``bound``, as its procedure sets it, and by what law."""
    if recommended:
        message = (
            _(
                "The procedure asks for at least %(period)s, until %(day)s (%(basis)s). Under "
                "martial law this is recommended (%(martial)s): give the reason for closing "
                "earlier."
            )
            if too_short
            else _(
                "The procedure allows at most %(period)s, until %(day)s (%(basis)s). Under "
                "martial law this is recommended (%(martial)s): give the reason for closing later."
            )
        )
    else:
        message = (
            _("It must stay open for at least %(period)s, until %(day)s: %(basis)s.")
            if too_short
            else _("It may stay open for at most %(period)s, until %(day)s: %(basis)s.")
        )
    return message % {
        "period": procedure.shortest_period if too_short else procedure.longest_period,
        "day": date_format(bound),
        "basis": procedure.legal_basis,
        "martial": procedure.martial_law_basis,
    }


def still_ahead(last_day: date, *, today: date) -> Verdict:
    """A last day may be today or later, never one that has passed."""
    return refuse_unless(
        last_day >= today,
        "consultation.closes_in_the_past",
        _("The closing day has passed already."),
    )
