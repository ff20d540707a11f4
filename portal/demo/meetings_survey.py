"""A survey of those present at the demo city's session, played by the actions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from accounts.models import User
from meetings.actions import quickpolls
from meetings.models import Meeting, QuickPoll
from portal.demo import city
from votes.actions import cast


def ask_those_present(
    meeting: Meeting, row: Mapping[str, Any], *, by: User, wait: Callable[[float], None]
) -> QuickPoll:
    """Ask, let the people of ``row`` answer by the numbers of the options, and close it."""
    quick = quickpolls.open_quick_poll(
        meeting,
        by=by,
        question={
            "text": row["text"],
            "kind": "single",
            "options": [{"text": option} for option in row["options"]],
        },
        seen_item=meeting.current_item_id,
    )
    question = quick.poll.questions.get()
    options = list(question.options.order_by("place"))
    for key, number in row["answers"].items():
        wait(4)
        voter = User.objects.get(email=city.email_of(key))
        cast.cast(quick.poll, by=voter, choices={str(question.pk): options[number - 1].pk})
    wait(6)
    return quickpolls.close_quick_poll(quick, by=by)


def end_survey(meeting: Meeting, *, by: User) -> None:
    """Close one that was broken off."""
    for quick in meeting.quick_polls.filter(closed_at=None):
        quickpolls.close_quick_poll(quick, by=by)
