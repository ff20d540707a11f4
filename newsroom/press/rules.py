"""Rules of the press. Pure: the facts are passed in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.rules import use_desk
from core.domain.rules import Verdict, refuse_unless
from meetings.course.models import Kind
from meetings.models import State
from newsroom.models import AccreditationState

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import Anybody
    from meetings.models import Meeting
    from newsroom.models import Accreditation

#: The longest term that is granted at once.
LONGEST_TERM = timedelta(days=3 * 366)


def work_at_desk(user: Anybody) -> Verdict:
    """Read the list of the press and decide on it: heads and officers of departments, and
    administrators. It holds telephones of people, so secretaries and moderators do not."""
    return use_desk(user) and refuse_unless(
        user.is_authenticated and user.is_officer,
        "press.officers_only",
        _("Only an officer of a department works with the list of the press."),
    )


def usual_term(today: date) -> date:
    """The last day that is proposed: the end of next year."""
    return date(today.year + 1, 12, 31)


MUST_AGREE = _("Without your consent we may not keep these data, and cannot accredit you.")


def apply(*, consents: bool) -> Verdict:
    """Apply for accreditation: anybody who agrees that their data are processed
    (law 2297-VI art. 11(1)(1))."""
    return refuse_unless(
        consents,
        "press.consent_missing",
        MUST_AGREE,
    )


def confirm(*, waits_already: bool) -> Verdict:
    """Confirm the address of an application: not while another of that address waits."""
    return refuse_unless(
        not waits_already,
        "press.waits_already",
        _("Another application with this e-mail waits for a decision already."),
    )


def grant(by: Anybody, accreditation: Accreditation, *, until: date, today: date) -> Verdict:
    """Accredit for a term."""
    return (
        _decide(by, accreditation, today)
        and refuse_unless(
            until >= today, "press.term_past", _("The last day of the term must not have passed.")
        )
        and refuse_unless(
            until <= today + LONGEST_TERM,
            "press.term_too_long",
            _("Accreditation is granted for three years at most."),
        )
    )


def refuse(by: Anybody, accreditation: Accreditation, *, reason: str, today: date) -> Verdict:
    """Refuse an application, with a reason."""
    return _decide(by, accreditation, today) and _have_reason(reason)


def end(by: Anybody, accreditation: Accreditation, *, reason: str, today: date) -> Verdict:
    """End it before its term, with a reason."""
    return (
        work_at_desk(by)
        and refuse_unless(
            accreditation.state_on(today) == AccreditationState.ACCREDITED,
            "press.not_in_force",
            _("This accreditation is not in force."),
        )
        and _have_reason(reason)
    )


def attend(
    accreditation: Accreditation, meeting: Meeting, *, now: datetime, today: date
) -> Verdict:
    """Say whether one comes to a press conference: while accredited, until it begins."""
    return refuse_unless(
        accreditation.state_on(today) == AccreditationState.ACCREDITED,
        "press.not_in_force",
        _("This accreditation is not in force."),
    ) and refuse_unless(
        meeting.state_at(now) == State.ANNOUNCED,
        "press.not_ahead",
        _("This press conference has begun, is over or was cancelled."),
    )


def invite(by: Anybody, meeting: Meeting, *, now: datetime) -> Verdict:
    """Send the invitation to a press conference to those who have not got it."""
    return work_at_desk(by) and refuse_unless(
        meeting.kind == Kind.PRESS and meeting.state_at(now) == State.ANNOUNCED,
        "press.nothing_to_invite_to",
        _("The press is invited to press conferences that are announced and have not begun."),
    )


def _decide(by: Anybody, accreditation: Accreditation, today: date) -> Verdict:
    return work_at_desk(by) and refuse_unless(
        accreditation.state_on(today) == AccreditationState.WAITING,
        "press.decided_already",
        _("This application does not wait for a decision any more."),
    )


def _have_reason(reason: str) -> Verdict:
    return refuse_unless(
        reason.strip(),
        "press.reason_missing",
        _("Please give the reason: the journalist reads it."),
    )
