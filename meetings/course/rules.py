"""Rules of the course of a meeting. Pure: the facts are passed in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import ALLOWED, Verdict, refuse, refuse_unless
from meetings.models import Item, Pause
from meetings.rules import run

if TYPE_CHECKING:
    from accounts.models import Anybody
    from meetings.models import Meeting

#: A meeting may be opened so long before it was to begin: to let people in, to try the displays.
EARLIEST = timedelta(hours=1)
MOVED_ON = refuse(
    "meeting.moved_on",
    _("Somebody else has moved the meeting on meanwhile. Please look at it as it is now."),
)
#: Why nothing is conducted meanwhile, by the kind of the pause.
PAUSED = {
    Pause.Kind.RECESS: _("There is a recess. This is possible again when the meeting goes on."),
    Pause.Kind.ALARM: _(
        "Air-raid alarm: the meeting is interrupted. This is possible again when it goes on."
    ),
    Pause.Kind.TECHNICAL: _(
        "The meeting is interrupted for technical reasons. This is possible again when it goes on."
    ),
}


def open_meeting(user: Anybody, meeting: Meeting, *, now: datetime) -> Verdict:
    """Open what was announced, an hour before it begins at the earliest."""
    return (
        run(user, meeting)
        and refuse_unless(
            meeting.published_at, "meeting.not_published", _("This meeting is not announced.")
        )
        and refuse_unless(
            meeting.cancelled_at is None, "meeting.cancelled", _("The meeting was cancelled.")
        )
        and refuse_unless(
            meeting.opened_at is None,
            "meeting.opened",
            _("The meeting has been opened already."),
        )
        and refuse_unless(
            now >= meeting.begins_at - EARLIEST,
            "meeting.too_early",
            _("A meeting can be opened an hour before it begins, not earlier."),
        )
    )


def control(user: Anybody, meeting: Meeting) -> Verdict:
    """Change anything in it: who runs it, while it is going on."""
    return run(user, meeting) and running(meeting)


def running(meeting: Meeting) -> Verdict:
    """It is going on."""
    return refuse_unless(
        meeting.opened_at, "meeting.not_opened", _("The meeting has not been opened yet.")
    ) and refuse_unless(meeting.closed_at is None, "meeting.closed", _("The meeting is over."))


def not_paused(meeting: Meeting) -> Verdict:
    """It is not interrupted by a recess, an alarm, a technical pause."""
    pause = meeting.pause
    if pause is None:
        return ALLOWED
    return refuse("meeting.paused", PAUSED[Pause.Kind(pause.kind)])


def in_session(meeting: Meeting) -> Verdict:
    """It is going on and is not interrupted."""
    return running(meeting) and not_paused(meeting)


def conduct(user: Anybody, meeting: Meeting) -> Verdict:
    """Take it further: whoever runs it, while it is going on and is not interrupted."""
    return run(user, meeting) and in_session(meeting)


def as_seen(meeting: Meeting, seen_item: int | None) -> Verdict:
    """The current item is the one that who asks has before their eyes."""
    return refuse_unless(meeting.current_item_id == seen_item, MOVED_ON.code, MOVED_ON.message)


def leave_item(user: Anybody, meeting: Meeting, *, seen_item: int | None, is_busy: bool) -> Verdict:
    """Leave the current item: ``is_busy`` while a vote or a show of hands is open or somebody
    speaks."""
    return conduct(user, meeting) and as_seen(meeting, seen_item) and _not_busy(is_busy=is_busy)


def go_to_item(
    user: Anybody, meeting: Meeting, item: Item, *, seen_item: int | None, is_busy: bool
) -> Verdict:
    """Take up an item: planned, or considered before."""
    return leave_item(user, meeting, seen_item=seen_item, is_busy=is_busy) and refuse_unless(
        item.state in (Item.State.PLANNED, Item.State.DONE),
        "item.not_to_take_up",
        _("The item is considered now already, or was taken off the agenda."),
    )


def close_meeting(
    user: Anybody, meeting: Meeting, *, seen_item: int | None, is_busy: bool
) -> Verdict:
    """Close it, also in a recess: then that is over."""
    return control(user, meeting) and as_seen(meeting, seen_item) and _not_busy(is_busy=is_busy)


def blank(user: Anybody, meeting: Meeting) -> Verdict:
    """Blank the displays, or let them show again: at once, whatever is going on."""
    return control(user, meeting)


def _not_busy(*, is_busy: bool) -> Verdict:
    return refuse_unless(
        not is_busy,
        "meeting.busy",
        _("A vote or a show of hands is open, or somebody is speaking. Please end that first."),
    )
