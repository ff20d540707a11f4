"""Rules of what requests for information alone have: refusal, postponement, copying (2939-VI)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from appeals.conditions import CONSIDERED, gives_reason, is_in
from appeals.models import FREE_PAGES, Appeal, CopyFee, Refusal
from appeals.rules import Involved, decide, respond, work
from core.domain.calendar import WorkCalendar, last_date, local_date
from core.domain.rules import ALLOWED, Verdict, refuse_unless

if TYPE_CHECKING:
    from accounts.models import Anybody

#: The column ``Appeal.postponement_reason``.
LONGEST_POSTPONEMENT_REASON = 1000
MOST_PAGES = 100_000
#: No day that is named is further away.
LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why a request is refused: a code of Refusal.Ground, the part that is refused ("": all of it),
    the reason, and the three parts of the test of 2939-VI art. 6(2)."""

    ground: str
    reason: str
    part: str = ""
    interest: str = ""
    harm: str = ""
    balance: str = ""


@dataclass(frozen=True, slots=True)
class CopyTariff:
    """The council's price for copies: hryvnias a page, and the account. No price: no fee."""

    price: Decimal | None = None
    account: str = ""


def is_request(appeal: Appeal) -> Verdict:
    """It is a request for information: 2939-VI knows what 393/96-ВР does not."""
    return refuse_unless(
        appeal.is_request,
        "appeal.no_request",
        _("Only a request for information has this (2939-VI)."),
    )


def refuse_request(
    user: Anybody,
    appeal: Appeal,
    *,
    involved: Involved,
    now: datetime,
    why: Grounds,
    text: str,
    responsible: str,
    fee: CopyFee | None,
) -> Verdict:
    """Draft a refusal, which a head approves before it is sent: who works on it, on a ground of the
    closed list (2939-VI art. 22(1)). Restricted is information, not a document: what is left of it
    is given in ``text`` (art. 6(8)). ``responsible``: who considers it, with the post."""
    return (
        work(user, appeal, involved)
        and is_in(appeal, CONSIDERED, now)
        and is_request(appeal)
        and refuse_unless(
            why.ground in Refusal.Ground.values,
            "appeal.ground_missing",
            _("Choose the ground of the law."),
            field="ground",
        )
        and gives_reason(why.reason)
        and _passes_the_test(why)
        and refuse_unless(
            bool(why.part.strip()) == bool(text.strip()),
            "appeal.part_and_answer",
            _(
                "Where a part is refused, say which part, and give the rest in the answer "
                "(2939-VI art. 6(8))."
            ),
            field="text" if why.part.strip() else "part",
        )
        and _was_not_paid(why, fee, now)
        and refuse_unless(
            responsible,
            "appeal.responsible_without_a_post",
            _(
                "A refusal names who considers the request, with their post (2939-VI art. 22(4)): "
                "an administrator gives their role with the post on the page «Who works for the "
                "council»."
            ),
        )
    )


def _passes_the_test(why: Grounds) -> Verdict:
    """Restricted access says all three parts of the test, other grounds none (art. 6(2))."""
    if why.ground != Refusal.Ground.RESTRICTED:
        return ALLOWED
    missing = [name for name in ("interest", "harm", "balance") if not getattr(why, name).strip()]
    return refuse_unless(
        not missing,
        "appeal.test_missing",
        _("Access is restricted only by all three parts of the test (2939-VI art. 6(2))."),
        field=missing[0] if missing else "",
    )


def _was_not_paid(why: Grounds, fee: CopyFee | None, now: datetime) -> Verdict:
    """Not paid: a fee was asked for, and its last day is over (art. 22(1)3)."""
    return refuse_unless(
        why.ground != Refusal.Ground.UNPAID
        or (fee is not None and fee.paid_on is None and fee.pay_by < local_date(now)),
        "appeal.not_unpaid",
        _("No fee was asked for, it was paid, or its last day is not over yet (2939-VI art. 21)."),
        field="ground",
    )


def postpone(
    user: Anybody,
    appeal: Appeal,
    *,
    involved: Involved,
    now: datetime,
    calendar: WorkCalendar,
    until: date,
    reason: str,
    responsible: str,
) -> Verdict:
    """Postpone the answer to a working day, once and while its term runs, for force majeure alone
    (2939-VI art. 22(6)–(7)): a head."""
    return (
        decide(user, appeal, involved)
        and is_in(appeal, CONSIDERED, now)
        and is_request(appeal)
        and refuse_unless(
            appeal.postponed_at is None,
            "appeal.postponed_already",
            _("It was postponed already."),
        )
        and refuse_unless(
            now < appeal.due_at,
            "appeal.postponed_too_late",
            _("The term is over already: it can be postponed only while it runs."),
        )
        and refuse_unless(
            last_date(appeal.due_at) < until,
            "appeal.not_longer",
            _("This day is not later than the present one."),
            field="until",
        )
        and refuse_unless(
            calendar.is_working_day(until),
            "appeal.day_off",
            _("This is a day off: name a working day."),
            field="until",
        )
        and _within_a_year(until, "until", now)
        and gives_reason(reason, most=LONGEST_POSTPONEMENT_REASON)
        and refuse_unless(
            responsible,
            "appeal.responsible_without_a_post",
            _(
                "A postponement names who considers the request, with their post (2939-VI art. "
                "22(7)): an administrator gives their role with the post on the page «Who works "
                "for the council»."
            ),
        )
    )


def _within_a_year(day: date, field: str, now: datetime) -> Verdict:
    return refuse_unless(
        day <= local_date(now) + LONGEST,
        "appeal.day_too_far",
        _("Name a day within a year."),
        field=field,
    )


def ask_fee(
    user: Anybody,
    appeal: Appeal,
    *,
    involved: Involved,
    now: datetime,
    calendar: WorkCalendar,
    fee: CopyFee | None,
    tariff: CopyTariff,
    pages: int,
    pay_by: date,
    is_exempt: bool,
) -> Verdict:
    """Ask for the cost of copies, once and while the term runs: the office, and officers and the
    head of the responsible department (2939-VI art. 21)."""
    return (
        respond(user, appeal, involved)
        and is_in(appeal, CONSIDERED, now)
        and is_request(appeal)
        and refuse_unless(
            fee is None, "appeal.fee_asked_already", _("Payment was asked for already.")
        )
        and refuse_unless(
            now < appeal.due_at,
            "appeal.fee_too_late",
            _("The term is over already: the answer is owed without payment."),
        )
        and refuse_unless(
            tariff.price is not None,
            "appeal.copies_are_free",
            _("The council has set no price for copies: they are free (2939-VI art. 21(3))."),
        )
        and refuse_unless(
            not is_exempt,
            "appeal.fee_exempt",
            _("For this information nothing is paid (2939-VI art. 21(4))."),
            field="is_exempt",
        )
        and refuse_unless(
            pages > FREE_PAGES,
            "appeal.few_pages",
            _("Only more than 10 pages are paid for (2939-VI art. 21(2))."),
            field="pages",
        )
        and refuse_unless(
            pages <= MOST_PAGES,
            "appeal.too_many_pages",
            _("Write at most 100,000 pages."),
            field="pages",
        )
        and refuse_unless(
            local_date(now) < pay_by and calendar.is_working_day(pay_by),
            "appeal.pay_by_a_working_day",
            _("Name a working day after today."),
            field="pay_by",
        )
        and _within_a_year(pay_by, "pay_by", now)
    )


def record_payment(
    user: Anybody,
    appeal: Appeal,
    *,
    involved: Involved,
    now: datetime,
    fee: CopyFee | None,
    paid_on: date,
) -> Verdict:
    """Record that the copies were paid for: who may ask for the fee."""
    return (
        respond(user, appeal, involved)
        and is_in(appeal, CONSIDERED, now)
        and refuse_unless(
            fee and fee.paid_on is None,
            "appeal.nothing_to_pay",
            _("There is no fee that waits for payment."),
        )
        and refuse_unless(
            fee and local_date(fee.asked_at) <= paid_on <= local_date(now),
            "appeal.paid_on_another_day",
            _("It was paid after it was asked for, and not later than today."),
            field="paid_on",
        )
    )
