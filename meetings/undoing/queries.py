"""The last step of a meeting: what an undoing would undo."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from core.domain.clock import Now
from meetings.models import LogEntry, Meeting, Outcome
from meetings.undoing import rules

if TYPE_CHECKING:
    from accounts.models import Anybody
    from core.domain.rules import Verdict
    from meetings.control.presenters import Control


def last_step(meeting: Meeting) -> LogEntry | None:
    """The last line of its log that is a step, with the things that it names: one query."""
    steps = meeting.log.exclude(kind__in=rules.NO_STEPS).select_related(
        "item", "speaker", "question"
    )
    return steps.order_by("-pk").first()


def has_outcome(meeting: Meeting) -> bool:
    """Whether an outcome of it is published, or conclusions on one of its items: one query."""
    return Outcome.objects.filter(Q(meeting=meeting) | Q(item__meeting=meeting)).exists()


def may_undo(user: Anybody, control: Control) -> Verdict:
    """Whether who runs the meeting may undo what the control page shows as the last step."""
    last = control.last_step
    return rules.undo(user, control.meeting, last=last, seen=last.pk if last else None)


def may_reopen(user: Anybody, meeting: Meeting) -> Verdict | None:
    """Whether they may reopen it; None where it is not closed. One query then."""
    if meeting.closed_at is None:
        return None
    return rules.reopen(user, meeting, has_outcome=has_outcome(meeting))


#: So long after the close people are told of it, so that a reopening comes before that.
SETTLES_AFTER = timedelta(seconds=60)


def is_settled(meeting: str = "") -> Q:
    """Condition for a close that is old enough. What is published meanwhile is told with the close
    itself (CloseConfirmed). ``meeting``: where it stands from the rows that are asked for
    (``"meeting__"``).
    """
    return Q(**{f"{meeting}closed_at__lte": Now() - SETTLES_AFTER})
