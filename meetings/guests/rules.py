"""Rules of guests of the hall. Pure: the facts are passed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import Verdict, refuse_unless
from meetings.course.rules import running
from meetings.hall.rules import EXPIRED
from meetings.models import Question

if TYPE_CHECKING:
    from meetings.models import Guest, Meeting


def enter(meeting: Meeting, *, has_scanned: bool) -> Verdict:
    """Take part without an account: whoever has shown the hall's code, while the meeting goes
    on."""
    return running(meeting) and refuse_unless(has_scanned, EXPIRED.code, EXPIRED.message)


def take_part(guest: Guest | None, meeting: Meeting) -> Verdict:
    """Do anything as a guest: of this meeting, while it goes on."""
    return running(meeting) and refuse_unless(
        guest is not None and guest.meeting_id == meeting.pk,
        "guest.unknown",
        _("This device is no guest of the meeting. Please scan the code of the hall."),
    )


def support(guest: Guest | None, meeting: Meeting, question: Question) -> Verdict:
    """Want a question answered that everybody reads."""
    return take_part(guest, meeting) and refuse_unless(
        question.state == Question.State.SHOWN,
        "question.not_shown",
        _("This question cannot be supported any more."),
    )


def answer(guest: Guest | None, meeting: Meeting, *, is_open: bool, is_offered: bool) -> Verdict:
    """Answer a survey of those present; ``is_offered``: the choice is one of its own, and the
    survey is answered by one press."""
    return (
        take_part(guest, meeting)
        and refuse_unless(is_open, "poll.closed", _("The survey is closed already."))
        and refuse_unless(
            is_offered, "guest.no_such_choice", _("Please choose one of the options.")
        )
    )
