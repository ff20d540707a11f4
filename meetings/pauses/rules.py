"""Rules of pauses. Pure: the facts are passed in. What a pause refuses: rules.course.conduct."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import Verdict, refuse_unless
from meetings.course.rules import MOVED_ON, control

if TYPE_CHECKING:
    from accounts.models import Anybody
    from meetings.models import Meeting

#: A session of several days goes on so much later at the most: what is further is mistyped.
LONGEST = timedelta(days=92)


def begin_pause(
    user: Anybody,
    meeting: Meeting,
    *,
    kind: str,
    resumes_at: datetime | None,
    seen_pause: int | None,
    now: datetime,
) -> Verdict:
    """Interrupt it, or say another kind or another end of the pause that goes on: ``seen_pause``
    is the id of that on the page of who asks."""
    pause = meeting.pause
    return (
        control(user, meeting)
        and refuse_unless(meeting.pause_id == seen_pause, MOVED_ON.code, MOVED_ON.message)
        and refuse_unless(
            pause is None or (pause.kind, pause.resumes_at) != (kind, resumes_at),
            "pause.the_same",
            _("The meeting is interrupted like this already."),
        )
        and refuse_unless(
            resumes_at is None or resumes_at > now,
            "pause.in_the_past",
            _("The meeting can only go on at a time that is still to come."),
        )
        and refuse_unless(
            resumes_at is None or resumes_at <= now + LONGEST,
            "pause.too_far",
            _("This is more than three months away. Please check the day."),
        )
    )


def resume(
    user: Anybody,
    meeting: Meeting,
    *,
    seen_pause: int | None,
    repeats_vote: bool,
    suspends_vote: bool,
) -> Verdict:
    """Go on: with the suspended roll-call, or by annulling and repeating it (``repeats_vote``)."""
    return (
        control(user, meeting)
        and refuse_unless(
            meeting.pause_id, "pause.none", _("The meeting is not interrupted: it goes on already.")
        )
        and refuse_unless(meeting.pause_id == seen_pause, MOVED_ON.code, MOVED_ON.message)
        and refuse_unless(
            suspends_vote or not repeats_vote,
            "pause.no_vote",
            _("No roll-call is suspended that could be repeated."),
        )
    )
