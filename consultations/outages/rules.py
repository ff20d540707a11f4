"""Rules of outages: who enters one, and when a consultation is extended for them. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.rules import act
from core.domain.calendar import local_date
from core.domain.rules import Verdict, refuse_unless

if TYPE_CHECKING:
    from accounts.models import Anybody
    from consultations.models import Consultation

#: The end of a term, in which people send most.
LAST_HOURS = timedelta(hours=24)
#: More than this in the last hours, or this in the whole term, and the term is made longer.
IN_LAST_HOURS = timedelta(minutes=60)
IN_ALL = timedelta(hours=24)

type Span = tuple[datetime, datetime]


def enter(user: Anybody) -> Verdict:
    """Enter an outage that the page beat did not measure: administrators."""
    return act(user) and refuse_unless(
        user.is_authenticated and user.is_administrator,
        "outage.administrators_only",
        _("Only an administrator may enter an outage."),
    )


def times(began_at: datetime, ended_at: datetime, *, now: datetime) -> Verdict:
    """An outage begins before it ends, and is over."""
    return refuse_unless(
        began_at < ended_at,
        "outage.ends_before_it_begins",
        _("It must end after it began."),
    ) and refuse_unless(
        ended_at <= now,
        "outage.not_over",
        _("Enter an outage when it is over: its end lies ahead."),
    )


def reason_given(what: str) -> Verdict:
    """It is entered with what happened, for everybody to read."""
    return refuse_unless(
        what.strip(), "outage.reason_missing", _("Say what happened: participants read it.")
    )


def time_away(spans: Iterable[Span], *, within: Span) -> timedelta:
    """For how long the site was away within a time; what overlaps counts once."""
    first, last = within
    total, reached = timedelta(), first
    for began, ended in sorted(spans):
        began, ended = max(began, reached), min(ended, last)
        if ended > began:
            total += ended - began
            reached = ended
    return total


def is_long_enough(
    consultation: Consultation, spans: Collection[Span], counted: Collection[Span]
) -> bool:
    """Whether a consultation is to be extended: it was away for more than 60 minutes of the last
    24 hours of its term, or for 24 hours of the whole of it.

    ``counted``: outages that an extension has answered already; only what ``spans`` add to them
    counts.
    """
    opens_at, closes_at = consultation.opens_at, consultation.closes_at
    if opens_at is None or closes_at is None:
        return False

    def added_time(within: Span) -> timedelta:
        everything = [*spans, *counted]
        return time_away(everything, within=within) - time_away(counted, within=within)

    last_hours = (max(opens_at, closes_at - LAST_HOURS), closes_at)
    return added_time(last_hours) > IN_LAST_HOURS or added_time((opens_at, closes_at)) >= IN_ALL


def covers_close(consultation: Consultation, spans: Iterable[Span]) -> bool:
    """Whether the site was away when the term ended."""
    closes_at = consultation.closes_at
    return closes_at is not None and any(began < closes_at <= ended for began, ended in spans)


def extend(
    consultation: Consultation, spans: Collection[Span], counted: Collection[Span]
) -> Verdict:
    """Extend a consultation for outages: one whose end nobody was told of yet, or that the site
    was away at the end of; until its report is published or it is withdrawn.

    Arguments as in ``is_long_enough``.
    """
    return (
        refuse_unless(
            consultation.announced_at is not None
            and consultation.reported_at is None
            and consultation.withdrawn_at is None,
            "outage.finished",
            _("This consultation is finished: what it said stays."),
        )
        and refuse_unless(
            not consultation.closing_told or covers_close(consultation, spans),
            "outage.closed_before",
            _("It was over already, and the site was there at its end."),
        )
        and refuse_unless(
            is_long_enough(consultation, spans, counted),
            "outage.too_short",
            _("The site was not away for long enough."),
        )
    )


def last_day_after(
    consultation: Consultation, spans: Iterable[Span], *, today: date
) -> date | None:
    """The last day of a term that is extended for outages; None without dates.

    Days are counted from the last day; where the site was away at the end, from the day on which
    it was back. So many whole days always lie ahead.
    """
    closes_at, last_day = consultation.closes_at, consultation.last_day
    if closes_at is None or last_day is None:
        return None
    days = timedelta(days=consultation.procedure.outage_days)
    back = [local_date(ended) for began, ended in spans if began < closes_at <= ended]
    extended = max([last_day, *back]) + days
    return extended if extended > today else today + days
