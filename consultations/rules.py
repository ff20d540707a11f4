"""Who may do what in a consultation, and when. Pure: the facts are passed in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from accounts.eligibility import Eligibility, meets
from accounts.models import Level, StaffRole
from accounts.rules import act
from consultations.models import Procedure, State
from core.domain.calendar import WorkCalendar
from core.domain.rules import ALLOWED, Verdict, refuse
from discussions import rules as discussion_rules
from votes import rules as poll_rules

if TYPE_CHECKING:
    from accounts.models import Anybody
    from consultations.models import Consultation
    from discussions.models import Comment
    from votes.models import Poll

NOT_YET = refuse("consultation.not_open_yet", _("Remarks are not accepted yet."))
OVER = refuse("consultation.closed", _("The consultation is over: remarks are no longer accepted."))
WITHDRAWN = refuse("consultation.withdrawn", _("The consultation has been withdrawn."))
OFFICERS_ONLY = refuse(
    "consultation.officers_only",
    _("Only an officer of the responsible department may do this."),
)

#: Somebody has replied officially since the officer looked.
ANSWERED_MEANWHILE = "remark.answered_meanwhile"

_SPEAKING = {
    State.PREPARING: NOT_YET,
    State.ANNOUNCED: NOT_YET,
    State.OPEN: ALLOWED,
    State.CLOSED: OVER,
    State.REPORTED: OVER,
    State.WITHDRAWN: WITHDRAWN,
}


def accept_remarks(consultation: Consultation, *, now: datetime) -> Verdict:
    """Take remarks from anybody at all: while it is open."""
    return _SPEAKING[consultation.state_at(now)]


def take_part(
    user: Anybody,
    consultation: Consultation,
    *,
    now: datetime,
    eligibility: Eligibility | None = None,
) -> Verdict:
    """Remark, answer, support, edit: while it is open, by whom its procedure is held for.

    ``eligibility``: what is known of the person (participation.eligibility_in); None: no more than
    that she has signed in.
    """
    verdict = accept_remarks(consultation, now=now) and act(user)
    if not verdict:
        return verdict
    return meets(eligibility or Eligibility(Level.LOW), consultation.procedure.requirement)


def change(
    user: Anybody,
    consultation: Consultation,
    remark: Comment,
    *,
    now: datetime,
    has_mandate: bool = False,
    eligibility: Eligibility | None = None,
) -> Verdict:
    """Edit one's own remark: within 15 minutes, while the consultation is open.

    ``has_mandate``: she may speak now for the organisation in whose name it was said;
    ``eligibility`` as in ``take_part``.
    """
    verdict = take_part(user, consultation, now=now, eligibility=eligibility)
    if not verdict:
        return verdict
    return discussion_rules.edit(user, remark, now=now, has_mandate=has_mandate)


def delete(user: Anybody, remark: Comment, *, has_mandate: bool = False) -> Verdict:
    """Take back one's own remark, at any time: one's words are one's own, and an organisation's
    those of who speaks for it."""
    return discussion_rules.delete(user, remark, has_mandate=has_mandate)


def answer(
    user: Anybody,
    consultation: Consultation,
    remark: Comment,
    *,
    newest: Comment | None = None,
    seen: int | None = None,
) -> Verdict:
    """Reply officially to a remark: an officer of the responsible department, at any time.

    ``newest``: its newest official reply; ``seen``: the id of the newest one that the officer has
    read (0: none). Whoever has not read what is there does not add to it.
    """
    verdict = run(user, consultation)
    verdict = discussion_rules.reply(user, remark) if verdict else verdict
    if verdict and newest is not None and newest.pk > (seen or 0):
        return refuse(
            ANSWERED_MEANWHILE,
            _(
                "Answered meanwhile by %(name)s, %(moment)s. Nothing of yours is published: read "
                "that reply, then add to it if you still want to."
            )
            % {
                "name": newest.author.public_name if newest.author else _("a colleague"),
                "moment": date_format(localtime(newest.created_at), "j E Y, H:i"),
            },
            newest=newest.pk,
        )
    return verdict


def correct(user: Anybody, consultation: Consultation, remark: Comment, reply: Comment) -> Verdict:
    """Correct an official reply to a remark: an officer of the responsible department."""
    verdict = run(user, consultation)
    return discussion_rules.correct(user, reply, remark) if verdict else verdict


def prepare(user: Anybody, department_id: int | None, scope: str = "") -> Verdict:
    """Prepare and run consultations of a department: its officers and administrators.

    ``scope``: the topic of one of them, which may have officers of its own.
    """
    verdict = act(user)
    if not verdict:
        return verdict
    if user.is_anonymous or not user.speaks_for(department_id, scope):
        return OFFICERS_ONLY
    return ALLOWED


def run(user: Anybody, consultation: Consultation) -> Verdict:
    """Prepare and run this consultation: officers of its department or of it alone."""
    return prepare(user, consultation.department_id, consultation.topic)


def keep_record(user: Anybody, consultation: Consultation) -> Verdict:
    """See it on the desk and keep its papers, dates and report: secretaries and its officers."""
    verdict = act(user)
    if not verdict:
        return verdict
    if user.is_anonymous or not user.keeps_record_of(
        consultation.department_id, consultation.topic
    ):
        return OFFICERS_ONLY
    return ALLOWED


def begin(user: Anybody) -> Verdict:
    """Begin a consultation of some department: an officer of one, or an administrator."""
    verdict = act(user)
    if not verdict:
        return verdict
    if user.is_anonymous or not (user.is_administrator or user.departments_as(StaffRole.OFFICER)):
        return OFFICERS_ONLY
    return ALLOWED


def use_desk(user: Anybody) -> Verdict:
    """See the desk of consultations at all: officers, secretaries and administrators."""
    verdict = act(user)
    if not verdict:
        return verdict
    if user.is_anonymous or not (user.is_officer or user.is_secretary):
        return refuse("desk.officers_only", _("This page is for officers of the council."))
    return ALLOWED


#: What changes only by announcing or by a change of dates with its reason, once it is published.
FIXED_ONCE_ANNOUNCED = frozenset(
    {"procedure", "department", "opens_at", "closes_at", "report_due_on", "short_period_reason"}
)


def revise(
    user: Anybody,
    consultation: Consultation,
    *,
    now: datetime,
    changed: Collection[str] = (),
) -> Verdict:
    """Edit the description; ``changed`` names the columns that would get another value.

    Once it is announced its procedure, department and dates stay; once the report is published,
    or it was withdrawn, everything does.
    """
    verdict = run(user, consultation)
    if not verdict:
        return verdict
    state = consultation.state_at(now)
    if state in (State.REPORTED, State.WITHDRAWN):
        return refuse(
            "consultation.finished", _("This consultation is finished: what it said stays.")
        )
    if state != State.PREPARING and FIXED_ONCE_ANNOUNCED.intersection(changed):
        return refuse(
            "consultation.fixed_once_announced",
            _("The procedure and the dates are published: change dates with a reason."),
        )
    return ALLOWED


def change_text(user: Anybody, consultation: Consultation, *, now: datetime) -> Verdict:
    """Import and publish versions of the draft: until it is withdrawn."""
    verdict = run(user, consultation)
    if not verdict:
        return verdict
    return WITHDRAWN if consultation.state_at(now) == State.WITHDRAWN else ALLOWED


def change_papers(user: Anybody, consultation: Consultation, *, now: datetime) -> Verdict:
    """Add and take back files and links: until it is withdrawn (what was adopted comes last)."""
    verdict = keep_record(user, consultation)
    if not verdict:
        return verdict
    return WITHDRAWN if consultation.state_at(now) == State.WITHDRAWN else ALLOWED


def attach_poll(user: Anybody, consultation: Consultation, poll: Poll, *, now: datetime) -> Verdict:
    """Put a poll on its page: one, announced, of the same department."""
    verdict = change_papers(user, consultation, now=now)
    if not verdict:
        return verdict
    if consultation.poll_id is not None:
        return refuse("consultation.has_poll", _("It has a poll already: take that one off first."))
    return poll_rules.attach(poll, consultation.department_id, now=now)


def detach_poll(user: Anybody, consultation: Consultation, *, now: datetime) -> Verdict:
    """Take the poll off its page."""
    verdict = change_papers(user, consultation, now=now)
    if verdict and consultation.poll_id is None:
        return refuse("consultation.has_no_poll", _("It has no poll."))
    return verdict


def announce(
    user: Anybody,
    consultation: Consultation,
    *,
    now: datetime,
    today: date,
    has_text: bool,
    calendar: WorkCalendar,
) -> Verdict:
    """Publish what was prepared: with dates that the procedure allows and a published text."""
    verdict = run(user, consultation)
    if not verdict:
        return verdict
    if consultation.state_at(now) != State.PREPARING:
        return refuse("consultation.announced_already", _("It has been announced already."))
    verdict = text_to_announce(has_text=has_text)
    return verdict and dates_to_announce(consultation, today=today, calendar=calendar)


def text_to_announce(*, has_text: bool, has_preview: bool = False) -> Verdict:
    """A consultation is announced with a published text of its draft."""
    if has_text:
        return ALLOWED
    if has_preview:
        return refuse(
            "consultation.text_not_published", _("Check the imported text and publish it.")
        )
    return refuse("consultation.no_text", _("Import the text of the draft and publish it first."))


def dates_to_announce(
    consultation: Consultation, *, today: date, calendar: WorkCalendar
) -> Verdict:
    """It is announced with dates that lie ahead and that its procedure allows."""
    if consultation.opens_on is None or consultation.last_day is None:
        return refuse("consultation.no_dates", _("Say when it opens and when it closes."))
    if consultation.opens_on < today:
        return refuse("consultation.opens_in_the_past", _("The opening day has passed already."))
    return dates(
        consultation.procedure,
        opens_on=consultation.opens_on,
        last_day=consultation.last_day,
        calendar=calendar,
        reason=consultation.short_period_reason,
    )


def dates(
    procedure: Procedure,
    *,
    opens_on: date,
    last_day: date,
    calendar: WorkCalendar,
    reason: str,
    is_announced: bool = False,
) -> Verdict:
    """May it last from ``opens_on`` to ``last_day`` under the procedure?

    The period is counted from the day after the opening (Civil Code art. 253). Where the period
    is mandatory, a shorter or longer one is refused; where martial law makes it only recommended
    (law 389-VIII art. 9 part 10), it needs a recorded ``reason``. What ``is_announced`` already
    goes on under its procedure, also when that is out of force since.
    """
    if not procedure.in_force and not is_announced:
        return refuse(
            "procedure.not_in_force",
            _("This procedure is not in force yet: %(basis)s.") % {"basis": procedure.legal_basis},
        )
    if last_day <= opens_on:
        return refuse(
            "consultation.closes_before_it_opens", _("It must close after the day it opens.")
        )
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


def change_procedure(procedure: Procedure, changed: Collection[str], *, is_in_use: bool) -> Verdict:
    """Correct a procedure's columns ``changed``; ``is_in_use``: something was announced under it.

    Then what was promised stays; it can only go out of force, and another take its place.
    """
    if is_in_use and set(changed) - {"in_force", "note"}:
        return refuse(
            "procedure.in_use",
            _(
                "Consultations were announced under “%(name)s”: put the changed one in under a "
                "code of its own, and this one out of force."
            )
            % {"name": procedure.name},
        )
    return ALLOWED


def change_dates(
    user: Anybody, consultation: Consultation, *, now: datetime, reason: str
) -> Verdict:
    """Correct or extend the dates of what is announced or open, with a reason."""
    verdict = keep_record(user, consultation)
    if not verdict:
        return verdict
    if consultation.state_at(now) not in (State.ANNOUNCED, State.OPEN):
        return refuse(
            "consultation.dates_fixed", _("The dates of a consultation that is over stay.")
        )
    if not reason.strip():
        return refuse("consultation.reason_missing", _("Give the reason: participants read it."))
    return ALLOWED


def withdraw(user: Anybody, consultation: Consultation, *, now: datetime, reason: str) -> Verdict:
    """Take a published consultation back before its report, with a reason."""
    verdict = run(user, consultation)
    if not verdict:
        return verdict
    if consultation.state_at(now) not in (State.ANNOUNCED, State.OPEN, State.CLOSED):
        return refuse("consultation.cannot_be_withdrawn", _("It cannot be withdrawn now."))
    if not reason.strip():
        return refuse("consultation.reason_missing", _("Give the reason: participants read it."))
    return ALLOWED


def discard(user: Anybody, consultation: Consultation, *, now: datetime) -> Verdict:
    """Throw away a consultation that was never announced: nobody has seen it."""
    verdict = run(user, consultation)
    if not verdict:
        return verdict
    if consultation.state_at(now) != State.PREPARING:
        return refuse(
            "consultation.announced_already",
            _("It has been announced: people know of it, so it can only be withdrawn."),
        )
    return ALLOWED


def report(
    user: Anybody, consultation: Consultation, *, now: datetime, outcome: str, undecided: int = 0
) -> Verdict:
    """Say what was decided, once remarks are closed and all that came in time are known.

    ``undecided``: remarks that wait for an organisation on which the office has not decided.
    """
    verdict = keep_record(user, consultation)
    if not verdict:
        return verdict
    if consultation.state_at(now) != State.CLOSED:
        return refuse(
            "consultation.not_closed", _("The report is published after the consultation closes.")
        )
    if undecided:
        return refuse(
            "consultation.remarks_wait",
            _(
                "Remarks that came in time wait for their organisations (%(number)d). Confirm or "
                "refuse these organisations first."
            )
            % {"number": undecided},
            undecided=undecided,
        )
    if not outcome.strip():
        return refuse("consultation.outcome_missing", _("Say what was decided."))
    return ALLOWED


def still_ahead(last_day: date, *, today: date) -> Verdict:
    """A last day may be today or later, never one that has passed."""
    if last_day < today:
        return refuse("consultation.closes_in_the_past", _("The closing day has passed already."))
    return ALLOWED
