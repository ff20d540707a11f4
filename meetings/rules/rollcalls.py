"""Rules of roll-call votes. Pure: the facts are passed in."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import Verdict, refuse_unless
from meetings.models import Vote
from meetings.rules.course import as_seen, conduct, in_session
from meetings.rules.presence import member
from meetings.rules.quickpolls import not_polling
from meetings.rules.roles import run, vote_as

if TYPE_CHECKING:
    from accounts.models import Anybody
    from meetings.models import Deputy, Meeting, RollCall


def open_roll_call(
    user: Anybody,
    meeting: Meeting,
    *,
    question: str,
    seen_item: int | None,
    is_open: bool,
    shows_hands: bool = False,
    is_polling: bool = False,
) -> Verdict:
    """Put a question to the vote: on the current item, one at a time, in a body that votes."""
    return (
        conduct(user, meeting)
        and refuse_unless(
            meeting.body_id,
            "rollcall.of_no_body",
            _("Nobody votes by name here: it is the meeting of no body."),
        )
        and as_seen(meeting, seen_item)
        and refuse_unless(
            meeting.current_item_id,
            "rollcall.no_item",
            _("Please take up the item of the agenda first."),
        )
        and refuse_unless(
            not is_open, "rollcall.another_open", _("Another roll-call is open already.")
        )
        and not_polling(is_polling=is_polling)
        and refuse_unless(
            not shows_hands,
            "rollcall.hands_open",
            _("A show of hands is open. Please close it first."),
        )
        and refuse_unless(
            question.strip(), "rollcall.question_missing", _("Please say what is put to the vote.")
        )
    )


def vote(
    user: Anybody,
    deputy: Deputy,
    roll_call: RollCall,
    meeting: Meeting,
    *,
    choice: str,
    is_member: bool,
) -> Verdict:
    """Vote for oneself while it is open."""
    return vote_as(user, deputy) and _cast(roll_call, meeting, choice=choice, is_member=is_member)


def enter_vote(
    user: Anybody, roll_call: RollCall, meeting: Meeting, *, choice: str, is_member: bool
) -> Verdict:
    """Enter the vote of any member while it is open, also that they do not vote."""
    return run(user, meeting) and _cast(
        roll_call, meeting, choice=choice, is_member=is_member, choices=Vote.ENTERED
    )


def take_back(user: Anybody, roll_call: RollCall, meeting: Meeting, *, has_voted: bool) -> Verdict:
    """Take back a vote that was entered by mistake, while it is open."""
    return (
        run(user, meeting)
        and in_session(meeting)
        and _open(roll_call)
        and refuse_unless(
            has_voted, "rollcall.no_vote", _("There is no vote of theirs to be taken back.")
        )
    )


def close_roll_call(user: Anybody, meeting: Meeting, roll_call: RollCall) -> Verdict:
    """Close it, once."""
    return conduct(user, meeting) and _open(roll_call)


def publish_roll_call(user: Anybody, meeting: Meeting, roll_call: RollCall) -> Verdict:
    """Publish it when it is closed, once; the meeting may be over."""
    return (
        run(user, meeting)
        and refuse_unless(roll_call.closed_at, "rollcall.open", _("The roll-call is still open."))
        and refuse_unless(
            roll_call.published_at is None,
            "rollcall.published",
            _("The roll-call is published already."),
        )
    )


def _cast(
    roll_call: RollCall,
    meeting: Meeting,
    *,
    choice: str,
    is_member: bool,
    choices: Collection[str] = Vote.CAST,
) -> Verdict:
    return (
        in_session(meeting)
        and _open(roll_call)
        and member(is_member=is_member)
        and refuse_unless(
            choice in choices, "rollcall.no_such_choice", _("Please choose one of the votes.")
        )
    )


def _open(roll_call: RollCall) -> Verdict:
    return refuse_unless(
        roll_call.closed_at is None, "rollcall.closed", _("The roll-call is closed already.")
    )
