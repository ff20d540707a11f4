"""Quick polls in meetings: opened and closed by who runs it, counted by votes/.

The meeting's row is locked before the poll's. Who finds a close (a job, the live hub) holds the
poll's lock and takes no lock of the meeting.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from core.domain import clock
from core.domain.actions import action
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import require
from meetings.actions import begin, enter
from meetings.events import QuickPollClosed, QuickPollOpened
from meetings.hall.queries import votes_in_hall
from meetings.models import LogEntry, Meeting, QuickPoll, RollCall
from meetings.quickpolls import rules
from votes.life import actions
from votes.models import Poll

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import User

#: How long one stays open that nobody closes.
LASTS = timedelta(minutes=5)


def open_quick_poll(
    meeting: Meeting,
    *,
    by: User,
    question: Mapping[str, Any],
    lasts: timedelta = LASTS,
    results_while_open: bool = True,
    seen_item: int | None,
) -> QuickPoll:
    """Put a question to those who are present, on the current item if there is one.

    ``question``, ``lasts`` and ``results_while_open``: of votes.life.actions.open_quickly;
    ``seen_item``: the id of the current item on the page of who asks. Refuses by rules.open_poll
    and as votes does. Emits QuickPollOpened.
    """
    with action():
        meeting, now = begin(meeting)
        require(
            rules.open_poll(
                by,
                meeting,
                seen_item=seen_item,
                is_polling=is_polling(meeting, now),
                is_roll_call_open=RollCall.objects.filter(
                    item__meeting=meeting, closed_at=None
                ).exists(),
                shows_hands=meeting.shows_of_hands.filter(closed_at=None).exists(),
            )
        )
        poll = actions.open_quickly(
            by=by,
            department=meeting.department,
            question=question,
            lasts=lasts,
            results_while_open=results_while_open,
            scope=meeting.topic,
        )
        item = meeting.current_item
        quick = QuickPoll.objects.create(meeting=meeting, item=item, poll=poll, opened_at=now)
        created(quick)
        enter(meeting, LogEntry.Kind.POLL, at=now, item=item, poll=poll)
        emit(QuickPollOpened(meeting.pk, by.pk, poll.pk))
        return quick


def close_quick_poll(quick: QuickPoll, *, by: User) -> QuickPoll:
    """Close it; votes/ counts and publishes it at once. Refuses by rules.close_poll. Emits
    QuickPollClosed."""
    with action():
        meeting, _now = begin(quick.meeting)
        quick = meeting.quick_polls.select_related("poll", "item").get(pk=quick.pk)
        require(rules.close_poll(by, meeting, quick))
        poll = actions.close_early(quick.poll, by=by, scope=meeting.topic)
        _note_closed(quick, poll, at=clock.now(), by_id=by.pk)
        return quick


def is_polling(meeting: Meeting, now: datetime) -> bool:
    """Whether one is open, within an action on the meeting; one whose time is over is noted."""
    open_one = meeting.quick_polls.filter(closed_at=None).select_related("poll", "item").first()
    if open_one is None:
        return False
    poll = open_one.poll
    if poll.cancelled_at is None and poll.closes_at is not None and now < poll.closes_at:
        return True
    _note_closed(open_one, poll, at=now)
    return False


def note_closed(poll_id: int, *, by_id: int | None) -> None:
    """Note that a poll has closed, if it was put to a meeting: within the poll's own action. Emits
    QuickPollClosed."""
    rows = QuickPoll.objects.filter(poll=poll_id, closed_at=None)
    for quick in rows.select_related("meeting", "poll", "item"):
        _note_closed(quick, quick.poll, at=clock.now(), by_id=by_id)


def _note_closed(quick: QuickPoll, poll: Poll, *, at: datetime, by_id: int | None = None) -> None:
    """Once, whoever comes first. The log, which is in the order of time, holds when it was noted:
    ``at``."""
    over = poll.cancelled_at or poll.closes_at
    here = votes_in_hall(quick)
    if QuickPoll.objects.filter(pk=quick.pk, closed_at=None).update(closed_at=over, hall=here):
        quick.closed_at, quick.hall = over, here
        enter(quick.meeting, LogEntry.Kind.POLL_CLOSED, at=at, item=quick.item, poll=poll)
        emit(QuickPollClosed(quick.meeting_id, by_id, poll.pk))
