"""Whether somebody may ask the head of the body, and what a request for information has of its own:
the rules of these steps, asked with what a form would bring at its best."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appeals.course import rules as course_rules
from appeals.models import FREE_PAGES, Refusal
from appeals.queries import load_tariff
from appeals.requests import rules as requests_rules
from core.domain.calendar import last_date, local_date
from core.domain.rules import Verdict

if TYPE_CHECKING:
    from appeals.desk.case import Case


def may_ask_head(case: Case) -> Verdict:
    return course_rules.ask_head(
        case.user, case.appeal, **case.facts, leaders=case.leaders, words="-"
    )


def may_refuse(case: Case) -> Verdict:
    """On the first ground, by somebody whose post is known."""
    why = requests_rules.Grounds(Refusal.Ground.NOT_HELD, "-")
    return requests_rules.refuse_request(
        case.user, case.appeal, **case.facts, why=why, text="", responsible="-", fee=None
    )


def may_postpone(case: Case) -> Verdict:
    """To the next working day after its present last one."""
    until = case.calendar.add_working_days(last_date(case.appeal.due_at), 1)
    return requests_rules.postpone(
        case.user,
        case.appeal,
        **case.facts,
        calendar=case.calendar,
        until=until,
        reason="-",
        responsible="-",
    )


def may_ask_fee(case: Case) -> Verdict:
    """For eleven pages, to be paid by the next working day."""
    return requests_rules.ask_fee(
        case.user,
        case.appeal,
        **case.facts,
        calendar=case.calendar,
        fee=case.fee,
        tariff=load_tariff() if case.appeal.is_request else requests_rules.CopyTariff(),
        pages=FREE_PAGES + 1,
        pay_by=case.calendar.add_working_days(local_date(case.now), 1),
        is_exempt=False,
    )


def may_record_payment(case: Case) -> Verdict:
    today = local_date(case.now)
    return requests_rules.record_payment(
        case.user, case.appeal, **case.facts, fee=case.fee, paid_on=today
    )
