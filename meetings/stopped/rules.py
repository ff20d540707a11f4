"""Rules of stopped decisions (280/97-ВР art. 59(4)). Pure: the facts are passed in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import Verdict, refuse_unless
from meetings.course.rules import control
from meetings.models import Kind, RollCall
from meetings.rules import run

if TYPE_CHECKING:
    from accounts.models import Anybody
    from meetings.models import Meeting


def stop(
    user: Anybody,
    meeting: Meeting,
    roll_call: RollCall,
    *,
    head: str,
    remarks: str,
    on: date,
    decided_on: date | None,
    last_day: date | None,
    today: date,
    is_carried: bool,
    is_stopped: bool,
    is_second_vote: bool,
) -> Verdict:
    """Enter that the head stopped a decision of the council: one that was adopted, within five days
    of it, with reasons, once; what two thirds have confirmed takes force."""
    return (
        run(user, meeting)
        and refuse_unless(
            meeting.kind == Kind.SESSION,
            "stop.not_the_council",
            _("Only a decision of the council is stopped (280/97-ВР art. 59(4))."),
        )
        and refuse_unless(
            is_carried and roll_call.needs != RollCall.Needs.PROCEDURAL,
            "stop.no_decision",
            _("By this roll-call no decision was adopted."),
        )
        and refuse_unless(not is_stopped, "stop.stopped", _("This decision is stopped already."))
        and refuse_unless(
            not is_second_vote,
            "stop.confirmed",
            _("The council has confirmed it by two thirds: it takes force."),
        )
        and refuse_unless(
            decided_on is not None and decided_on <= on <= today,
            "stop.day",
            _("The day is that of the decision or a later one, and not ahead."),
        )
        and refuse_unless(
            last_day is not None and on <= last_day,
            "stop.too_late",
            _("A decision is stopped within five days after it was made."),
        )
        and refuse_unless(head.strip(), "stop.head_missing", _("Please write the full name."))
        and refuse_unless(
            remarks.strip(), "stop.remarks_missing", _("Please give the head’s reasoned remarks.")
        )
    )


def vote_again(user: Anybody, meeting: Meeting, *, is_same_body: bool, is_voted: bool) -> Verdict:
    """Put the stopped decision to the second vote, once, at a session of the same council;
    ``is_voted``: by one that is not annulled."""
    return (
        control(user, meeting)
        and refuse_unless(
            is_same_body,
            "stop.another_body",
            _("Only the council whose decision it was votes on it again."),
        )
        and refuse_unless(
            not is_voted,
            "stop.voted_again",
            _("The council has voted on this decision again already."),
        )
    )
