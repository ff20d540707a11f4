"""Rules of roll-call votes. Pure: the facts are passed in."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import Verdict, refuse, refuse_unless
from meetings.course.rules import as_seen, conduct, in_session
from meetings.models import RollCall, Vote
from meetings.presence.rules import member
from meetings.quickpolls.rules import not_polling
from meetings.rules import run, vote_as

if TYPE_CHECKING:
    from accounts.models import Anybody
    from meetings.models import Deputy, Item, Meeting

NOT_HERE = refuse("rollcall.not_here", _("You are not noted as present in the hall."))


def open_roll_call(
    user: Anybody,
    meeting: Meeting,
    *,
    question: str,
    seen_item: int | None,
    is_open: bool,
    shows_hands: bool = False,
    is_polling: bool = False,
    has_quorum: bool = True,
    needs: str = RollCall.Needs.MAJORITY,
    no_quorum_reason: str = "",
    may_repeat: bool = True,
) -> Verdict:
    """Put a question to the vote: on the current item, one at a time, in a body that votes.

    Without a quorum nothing is carried (280/97-ВР art. 46(12)), so a vote needs a reason then; a
    procedural question is one. ``may_repeat``: what it repeats, if anything, is an annulled vote on
    the same item that nothing else repeats.
    """
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
        and refuse_unless(
            may_repeat,
            "rollcall.not_to_repeat",
            _("Only an annulled vote on the same item is repeated, and once."),
        )
        and refuse_unless(
            has_quorum or needs == RollCall.Needs.PROCEDURAL or no_quorum_reason.strip(),
            "rollcall.no_quorum",
            _(
                "There is no quorum: nothing can be adopted. Note who is present, or say why the "
                "vote is opened all the same; the log keeps the reason."
            ),
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
    is_here: bool,
) -> Verdict:
    """Vote for oneself while it is open and one is noted as present."""
    return (
        vote_as(user, deputy)
        and _cast(roll_call, meeting, choice=choice, is_member=is_member)
        and refuse_unless(is_here, NOT_HERE.code, NOT_HERE.message)
    )


def enter_vote(
    user: Anybody,
    roll_call: RollCall,
    meeting: Meeting,
    *,
    choice: str,
    is_member: bool,
    is_here: bool,
    is_own: bool = False,
) -> Verdict:
    """Enter the vote of any member who is present while it is open, also that they do not vote.

    ``is_own``: the deputy has voted themselves; that is only replaced (``replace_vote``).
    """
    return (
        run(user, meeting)
        and _cast(roll_call, meeting, choice=choice, is_member=is_member, choices=Vote.ENTERED)
        and _not_own(is_own=is_own)
        and refuse_unless(
            is_here,
            "rollcall.not_noted",
            _("They are not noted as present: a vote belongs to somebody who is here."),
        )
    )


def replace_vote(
    user: Anybody,
    roll_call: RollCall,
    meeting: Meeting,
    *,
    choice: str,
    is_member: bool,
    is_own: bool,
    reason: str,
) -> Verdict:
    """Enter another vote in place of a deputy's own, with a reason that everybody reads."""
    return (
        run(user, meeting)
        and _cast(roll_call, meeting, choice=choice, is_member=is_member, choices=Vote.ENTERED)
        and refuse_unless(
            is_own, "rollcall.no_own_vote", _("They have not voted themselves: just enter it.")
        )
        and refuse_unless(
            reason.strip(),
            "rollcall.reason_missing",
            _("Say why: the log keeps it with both votes, and the deputy is told."),
        )
    )


def take_back(
    user: Anybody,
    roll_call: RollCall,
    meeting: Meeting,
    *,
    has_voted: bool,
    is_own: bool = False,
) -> Verdict:
    """Take back a vote that was entered by mistake, while it is open; not a deputy's own."""
    return (
        run(user, meeting)
        and in_session(meeting)
        and _open(roll_call)
        and refuse_unless(
            has_voted, "rollcall.no_vote", _("There is no vote of theirs to be taken back.")
        )
        and _not_own(is_own=is_own)
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


def annul(
    user: Anybody,
    meeting: Meeting,
    roll_call: RollCall,
    *,
    reason: str,
    is_annulled: bool,
) -> Verdict:
    """Annul what was voted by mistake: closed, once, before the minutes are published."""
    return (
        run(user, meeting)
        and refuse_unless(roll_call.closed_at, "rollcall.open", _("The roll-call is still open."))
        and refuse_unless(
            not is_annulled, "rollcall.annulled", _("The roll-call is annulled already.")
        )
        and refuse_unless(
            meeting.minutes_published_at is None,
            "rollcall.in_minutes",
            _("The minutes are published: this roll-call stands in them."),
        )
        and refuse_unless(
            reason.strip(), "rollcall.reason_missing", _("Say why: everybody reads it.")
        )
    )


def decide(
    user: Anybody, meeting: Meeting, item: Item, roll_call: RollCall | None, *, is_annulled: bool
) -> Verdict:
    """Say which vote decided an item, or that none did: never a procedural one, nor one that was
    annulled."""
    return run(user, meeting) and refuse_unless(
        roll_call is None
        or (
            roll_call.item_id == item.pk
            and roll_call.closed_at
            and roll_call.needs != RollCall.Needs.PROCEDURAL
            and not is_annulled
        ),
        "rollcall.decides_nothing",
        _("A procedural question, an open vote and an annulled one decide nothing."),
    )


def _not_own(*, is_own: bool) -> Verdict:
    return refuse_unless(
        not is_own,
        "rollcall.own_vote",
        _("The deputy has voted themselves. Their vote is only replaced, with a reason."),
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


def vote_as_head(*, is_left_out: bool) -> Verdict:
    """Vote as the head of the city: only where they were in the hall as it was opened, because the
    total is fixed then (280/97-ВР art. 59). ``is_left_out``: the head was not."""
    return refuse_unless(
        not is_left_out,
        "rollcall.head_left_out",
        _(
            "The head was not in the hall when this vote was opened: they are not in its total, "
            "and do not vote in it."
        ),
    )


def repeat(*, keeps_majority: bool) -> Verdict:
    """Repeat a vote on an amendment or on a stopped decision: by the majority that it took."""
    return refuse_unless(
        keeps_majority,
        "rollcall.another_majority",
        _("A vote on an amendment or on a stopped decision is repeated by the same majority."),
    )
