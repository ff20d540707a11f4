"""Rules of the office, for people who vote by a list or on paper. Pure: the facts are passed in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import ALLOWED, Verdict, refuse, refuse_unless
from votes import rules
from votes.models import Poll, State

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from votes.models import PaperBallot

NOT_BY_LIST = refuse("poll.not_by_list", _("In this poll people do not vote by a list."))
NO_PAPER_HERE = refuse("poll.no_paper_here", _("In a secret poll votes are cast here alone."))
NOT_FINAL = refuse(
    "poll.not_final", _("Ballots are printed when the poll is announced: it may still change.")
)
HAS_VOTED = refuse("vote.voted_already", _("This person has voted already, or was given a sheet."))
NO_SHEET = refuse("paper.no_sheet", _("This person was given no sheet."))


def list_people(user: User | AnonymousUser, poll: Poll, *, now: datetime) -> Verdict:
    """Put people on the list of who may vote, or take them off: until the poll is announced.

    What was announced stays as it was read, and whoever stands on the list then can rely on it.
    """
    return rules.run(user, poll) and _is_by_list(poll) and rules.revise(user, poll, now=now)


def _is_by_list(poll: Poll) -> Verdict:
    return ALLOWED if poll.voters == Poll.Voters.INVITED else NOT_BY_LIST


def _takes_paper(poll: Poll) -> Verdict:
    return NO_PAPER_HERE if poll.is_secret else ALLOWED


def print_codes(user: User | AnonymousUser, poll: Poll, *, now: datetime) -> Verdict:
    """Print codes for people on the list, or make them void: from the announcement, when the list
    is final, until the close."""
    return (
        rules.run(user, poll)
        and _is_by_list(poll)
        and refuse_unless(
            poll.state_at(now) != State.DRAFT,
            "poll.list_not_final",
            _("Codes are printed when the poll is announced: until then the list may change."),
        )
        and rules.is_to_come(poll, now=now)
    )


def enter_paper(user: User | AnonymousUser, poll: Poll, *, now: datetime, left: int = 1) -> Verdict:
    """Enter a ballot on paper: who runs the poll, from its opening until it is published.

    Not in a secret poll: who hands out a sheet and who types it might tell whose it is. By a list,
    ``left`` is how many of the sheets that were handed out to its people are not typed yet.
    """
    state = poll.state_at(now)
    return (
        rules.run(user, poll)
        and _takes_paper(poll)
        and (rules.CANCELLED if state == State.CANCELLED else ALLOWED)
        and refuse_unless(
            state in (State.OPEN, State.CLOSED),
            "poll.no_paper",
            _("Paper ballots are entered from the opening until the results."),
        )
        and refuse_unless(
            left > 0 or poll.voters != Poll.Voters.INVITED,
            "paper.none_handed",
            _("As many sheets are typed as were handed out: give the person a sheet on the list."),
        )
    )


def print_sheets(user: User | AnonymousUser, poll: Poll, *, now: datetime) -> Verdict:
    """Print empty ballots: from the announcement, when the questions are final, to the close."""
    return (
        rules.run(user, poll)
        and _takes_paper(poll)
        and (NOT_FINAL if poll.state_at(now) == State.DRAFT else ALLOWED)
        and rules.is_to_come(poll, now=now)
    )


def hand_sheet(user: User | AnonymousUser, poll: Poll, *, now: datetime) -> Verdict:
    """Give somebody on the list a sheet, with which they vote instead: while it is open."""
    return enter_paper(user, poll, now=now) and _is_by_list(poll) and rules.voting(poll, now=now)


def confirm_paper(
    user: User | AnonymousUser, poll: Poll, ballot: PaperBallot, *, now: datetime
) -> Verdict:
    """Check what a colleague entered: somebody else than they."""
    return (
        enter_paper(user, poll, now=now)
        and _waits_for_check(ballot)
        and refuse_unless(
            ballot.entered_by_id != user.pk,
            "paper.same_person",
            _("Somebody else has to check what you entered."),
        )
    )


def _waits_for_check(ballot: PaperBallot) -> Verdict:
    return refuse_unless(
        not ballot.confirmed_at, "paper.confirmed", _("This sheet has been checked already.")
    )


def withdraw_paper(
    user: User | AnonymousUser, poll: Poll, ballot: PaperBallot, *, now: datetime
) -> Verdict:
    """Take back what one typed oneself, to type it anew: until a colleague has typed the same."""
    is_administrator = not user.is_anonymous and user.is_administrator
    return (
        enter_paper(user, poll, now=now)
        and _waits_for_check(ballot)
        and refuse_unless(
            ballot.entered_by_id == user.pk or is_administrator,
            "paper.not_yours",
            _("Only the person who typed the sheet can take it back."),
        )
    )
