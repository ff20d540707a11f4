"""Verdicts on each step that the desk offers with a case, before anything is entered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from appeals import terms
from appeals.answers import rules as answers_rules
from appeals.course import rules as course_rules
from appeals.course import rules_endings
from appeals.models import Answer, Appeal
from appeals.rules import office
from appeals.tracks.rules import suggest_track
from core.domain.calendar import last_date, local_date
from core.domain.rules import Verdict

if TYPE_CHECKING:
    from appeals.desk.case import Case


def is_office(case: Case) -> Verdict:
    return office(case.user, case.appeal, case.involved)


def may_publish(case: Case, answer: Answer) -> Verdict:
    """Whether the applicant has agreed, and it is not published yet."""
    return answers_rules.publish_answer(
        case.user,
        case.appeal,
        answer,
        involved=case.involved,
        subject="-",
        question="-",
        text="-",
    )


def may_accept(case: Case) -> Verdict:
    return course_rules.accept(
        case.user,
        case.appeal,
        **case.facts,
        department_id=0,
        kind=case.appeal.kind,
        term=terms.offered_to(case.appeal.kind)[0].code,
    )


def may_correct(case: Case) -> Verdict:
    appeal = case.appeal
    return course_rules.correct(case.user, appeal, **case.facts, kind=appeal.kind, term=appeal.term)


def may_assign(case: Case) -> Verdict:
    return course_rules.assign(case.user, case.appeal, **case.facts, departments=())


def may_extend(case: Case) -> Verdict:
    """With the last day that the law allows, where there is one."""
    longer = terms.extension_of(case.appeal)
    until = last_date(case.appeal.due_at)
    if longer:
        until = last_working_day(case, longer)
    return course_rules.extend(
        case.user,
        case.appeal,
        **case.facts,
        calendar=case.calendar,
        leaders=case.leaders,
        until=until,
        reason="-",
    )


def may_shorten(case: Case) -> Verdict:
    """To today, or to the next working day."""
    until = case.calendar.next_working_day(local_date(case.now))
    return course_rules.shorten(
        case.user, case.appeal, **case.facts, calendar=case.calendar, until=until, reason="-"
    )


def last_working_day(case: Case, term: terms.Term) -> Any:
    """The last working day within a term: the latest that a notice of extension may name."""
    day = term.last_day(case.appeal.received_at, case.calendar)
    while not case.calendar.is_working_day(day):
        day = day.fromordinal(day.toordinal() - 1)
    return day


def may_forward(case: Case) -> Verdict:
    return rules_endings.forward(case.user, case.appeal, **case.facts, to="-")


def may_return(case: Case) -> Verdict:
    return rules_endings.return_(
        case.user,
        case.appeal,
        **case.facts,
        calendar=case.calendar,
        ground=Appeal.ReturnedFor.MALFORMED,
        note="-",
    )


def may_leave(case: Case) -> Verdict:
    return rules_endings.leave_without_consideration(
        case.user,
        case.appeal,
        **case.facts,
        leaders=case.leaders,
        ground=Appeal.RefusedFor.ANONYMOUS,
        note="-",
    )


def may_suggest(case: Case) -> Verdict:
    return suggest_track(case.user, case.appeal, **case.facts, track="petition", words="")


def may_move(case: Case) -> Verdict:
    return rules_endings.move(case.user, case.appeal, **case.facts, note="-")


def may_draft(case: Case) -> Verdict:
    return answers_rules.draft_answer(
        case.user, case.appeal, **case.facts, result=Answer.Result.EXPLAINED
    )


def may_ask(case: Case) -> Verdict:
    return answers_rules.ask_approval(case.user, case.appeal, case.draft, **case.facts)


def may_approve(case: Case) -> Verdict:
    return answers_rules.approve(case.user, case.appeal, case.draft, **case.facts)


def may_send(case: Case) -> Verdict:
    return answers_rules.answer(
        case.user, case.appeal, case.draft, **case.facts, how=Answer.How.VISIT
    )


def may_send_back(case: Case) -> Verdict:
    return answers_rules.send_back(case.user, case.appeal, case.draft, **case.facts, words="-")
