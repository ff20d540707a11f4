"""The voter in whose name a vote is cast: a person, an organisation, or a line of a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from accounts.eligibility import load_eligibility
from accounts.rules import sign_with_name
from core.domain.email_addresses import to_comparable
from core.domain.rules import require
from organisations.mandates import queries
from organisations.models import MandatePower
from votes import rules
from votes.models import Invitation, Poll

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import User


@dataclass(frozen=True, slots=True)
class Voter:
    """Whose voter record it is: exactly one of them in a secret poll; with an organisation,
    ``user_id`` is who casts its vote in an open one. The rest is what turnout is split by."""

    user_id: int | None = None
    organisation_id: int | None = None
    invitation_id: int | None = None
    district_id: int | None = None
    age_over: int | None = None

    @property
    def column(self) -> str:
        """The column of voter records that says whose one is."""
        names = ("organisation_id", "invitation_id", "user_id")
        return next(name for name in names if getattr(self, name) is not None)


def voter_for(
    poll: Poll, user: User, *, now: datetime, organisation_id: int | None = None
) -> Voter:
    """In whose name ``user`` votes here; call it inside an action, after the poll's lock.

    Refuses by rules.vote, where names are shown by accounts.rules.sign_with_name, and by
    organisations.rules.speak_for, and with
    ``vote.organisation_needed`` and ``vote.not_on_list``.
    """
    if poll.secrecy == Poll.Secrecy.NAMED and poll.voters != Poll.Voters.INVITED:
        require(sign_with_name(user))
    if poll.voters == Poll.Voters.ORGANISATIONS:
        return _organisation(poll, user, now, organisation_id)
    if poll.voters == Poll.Voters.INVITED:
        require(rules.vote(user, poll, now=now, eligibility=None))
        email = to_comparable(user.email or "-")
        invited = Invitation.objects.filter(poll=poll, email=email).first()
        if invited is None:
            require(rules.NOT_ON_LIST)
        return Voter(user_id=user.pk, invitation_id=invited.pk if invited else None)
    if poll.requirement.asks_nothing and not poll.splits:
        require(rules.vote(user, poll, now=now, eligibility=None))
        return Voter(user_id=user.pk)
    eligibility = load_eligibility(user)
    require(rules.vote(user, poll, now=now, eligibility=eligibility))
    return Voter(user.pk, district_id=eligibility.district_id, age_over=eligibility.age_over)


def _organisation(poll: Poll, user: User, now: datetime, organisation_id: int | None) -> Voter:
    if organisation_id is None:
        require(rules.vote(user, poll, now=now, eligibility=load_eligibility(user, speaks_for=0)))
        require(rules.ORGANISATION_NEEDED)
    mandate = queries.hold(user, organisation_id or 0, MandatePower.VOTE)
    eligibility = load_eligibility(user, speaks_for=mandate.organisation_id)
    require(rules.vote(user, poll, now=now, eligibility=eligibility))
    return Voter(user_id=user.pk, organisation_id=mandate.organisation_id)
