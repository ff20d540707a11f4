"""What the office may do for who votes by a list or on paper. Pure: the facts are passed in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import ALLOWED, Verdict, refuse
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
    verdict = rules.run(user, poll)
    if verdict and poll.voters != Poll.Voters.INVITED:
        return NOT_BY_LIST
    return verdict and rules.revise(user, poll, now=now)


def print_codes(user: User | AnonymousUser, poll: Poll, *, now: datetime) -> Verdict:
    """Print codes for people on the list, or make them void: from the announcement, when the list
    is final, until the close."""
    verdict = rules.run(user, poll)
    if not verdict:
        return verdict
    if poll.voters != Poll.Voters.INVITED:
        return NOT_BY_LIST
    state = poll.state_at(now)
    if state == State.DRAFT:
        return refuse(
            "poll.list_not_final",
            _("Codes are printed when the poll is announced: until then the list may change."),
        )
    if state in (State.SCHEDULED, State.OPEN):
        return ALLOWED
    return rules.CANCELLED if state == State.CANCELLED else rules.OVER


def enter_paper(user: User | AnonymousUser, poll: Poll, *, now: datetime, left: int = 1) -> Verdict:
    """Enter a ballot on paper: who runs the poll, from its opening until it is published.

    Not in a secret poll: who hands out a sheet and who types it might tell whose it is. By a list,
    ``left`` is how many of the sheets that were handed out to its people are not typed yet.
    """
    verdict = rules.run(user, poll)
    if not verdict:
        return verdict
    if poll.is_secret:
        return NO_PAPER_HERE
    state = poll.state_at(now)
    if state == State.CANCELLED:
        return rules.CANCELLED
    if state not in (State.OPEN, State.CLOSED):
        return refuse(
            "poll.no_paper", _("Paper ballots are entered from the opening until the results.")
        )
    if poll.voters == Poll.Voters.INVITED and left < 1:
        return refuse(
            "paper.none_handed",
            _("As many sheets are typed as were handed out: give the person a sheet on the list."),
        )
    return ALLOWED


def print_sheets(user: User | AnonymousUser, poll: Poll, *, now: datetime) -> Verdict:
    """Print empty ballots: from the announcement, when the questions are final, to the close."""
    verdict = rules.run(user, poll)
    if not verdict:
        return verdict
    if poll.is_secret:
        return NO_PAPER_HERE
    state = poll.state_at(now)
    if state in (State.SCHEDULED, State.OPEN):
        return ALLOWED
    return NOT_FINAL if state == State.DRAFT else rules.voting(poll, now=now)


def hand_sheet(user: User | AnonymousUser, poll: Poll, *, now: datetime) -> Verdict:
    """Give somebody on the list a sheet, with which she votes instead: while it is open."""
    verdict = enter_paper(user, poll, now=now)
    if not verdict:
        return verdict
    if poll.voters != Poll.Voters.INVITED:
        return NOT_BY_LIST
    return rules.voting(poll, now=now)


def confirm_paper(
    user: User | AnonymousUser, poll: Poll, ballot: PaperBallot, *, now: datetime
) -> Verdict:
    """Check what a colleague entered: somebody else than she."""
    verdict = enter_paper(user, poll, now=now)
    if not verdict:
        return verdict
    if ballot.confirmed_at:
        return refuse("paper.confirmed", _("This sheet has been checked already."))
    if ballot.entered_by_id == user.pk:
        return refuse("paper.same_person", _("Somebody else has to check what you entered."))
    return ALLOWED


def withdraw_paper(
    user: User | AnonymousUser, poll: Poll, ballot: PaperBallot, *, now: datetime
) -> Verdict:
    """Take back what one typed oneself, to type it anew: until a colleague has typed the same."""
    verdict = enter_paper(user, poll, now=now)
    if not verdict:
        return verdict
    if ballot.confirmed_at:
        return refuse("paper.confirmed", _("This sheet has been checked already."))
    if ballot.entered_by_id != user.pk and not user.is_administrator:  # type: ignore[union-attr]
        return refuse("paper.not_yours", _("Only who typed the sheet takes it back."))
    return ALLOWED
