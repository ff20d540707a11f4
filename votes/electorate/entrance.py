"""Sign-in to a poll by a code on paper, without an account.

A code has nineteen random digits, 63 bits: with a hundred thousand codes out, a million tries a
second find none in a lifetime. So the count of wrong ones carries no security, and a right code is
never refused for it: nobody can keep others from voting, not even from the same address. Wrong
codes are counted by client address and poll, and that row is all that a try leaves; a right code
leaves none (docs/votes.md says what such a row would betray).
"""

from __future__ import annotations

from collections.abc import Sequence

from accounts.limits import TEN_MINUTES, Limit
from accounts.paper import codes
from core.domain.rules import Refused, require
from votes import rules
from votes.electorate.printing import purpose
from votes.models import Invitation, Poll, voter_records

#: Wrong codes of one client in one poll.
WRONG = Limit("poll-code", 10, TEN_MINUTES)


def invitation_of(poll: Poll, written: str, clients: Sequence[str]) -> Invitation:
    """Whose line of the list a code stands for; writes nothing if it is right.
    ``clients``: ``core.web.client_ip.client_groups``, by which limits count.

    Refuses ``vote.wrong_code``, and ``limit.reached`` for wrong codes over the limit. Call it
    outside of actions.
    """
    digest = codes.digest_of(written, purpose(poll.pk))
    found = Invitation.objects.filter(poll=poll, code=bytes.fromhex(digest)).first()
    if found is None:
        require(WRONG.spend_client(clients, poll.pk))
        raise Refused(rules.WRONG_CODE)
    return found


def has_voted(poll: Poll, invitation: Invitation) -> bool:
    """Whether the line's vote is used up."""
    return voter_records(poll).used().filter(invitation=invitation).exists()
