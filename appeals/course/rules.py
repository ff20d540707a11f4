"""Rules of an appeal's consideration: accepting, correcting, executors, another term, notes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from appeals import terms
from appeals.conditions import CONSIDERED, gives_reason, is_in, is_no_request, not_about
from appeals.models import OPEN_STATES, Appeal, State
from appeals.rules import NO_LEADER, Involved, lengthen, office, resolve, respond, work
from core.domain.calendar import WorkCalendar, last_date, local_date
from core.domain.rules import ALLOWED, Verdict, refuse_unless

if TYPE_CHECKING:
    from accounts.models import Anybody

#: The column ``Appeal.extension_reason``.
LONGEST_EXTENSION_REASON = 1000


def accept(
    user: Anybody,
    appeal: Appeal,
    *,
    involved: Involved,
    now: datetime,
    department_id: int,
    officer_id: int | None = None,
    kind: str,
    term: str,
) -> Verdict:
    """Take it to be considered, by a department and in a term of its kind: the office.

    What is about somebody stays a complaint, for as such it is kept from them.
    """
    return (
        office(user, appeal, involved)
        and is_in(appeal, {State.RECEIVED}, now)
        and refuse_unless(
            term in {offered.code for offered in terms.offered_to(kind)},
            "appeal.term_of_another_kind",
            _("This kind has no such term."),
            field="term",
        )
        and _may_be(appeal, kind)
        and not_about(
            appeal, involved, {department_id}, {officer_id} if officer_id is not None else ()
        )
    )


def correct(
    user: Anybody,
    appeal: Appeal,
    *,
    involved: Involved,
    now: datetime,
    kind: str,
    term: str,
    people: Collection[int] = (),
) -> Verdict:
    """Correct what it was registered as, also after its ending: the office. Its kind and with it
    its ``term`` only while an answer is owed. Nobody may execute it whom it is about by then;
    ``people``: its executors."""
    return (
        office(user, appeal, involved)
        and refuse_unless(
            appeal.emptied_at is None,
            "appeal.emptied",
            _("What it said was deleted after its term: nothing of it is corrected."),
        )
        and refuse_unless(
            (kind, term) == (appeal.kind, appeal.term) or appeal.state_at(now) in OPEN_STATES,
            "appeal.kind_stays",
            _("It was dealt with as this kind: kind and term stay."),
            field="kind",
        )
        and _may_be(appeal, kind)
        and refuse_unless(
            not appeal.house or appeal.street_id,
            "appeal.street_missing",
            _("Name the street of the house."),
            field="street",
        )
        and not_about(appeal, involved, involved.executors, people)
    )


def _may_be(appeal: Appeal, kind: str) -> Verdict:
    """It can be considered as one of this kind."""
    return refuse_unless(
        kind == Appeal.Kind.COMPLAINT
        or (appeal.about_department_id is None and appeal.about_person_id is None),
        "appeal.not_a_complaint",
        _("Only a complaint is about a department or an official."),
        field="kind",
    ) and refuse_unless(
        kind == Appeal.Kind.REQUEST
        or appeal.via not in (Appeal.Via.PAGE, Appeal.Via.API)
        or (appeal.name and appeal.residence),
        "appeal.sender_missing",
        _(
            "It does not say from whom it is and where they live: it can be considered as a "
            "request for information alone (393/96-ВР art. 5)."
        ),
        field="kind",
    )


def assign(
    user: Anybody,
    appeal: Appeal,
    *,
    involved: Involved,
    now: datetime,
    departments: Collection[int],
    people: Collection[int] = (),
) -> Verdict:
    """Say who executes it: the office, and the head of the responsible department."""
    return (
        resolve(user, appeal, involved)
        and is_in(appeal, CONSIDERED, now)
        and not_about(appeal, involved, departments, people)
    )


def extend(
    user: Anybody,
    appeal: Appeal,
    *,
    involved: Involved,
    now: datetime,
    calendar: WorkCalendar,
    leaders: Collection[str],
    until: date,
    reason: str,
) -> Verdict:
    """Extend the term once, before it is over, to a working day: to 45 days in all, as the head of
    the body or a deputy decides (393/96-ВР art. 20); a request to 20 working days, as a head does
    (2939-VI art. 20(4)). ``leaders``: as rules.roles.lengthen has them."""
    longer = terms.extension_of(appeal)
    last = longer.last_day(appeal.received_at, calendar) if longer else None
    return (
        lengthen(user, appeal, involved, leaders)
        and is_in(appeal, {State.IN_WORK}, now)
        and refuse_unless(
            longer,
            "appeal.cannot_be_extended",
            _("This term cannot be extended."),
        )
        and refuse_unless(
            now < appeal.due_at,
            "appeal.extended_too_late",
            _("The term is over already: it can be extended only while it runs."),
        )
        and refuse_unless(
            last_date(appeal.due_at) < until,
            "appeal.not_longer",
            _("This day is not later than the present one."),
            field="until",
        )
        and refuse_unless(
            last is None or until <= last,
            "appeal.extended_too_far",
            _("The law allows it until %(day)s at the latest.")
            % {"day": f"{last:%d.%m.%Y}" if last else ""},
            field="until",
            last=last,
        )
        and refuse_unless(
            calendar.is_working_day(until),
            "appeal.day_off",
            _("This is a day off: name a working day."),
            field="until",
        )
        and gives_reason(reason, most=LONGEST_EXTENSION_REASON)
    )


def ask_head(
    user: Anybody,
    appeal: Appeal,
    *,
    involved: Involved,
    now: datetime,
    leaders: Collection[str],
    words: str,
) -> Verdict:
    """Ask the head of the body to decide about an appeal (393/96-ВР arts 8, 20): the office, and
    officers and the head of the responsible department. From then on the leaders may read it."""
    return (
        respond(user, appeal, involved)
        and is_in(appeal, OPEN_STATES, now)
        and is_no_request(appeal)
        and (ALLOWED if leaders else NO_LEADER)
        and refuse_unless(
            appeal.decision_asked_at is None,
            "appeal.head_asked_already",
            _("The head of the body was asked already."),
        )
        and refuse_unless(
            words.strip(),
            "appeal.question_missing",
            _("Write what is to be decided, and why."),
            field="words",
        )
    )


def shorten(
    user: Anybody,
    appeal: Appeal,
    *,
    involved: Involved,
    now: datetime,
    calendar: WorkCalendar,
    until: date,
    reason: str,
) -> Verdict:
    """Shorten the term of an appeal that runs, to a working day, on a reasoned written demand of
    its applicant (393/96-ВР art. 20): the office and a head."""
    return (
        resolve(user, appeal, involved)
        and is_in(appeal, CONSIDERED, now)
        and refuse_unless(
            not appeal.is_request,
            "appeal.request_not_shortened",
            _("A request’s term is not shortened: what is urgent has 48 hours (2939-VI art. 20)."),
        )
        and refuse_unless(
            now < appeal.due_at,
            "appeal.shortened_too_late",
            _("The term is over already: it can be shortened only while it runs."),
        )
        and refuse_unless(
            local_date(now) <= until,
            "appeal.day_is_over",
            _("This day is over."),
            field="until",
        )
        and refuse_unless(
            until < last_date(appeal.due_at),
            "appeal.not_shorter",
            _("This day is not earlier than the present one."),
            field="until",
        )
        and refuse_unless(
            calendar.is_working_day(until),
            "appeal.day_off",
            _("This is a day off: name a working day."),
            field="until",
        )
        and gives_reason(reason)
    )


def note(user: Anybody, appeal: Appeal, *, involved: Involved, text: str) -> Verdict:
    """Write an internal note: who works on it, whenever."""
    return work(user, appeal, involved) and refuse_unless(
        text.strip(), "appeal.note_missing", _("The note says nothing."), field="text"
    )
