"""The terms of law of appeals and requests for information: what starts each, and how long it is.

Law 393/96-ВР arts 5, 7, 20; law 2939-VI art. 20. All run from the day of receipt, which is not
counted itself («від дня їх надходження»): what came in the evening or on a day off is registered
on the next working day (КМУ 348 п. 2), and the term does not wait for that. They are counted in
Kyiv by the working calendar (core/domain/calendar.py); the 48 hours alone are hours, from the
moment of receipt, whatever the clocks do meanwhile.

An answer's term is stored as ``due_at``, the first moment that is late. Terms that run are counted
anew when the periods of martial law change (actions.recount_terms); a day that was promised in a
notice of extension stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from appeals.models import Appeal
from core.domain.calendar import (
    KYIV,
    ONE_DAY,
    Period,
    Unit,
    WorkCalendar,
    end_of_day,
    last_date,
    local_date,
)


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the law; it runs from the moment in the column ``since``."""

    code: str
    length: Period | timedelta
    article: str
    #: As the applicant reads it.
    words: str | Promise
    since: str = "received_at"
    #: The code of the term to which it may be extended, "" where it may not.
    extends_to: str = ""
    #: Its day was named in a notice: no calendar moves it.
    is_promised: bool = False
    #: The law says «at most»: a last day that is a day off does not move on, but back.
    is_most: bool = False

    def last_day(self, start: datetime, calendar: WorkCalendar) -> date:
        """The last day on which it is in time, in Kyiv."""
        return last_date(self.end(start, calendar))

    def end(self, start: datetime, calendar: WorkCalendar) -> datetime:
        """The first moment that is late."""
        if isinstance(self.length, timedelta):
            return (start.astimezone(UTC) + self.length).astimezone(start.tzinfo)
        day = local_date(start)
        if self.is_most and self.length.unit == Unit.DAYS:
            # The day after the last one, and from there the working day before it.
            after = day + (self.length.amount + 1) * ONE_DAY
            return end_of_day(calendar.add_working_days(after, -1))
        return end_of_day(self.length.last_day(day, calendar))

    def end_of(self, appeal: Appeal, calendar: WorkCalendar) -> datetime:
        return self.end(getattr(appeal, self.since), calendar)

    def is_over(self, appeal: Appeal, now: datetime, calendar: WorkCalendar) -> bool:
        return now >= self.end_of(appeal, calendar)


MONTH = Term(
    "month",
    Period(1, Unit.MONTHS),
    "393/96-ВР ст. 20",
    _("within one month of the day of receipt"),
    extends_to="extended",
)
SIMPLE = Term(
    "simple",
    Period(15, Unit.DAYS),
    "393/96-ВР ст. 20",
    _("within 15 days of the day of receipt: it needs no further study"),
    extends_to="extended",
)
EXTENDED = Term(
    "extended",
    Period(45, Unit.DAYS),
    "393/96-ВР ст. 20",
    _("by the day in the notice, at most 45 days from the day of receipt"),
    is_promised=True,
    is_most=True,
)
SHORTENED = Term(
    "shortened",
    Period(1, Unit.MONTHS),
    "393/96-ВР ст. 20",
    _("by the day in the notice: the term was shortened, as you asked in writing"),
    extends_to="extended",
    is_promised=True,
)
REOPENED = Term(
    "reopened",
    Period(1, Unit.MONTHS),
    "393/96-ВР ст. 20",
    _("within one month of the day on which you reopened it"),
    since="reopened_at",
)
REQUEST = Term(
    "request",
    Period(5, Unit.WORKING_DAYS),
    "2939-VI ст. 20 ч. 1",
    _("within 5 working days of the day of receipt"),
    extends_to="request_extended",
)
URGENT = Term(
    "urgent",
    timedelta(hours=48),
    "2939-VI ст. 20 ч. 2",
    _("within 48 hours of receipt: life, freedom, environment, accidents or dangers"),
)
REQUEST_EXTENDED = Term(
    "request_extended",
    Period(20, Unit.WORKING_DAYS),
    "2939-VI ст. 20 ч. 4",
    _("by the day in the notice, at most 20 working days from the day of receipt"),
    is_promised=True,
)
POSTPONED = Term(
    "postponed",
    Period(20, Unit.WORKING_DAYS),
    "2939-VI ст. 22 ч. 6, 7",
    _("by the day in the notice: it was postponed for force majeure"),
    is_promised=True,
)
#: While the copies are not paid for, and after it: ``fee_due`` says until when.
FEE = Term(
    "fee",
    Period(5, Unit.WORKING_DAYS),
    "2939-VI ст. 20, 21",
    _("what was left of the term, from the payment for copying"),
    is_promised=True,
)
REQUEST_REOPENED = Term(
    "request_reopened",
    Period(5, Unit.WORKING_DAYS),
    "2939-VI ст. 20 ч. 1",
    _("within 5 working days of the day on which you reopened it"),
    since="reopened_at",
)
#: Terms of answers, by the code in ``Appeal.term``.
TERMS = {
    term.code: term
    for term in (
        MONTH,
        SIMPLE,
        EXTENDED,
        SHORTENED,
        REOPENED,
        REQUEST,
        URGENT,
        REQUEST_EXTENDED,
        POSTPONED,
        FEE,
        REQUEST_REOPENED,
    )
}

RETURN_MALFORMED = Term(
    "return_malformed",
    Period(10, Unit.DAYS),
    "393/96-ВР ст. 5",
    _("returned within 10 days of the day of receipt"),
)
RETURN_INSUFFICIENT = Term(
    "return_insufficient",
    Period(5, Unit.DAYS),
    "393/96-ВР ст. 7",
    _("returned within 5 days of the day of receipt"),
)
FORWARD = Term(
    "forward",
    Period(5, Unit.DAYS),
    "393/96-ВР ст. 7",
    _("forwarded within 5 days of the day of receipt"),
)
REOPENING = Term(
    "reopening",
    Period(1, Unit.MONTHS),
    "393/96-ВР ст. 17",
    _("reopened within one month of the answer"),
    since="answered_at",
)
#: What else the office has terms for.
OFFICE_TERMS = {
    term.code: term for term in (RETURN_MALFORMED, RETURN_INSUFFICIENT, FORWARD, REOPENING)
}


def offered_to(kind: str) -> tuple[Term, ...]:
    """The terms that the office may name when it accepts one of the kind, the usual one first."""
    return (REQUEST, URGENT) if kind == Appeal.Kind.REQUEST else (MONTH, SIMPLE)


def reopened_term(kind: str) -> Term:
    """The term of what its applicant has reopened."""
    return REQUEST_REOPENED if kind == Appeal.Kind.REQUEST else REOPENED


def corrected_term(appeal: Appeal, kind: str, *, is_urgent: bool) -> Term:
    """The term of an appeal that turns out to be of this kind, ``is_urgent`` by 2939-VI art. 20(2).

    Kinds of one law have the same terms, and it keeps its own; under the other law it gets the
    usual one, whatever its own was extended to.
    """
    present, is_request = term_of(appeal), kind == Appeal.Kind.REQUEST
    if is_request == appeal.is_request:
        if present in (REQUEST, URGENT):
            return URGENT if is_urgent else REQUEST
        return present
    if appeal.reopened_at:
        return reopened_term(kind)
    usual, other = offered_to(kind)
    return other if is_request and is_urgent else usual


def term_of(appeal: Appeal) -> Term:
    """The term that it has now: of its answer, or of its forwarding where that has one."""
    return FORWARD if appeal.term == FORWARD.code else TERMS[appeal.term]


def extension_of(appeal: Appeal) -> Term | None:
    """To what its term may be extended, once."""
    if appeal.extended_at is not None:
        return None
    return TERMS.get(term_of(appeal).extends_to)


def days_left(appeal: Appeal, now: datetime, calendar: WorkCalendar) -> int:
    """Number of working days of its term after today, one at least."""
    day, last, left = local_date(now), last_date(appeal.due_at), 0
    while day < last:
        day += ONE_DAY
        left += calendar.is_working_day(day)
    return max(left, 1)


def fee_due(day: date, left: int, calendar: WorkCalendar) -> datetime:
    """The first late moment of a request whose term waited for payment: ``left`` working days after
    the payment, or after the last day of payment where there was none."""
    return end_of_day(calendar.add_working_days(day, left))


def set_due(appeal: Appeal, calendar: WorkCalendar) -> bool:
    """Write when its answer is late into the appeal (without saving); whether that is another
    moment now. A promised day stays."""
    term = term_of(appeal)
    if term.is_promised:
        return False
    due_at = term.end_of(appeal, calendar)
    if appeal.due_at == due_at:
        return False
    appeal.due_at = due_at
    return True


@lru_cache(maxsize=4)
def _closing(text: str) -> time:
    return time.fromisoformat(text)


def registration_day(received_at: datetime, calendar: WorkCalendar) -> date:
    """The day on which what was received then is registered (КМУ 348 п. 2): the same day, the next
    working day after hours and on a day off."""
    local = received_at.astimezone(KYIV)
    day = local.date()
    if calendar.is_working_day(day) and local.time() >= _closing(settings.OFFICE_CLOSES_AT):
        day += ONE_DAY
    return calendar.next_working_day(day)
