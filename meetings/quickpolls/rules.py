"""Rules of quick polls in meetings. Pure: the facts are passed in.

Who votes, and how, is for votes/ to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import Verdict, refuse_unless
from meetings.course.rules import as_seen, conduct, control

if TYPE_CHECKING:
    from accounts.models import Anybody
    from meetings.models import Meeting, QuickPoll


def open_poll(
    user: Anybody,
    meeting: Meeting,
    *,
    seen_item: int | None,
    is_polling: bool,
    is_roll_call_open: bool,
    shows_hands: bool,
) -> Verdict:
    """Put a survey to those who are present: one at a time, and not beside a roll-call or a show of
    hands."""
    return (
        conduct(user, meeting)
        and as_seen(meeting, seen_item)
        and refuse_unless(
            not is_roll_call_open,
            "quickpoll.roll_call_open",
            _("A roll-call is open. Please close it first."),
        )
        and refuse_unless(
            not shows_hands,
            "quickpoll.hands_open",
            _("A show of hands is open. Please close it first."),
        )
        and not_polling(is_polling=is_polling)
    )


def not_polling(*, is_polling: bool) -> Verdict:
    """No survey is open: something else can be put to the vote."""
    return refuse_unless(
        not is_polling,
        "quickpoll.open",
        _("A survey of those present is open. Please close it first."),
    )


def close_poll(user: Anybody, meeting: Meeting, quick: QuickPoll) -> Verdict:
    """Close it, once."""
    return control(user, meeting) and refuse_unless(
        quick.closed_at is None, "quickpoll.closed", _("The survey is closed already.")
    )
