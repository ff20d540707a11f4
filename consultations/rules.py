"""Rules of consultations: who may do what, and when. Pure: the facts are passed in.

The dates that a procedure allows are judged in ``rules_dates.py``.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from accounts.eligibility import Eligibility, meets
from accounts.rules import act
from consultations.checklist.facts import Facts
from consultations.checklist.items import Stage
from consultations.checklist.rules import complete
from consultations.life.rules_dates import dates_to_announce
from consultations.models import State
from core.domain.calendar import WorkCalendar
from core.domain.rules import ALLOWED, Verdict, refuse, refuse_unless
from discussions import rules as discussion_rules

if TYPE_CHECKING:
    from accounts.models import Anybody
    from consultations.models import Consultation
    from discussions.models import Comment

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
    user: Anybody, consultation: Consultation, *, now: datetime, eligibility: Eligibility
) -> Verdict:
    """Remark, answer, support, edit: while it is open, by whom its procedure is held for.

    ``eligibility``: what is known of the person (participation.eligibility_in); ``SIGNED_IN`` where
    nobody has to be asked.
    """
    return (
        accept_remarks(consultation, now=now)
        and act(user)
        and meets(eligibility, consultation.procedure.requirement)
    )


def change(
    user: Anybody,
    consultation: Consultation,
    comment: Comment,
    *,
    now: datetime,
    has_mandate: bool,
    eligibility: Eligibility,
) -> Verdict:
    """Edit one's own remark: within 15 minutes, while the consultation is open.

    ``has_mandate``: they may speak now for the organisation in whose name it was said;
    ``eligibility`` as in ``take_part``.
    """
    return take_part(
        user, consultation, now=now, eligibility=eligibility
    ) and discussion_rules.edit(user, comment, now=now, has_mandate=has_mandate)


def delete(
    user: Anybody,
    consultation: Consultation,
    comment: Comment,
    *,
    now: datetime,
    has_mandate: bool = False,
) -> Verdict:
    """Take back one's own remark until the last day: an organisation's, who speaks for it.

    Afterwards it is of the materials, which are kept for five years at least (law 3841-IX
    art. 7(6)).
    """
    return discussion_rules.delete(user, comment, has_mandate=has_mandate) and refuse_unless(
        not is_past_the_last_day(consultation, now),
        "remark.stays",
        _(
            "After the last day the proposal stays in the record, with what the council answers "
            "to it (law 3841-IX art. 7(6))."
        ),
    )


def take_name_off(
    user: Anybody, consultation: Consultation, comment: Comment, *, now: datetime
) -> Verdict:
    """Take one's own name off a remark or reply after the last day; the words stay.

    Not where the procedure names participants by law (3841-IX arts 15(2), 19).
    """
    return (
        discussion_rules.take_name_off(user, comment)
        and refuse_unless(
            is_past_the_last_day(consultation, now),
            "remark.not_over",
            _("Your name can be taken off after the last day of the consultation."),
        )
        and refuse_unless(
            not consultation.asks_full_name,
            "remark.named_by_law",
            _(
                "This procedure names those who propose (law 3841-IX arts 15 and 19): the name "
                "stays for the term of the law."
            ),
        )
    )


def is_past_the_last_day(consultation: Consultation, now: datetime) -> bool:
    """Whether its last day is over: what was said by then is part of the record."""
    return consultation.closes_at is not None and now >= consultation.closes_at


def answer(
    user: Anybody,
    consultation: Consultation,
    comment: Comment,
    *,
    kind: str,
    newest: Comment | None = None,
    seen: int | None = None,
) -> Verdict:
    """Reply officially to a remark: an officer of the responsible department, at any time.

    ``kind``: the remark's; a proposal to a public consultation is answered by its report (law
    3841-IX art. 15(5)). ``newest``: its newest official reply; ``seen``: the id of the newest one
    that the officer has read (0: none). An officer who has not read what is there does not add to
    it.
    """
    return (
        run(user, consultation)
        and discussion_rules.reply(user, comment)
        and refuse_unless(
            is_answered_singly(consultation, kind),
            "remark.answered_by_report",
            _(
                "The report says what became of this proposal (law 3841-IX art. 15(5)): only "
                "questions get a reply of their own."
            ),
        )
        and (ALLOWED if newest is None or newest.pk <= (seen or 0) else _answered_meanwhile(newest))
    )


def _answered_meanwhile(newest: Comment) -> Verdict:
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


def is_answered_singly(consultation: Consultation, kind: str) -> bool:
    """Whether a remark of this kind gets an official reply of its own: under law 3841-IX (art.
    15(5)) questions alone, since the report says what became of each proposal."""
    return kind == "question" or not consultation.procedure.is_public_consultation


def correct(user: Anybody, consultation: Consultation, comment: Comment, reply: Comment) -> Verdict:
    """Correct an official reply to a remark: an officer of the responsible department."""
    return run(user, consultation) and discussion_rules.correct(user, reply, comment)


def prepare(user: Anybody, department_id: int | None, scope: str = "") -> Verdict:
    """Prepare and run consultations of a department: its officers and administrators.

    ``scope``: the topic of one of them, which may have officers of its own.
    """
    return act(user) and _officers_only(
        user.is_authenticated and user.speaks_for(department_id, scope)
    )


def _officers_only(is_officer: bool) -> Verdict:
    return ALLOWED if is_officer else OFFICERS_ONLY


def run(user: Anybody, consultation: Consultation) -> Verdict:
    """Prepare and run this consultation: officers of its department or of it alone."""
    return prepare(user, consultation.department_id, consultation.topic)


def keep_record(user: Anybody, consultation: Consultation) -> Verdict:
    """See it on the desk and keep its papers, dates and report: secretaries and its officers."""
    return act(user) and _officers_only(
        user.is_authenticated
        and user.keeps_record_of(consultation.department_id, consultation.topic)
    )


def begin(user: Anybody) -> Verdict:
    """Begin a consultation of some department: an officer of one, or an administrator."""
    return act(user) and _officers_only(
        user.is_authenticated and (user.is_administrator or bool(user.speaking_department_ids))
    )


def use_desk(user: Anybody) -> Verdict:
    """See the desk of consultations at all: officers, secretaries and administrators."""
    return act(user) and refuse_unless(
        user.is_authenticated and (user.is_officer or user.is_secretary),
        "desk.officers_only",
        _("This page is for officers of the council."),
    )


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
    state = consultation.state_at(now)
    return (
        run(user, consultation)
        and refuse_unless(
            state not in (State.REPORTED, State.WITHDRAWN),
            "consultation.finished",
            _("This consultation is finished: what it said stays."),
        )
        and refuse_unless(
            state == State.PREPARING or not FIXED_ONCE_ANNOUNCED.intersection(changed),
            "consultation.fixed_once_announced",
            _("The procedure and the dates are published: change dates with a reason."),
        )
    )


def change_text(user: Anybody, consultation: Consultation, *, now: datetime) -> Verdict:
    """Import and publish versions of the draft: until it is withdrawn."""
    return run(user, consultation) and _not_withdrawn(consultation, now)


def change_papers(user: Anybody, consultation: Consultation, *, now: datetime) -> Verdict:
    """Add and take back files and links: until it is withdrawn (what was adopted comes last)."""
    return keep_record(user, consultation) and _not_withdrawn(consultation, now)


def _not_withdrawn(consultation: Consultation, now: datetime) -> Verdict:
    return WITHDRAWN if consultation.state_at(now) == State.WITHDRAWN else ALLOWED


def announce(
    user: Anybody,
    consultation: Consultation,
    *,
    now: datetime,
    today: date,
    has_text: bool,
    calendar: WorkCalendar,
    facts: Facts,
) -> Verdict:
    """Publish what was prepared: with a published text, what changes in five lines, dates that
    the procedure allows, and all that its checklist asks before the announcement."""
    return (
        run(user, consultation)
        and refuse_unless(
            consultation.state_at(now) == State.PREPARING,
            "consultation.announced_already",
            _("It has been announced already."),
        )
        and text_to_announce(has_text=has_text)
        and brief_to_announce(consultation)
        and dates_to_announce(
            consultation, today=today, calendar=calendar, elections=facts.elections
        )
        and complete(Stage.ANNOUNCE, facts, today=today, calendar=calendar)
    )


def text_to_announce(*, has_text: bool, has_preview: bool = False) -> Verdict:
    """A consultation is announced with a published text of its draft."""
    return refuse_unless(
        has_text or not has_preview,
        "consultation.text_not_published",
        _("Check the imported text and publish it."),
    ) and refuse_unless(
        has_text,
        "consultation.no_text",
        _("Import the text of the draft and publish it first."),
    )


def brief_to_announce(consultation: Consultation) -> Verdict:
    """A consultation is announced with what changes and for whom, in at most five lines."""
    return refuse_unless(
        consultation.brief.strip(),
        "consultation.no_brief",
        _("Say in at most five lines what changes and for whom."),
    )


def change_dates(
    user: Anybody, consultation: Consultation, *, now: datetime, reason: str
) -> Verdict:
    """Correct or extend the dates of what is announced or open, with a reason."""
    return (
        keep_record(user, consultation)
        and refuse_unless(
            consultation.state_at(now) in (State.ANNOUNCED, State.OPEN),
            "consultation.dates_fixed",
            _("The dates of a consultation that is over stay."),
        )
        and _give_reason(reason)
    )


def withdraw(user: Anybody, consultation: Consultation, *, now: datetime, reason: str) -> Verdict:
    """Take a published consultation back before its report, with a reason."""
    return (
        run(user, consultation)
        and refuse_unless(
            consultation.state_at(now) in (State.ANNOUNCED, State.OPEN, State.CLOSED),
            "consultation.cannot_be_withdrawn",
            _("It cannot be withdrawn now."),
        )
        and _give_reason(reason)
    )


def _give_reason(reason: str) -> Verdict:
    return refuse_unless(
        reason.strip(),
        "consultation.reason_missing",
        _("Give the reason: participants read it."),
    )


def discard(user: Anybody, consultation: Consultation, *, now: datetime) -> Verdict:
    """Throw away a consultation that was never announced: nobody has seen it."""
    return run(user, consultation) and refuse_unless(
        consultation.state_at(now) == State.PREPARING,
        "consultation.announced_already",
        _("It has been announced: people know of it, so it can only be withdrawn."),
    )
