"""Rules of the council's part: accepting, executing, ending and answering an appeal."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from appeals import terms
from appeals.models import Answer, Appeal, State
from appeals.rules.roles import (
    Involved,
    decide,
    dismiss,
    office,
    resolve,
    respond,
    work,
)
from core.domain.calendar import WorkCalendar, last_date
from core.domain.rules import Verdict, refuse_unless

if TYPE_CHECKING:
    from accounts.models import Anybody

#: Before its answer, for the first time.
UNANSWERED = frozenset({State.RECEIVED, State.IN_WORK})
#: A department considers it.
CONSIDERED = frozenset({State.IN_WORK, State.REOPENED})
LONGEST_REASON = 2000
#: Columns of Appeal: ``extension_reason`` and ``forwarded_to``.
LONGEST_EXTENSION_REASON = 1000
LONGEST_BODY = 300


def _in(appeal: Appeal, states: Collection[State], now: datetime) -> Verdict:
    return refuse_unless(
        appeal.state_at(now) in states,
        "appeal.not_now",
        _("This is not possible any more: somebody may have done something meanwhile."),
    )


def _reason(text: str, field: str = "reason", *, most: int = LONGEST_REASON) -> Verdict:
    return refuse_unless(
        text.strip(),
        "appeal.reason_missing",
        _("Give the reason: the applicant reads it."),
        field=field,
    ) and refuse_unless(
        len(text) <= most,
        "appeal.reason_too_long",
        _("This is too long: write at most %(most)d characters.") % {"most": most},
        field=field,
    )


def _appeals_only(appeal: Appeal) -> Verdict:
    return refuse_unless(
        not appeal.is_request,
        "appeal.is_a_request",
        _("A request for information is answered, or forwarded to who holds it (2939-VI art. 22)."),
    )


def not_about(
    appeal: Appeal,
    involved: Involved,
    departments: Collection[int],
    people: Collection[int] = (),
) -> Verdict:
    """A complaint never goes to whom it is about, nor to whom they head (393/96-ВР art. 7)."""
    return (
        refuse_unless(
            appeal.about_department_id not in departments,
            "appeal.about_this_department",
            _(
                "The complaint is about this department: another one considers it (393/96-ВР "
                "art. 7)."
            ),
            field="department",
        )
        and refuse_unless(
            involved.headed.isdisjoint(departments),
            "appeal.about_its_head",
            _(
                "The complaint is about the head of this department: another one considers it "
                "(393/96-ВР art. 7)."
            ),
            field="department",
        )
        and refuse_unless(
            appeal.about_person_id not in people,
            "appeal.about_this_person",
            _("The complaint is about this person: somebody else considers it (393/96-ВР art. 7)."),
            field="officer",
        )
    )


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
        and _in(appeal, {State.RECEIVED}, now)
        and refuse_unless(
            term in {offered.code for offered in terms.offered_to(kind)},
            "appeal.term_of_another_kind",
            _("This kind has no such term."),
            field="term",
        )
        and refuse_unless(
            kind == Appeal.Kind.COMPLAINT
            or (appeal.about_department_id is None and appeal.about_person_id is None),
            "appeal.not_a_complaint",
            _("Only a complaint is about a department or an official."),
            field="kind",
        )
        and not_about(
            appeal, involved, {department_id}, {officer_id} if officer_id is not None else ()
        )
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
        and _in(appeal, CONSIDERED, now)
        and not_about(appeal, involved, departments, people)
    )


def forward(
    user: Anybody, appeal: Appeal, *, involved: Involved, now: datetime, to: str
) -> Verdict:
    """Send it to the body whose matter it is, within five days (393/96-ВР art. 7; 2939-VI
    art. 22). Later as well: it is not the council's to decide, and that was late."""
    return (
        respond(user, appeal, involved)
        and _in(appeal, UNANSWERED, now)
        and refuse_unless(
            to.strip(),
            "appeal.body_missing",
            _("Name the body to which it is forwarded."),
            field="to",
        )
        and refuse_unless(
            len(to) <= LONGEST_BODY,
            "appeal.body_too_long",
            _("This is too long: write at most %(most)d characters.") % {"most": LONGEST_BODY},
            field="to",
        )
    )


def return_(
    user: Anybody,
    appeal: Appeal,
    *,
    involved: Involved,
    now: datetime,
    calendar: WorkCalendar,
    ground: str,
    note: str,
) -> Verdict:
    """Return it with what is missing: what is malformed within ten days, what lacks data within
    five (393/96-ВР arts 5, 7). Later it is considered as it is."""
    malformed = ground == Appeal.ReturnedFor.MALFORMED
    term = terms.RETURN_MALFORMED if malformed else terms.RETURN_INSUFFICIENT
    return (
        respond(user, appeal, involved)
        and _in(appeal, UNANSWERED, now)
        and _appeals_only(appeal)
        and refuse_unless(
            ground in Appeal.ReturnedFor.values,
            "appeal.ground_missing",
            _("Choose why it is returned."),
            field="ground",
        )
        and refuse_unless(
            not term.is_over(appeal, now, calendar),
            "appeal.return_too_late",
            _("The term for returning it is over (%(article)s): consider it as it is.")
            % {"article": term.article},
        )
        and _reason(note, "note")
    )


def leave_without_consideration(
    user: Anybody,
    appeal: Appeal,
    *,
    involved: Involved,
    now: datetime,
    ground: str,
    note: str,
) -> Verdict:
    """Decide not to consider it: a head of the office, on a ground of the law (393/96-ВР arts 8,
    17)."""
    return (
        dismiss(user, appeal, involved)
        and _in(appeal, UNANSWERED, now)
        and _appeals_only(appeal)
        and refuse_unless(
            ground in Appeal.RefusedFor.values,
            "appeal.ground_missing",
            _("Choose why it is not considered."),
            field="ground",
        )
        and refuse_unless(
            ground != Appeal.RefusedFor.OUT_OF_TIME or appeal.kind == Appeal.Kind.COMPLAINT,
            "appeal.no_term_to_file",
            _("Only complaints have a term in which they are filed (393/96-ВР art. 17)."),
            field="ground",
        )
        and _reason(note, "note")
    )


def move(user: Anybody, appeal: Appeal, *, involved: Involved, now: datetime, note: str) -> Verdict:
    """Go on with it as an administrative case (393/96-ВР art. 12; 2073-IX)."""
    return (
        respond(user, appeal, involved)
        and _in(appeal, UNANSWERED, now)
        and _appeals_only(appeal)
        and _reason(note, "note")
    )


def extend(
    user: Anybody,
    appeal: Appeal,
    *,
    involved: Involved,
    now: datetime,
    calendar: WorkCalendar,
    until: date,
    reason: str,
) -> Verdict:
    """Extend the term once, before it is over, to a working day: to 45 days in all, a request to
    20 working days (393/96-ВР art. 20; 2939-VI art. 20). A head decides."""
    longer = terms.extension_of(appeal)
    last = longer.last_day(appeal.received_at, calendar) if longer else None
    return (
        decide(user, appeal, involved)
        and _in(appeal, {State.IN_WORK}, now)
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
        and _reason(reason, most=LONGEST_EXTENSION_REASON)
    )


def note(user: Anybody, appeal: Appeal, *, involved: Involved, text: str) -> Verdict:
    """Write an internal note: who works on it, whenever."""
    return work(user, appeal, involved) and refuse_unless(
        text.strip(), "appeal.note_missing", _("The note says nothing."), field="text"
    )


def draft_answer(
    user: Anybody, appeal: Appeal, *, involved: Involved, now: datetime, text: str, result: str
) -> Verdict:
    """Draft its answer, or change the draft: who works on it."""
    return (
        work(user, appeal, involved)
        and _in(appeal, CONSIDERED, now)
        and refuse_unless(
            text.strip(), "appeal.answer_missing", _("Write the answer."), field="text"
        )
        and refuse_unless(
            result in Answer.Result.values,
            "appeal.result_missing",
            _("Say what was decided."),
            field="result",
        )
    )


def approve(
    user: Anybody, appeal: Appeal, answer: Answer | None, *, involved: Involved, now: datetime
) -> Verdict:
    """Approve the draft: a head, who signs it."""
    return (
        decide(user, appeal, involved)
        and _in(appeal, CONSIDERED, now)
        and refuse_unless(
            answer and not answer.approved_at,
            "appeal.nothing_to_approve",
            _("There is no draft that waits for approval."),
        )
    )


def answer(
    user: Anybody,
    appeal: Appeal,
    answer: Answer | None,
    *,
    involved: Involved,
    now: datetime,
    how: str,
) -> Verdict:
    """Send the approved answer, in a way that reaches the applicant."""
    reaches = {
        Answer.How.PAGE: how == Answer.How.PAGE and appeal.has_readers_page,
        Answer.How.EMAIL: bool(appeal.email),
        Answer.How.LETTER: bool(appeal.residence),
        Answer.How.VISIT: True,
    }
    return (
        respond(user, appeal, involved)
        and _in(appeal, CONSIDERED, now)
        and refuse_unless(
            answer and answer.approved_at,
            "appeal.not_approved",
            _("The answer is sent once a head has approved it."),
        )
        and refuse_unless(
            how in Answer.How.values,
            "appeal.how_missing",
            _("Choose how the answer is sent."),
            field="how",
        )
        and refuse_unless(
            any(reaches[each] for each in Answer.How if each == how),
            "appeal.does_not_reach",
            _("The appeal gives no such address of its applicant."),
            field="how",
        )
    )


def publish_answer(
    user: Anybody,
    appeal: Appeal,
    answer: Answer,
    *,
    involved: Involved,
    subject: str,
    text: str,
    question: str,
) -> Verdict:
    """Show a sent answer to everybody, by consent, in words that say nothing of the applicant."""
    return (
        respond(user, appeal, involved)
        and refuse_unless(
            answer.sent_at, "appeal.not_sent", _("Only an answer that was sent is published.")
        )
        and refuse_unless(
            answer.agreed_at,
            "appeal.no_consent",
            _("The applicant has not agreed to its publication."),
        )
        and refuse_unless(
            not answer.published_at,
            "appeal.published_already",
            _("This answer is published already."),
        )
        and refuse_unless(
            subject.strip() and text.strip() and question.strip(),
            "appeal.public_words_missing",
            _("Write the question and the answer as everybody will read them."),
            field="subject",
        )
    )


def unpublish_answer(
    user: Anybody, appeal: Appeal, answer: Answer, *, involved: Involved
) -> Verdict:
    """Take a published answer off the public page."""
    return respond(user, appeal, involved) and refuse_unless(
        answer.published_at, "appeal.not_published", _("This answer is not published.")
    )
