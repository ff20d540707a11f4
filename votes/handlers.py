"""Event handlers of polls for the joining of two accounts of one person.

A person has one vote in a poll. The second one goes while the poll is open: of a secret poll the
gone account's record with its box, which nobody can open yet, where both have voted. Once a poll
has closed its result stands, and with it every vote that it was counted from; the second record
stays with the account that is gone, which is nobody's by name.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from accounts.identity.events import AccountsMerged, PersonRecognised
from accounts.locks import guards
from core.domain import clock
from core.domain.events import within
from votes.models import OpenBallot, Poll, SecretVoterRecord, State, VoterRecord


@within(AccountsMerged)
def accounts_merged(event: AccountsMerged) -> None:
    """One person has one vote. What the one account cast for an organisation, which has one vote
    whoever casts it, the other may change."""
    _count_once(event.kept_id, event.gone_id)
    for_others = VoterRecord.objects.filter(user=event.gone_id, organisation__isnull=False)
    for_others.update(user=event.kept_id)


@within(PersonRecognised)
def person_recognised(event: PersonRecognised) -> None:
    """Their votes are theirs again: they change them, and vote in none of these polls once more.
    What they cast for an organisation is the organisation's, and stays as it was."""
    _count_once(event.user_id, event.before_id)


@guards
def guard(people: Collection[int]) -> None:
    """The polls in which they have a voter record and which are not counted yet, as whoever votes
    does."""
    in_open = VoterRecord.objects.filter(user__in=people).values("poll")
    running = Poll.objects.filter(published_at=None, cancelled_at=None)
    in_secret = SecretVoterRecord.objects.filter(user__in=people).values("poll")
    polls = running.filter(Q(pk__in=in_open) | Q(pk__in=in_secret)).order_by("pk")
    list(polls.select_for_update(no_key=True).values_list("pk", flat=True))


def _count_once(kept: int, gone: int) -> None:
    # Held already, unless one of them came to have a record at this very moment.
    guard((kept, gone))
    now = clock.now()
    for kind in (VoterRecord, SecretVoterRecord):
        own = kind.objects.filter(organisation=None)
        theirs = {each.poll_id: each for each in own.filter(user=gone).select_related("poll")}
        for record in own.filter(user=kept, poll__in=theirs):
            other = theirs[record.poll_id]
            if other.poll.state_at(now) == State.OPEN:
                _let_go(_spare(record, other))
        still_both = own.filter(user=kept).values("poll")
        own.filter(user=gone).exclude(poll__in=still_both).update(user=kept)


def _spare[R: (VoterRecord, SecretVoterRecord)](kept: R, gone: R) -> R | None:
    """Which of two records in an open poll can go: what is not used, else the vote that was cast
    here (a sheet of paper lies among the others), that of the account that is gone first."""
    for record in (gone, kept):
        if not record.used:
            return record
    return next((record for record in (gone, kept) if not record.on_paper), None)


def _let_go(record: VoterRecord | SecretVoterRecord | None) -> None:
    if isinstance(record, VoterRecord):
        OpenBallot.objects.filter(voter_record=record).delete()
    if record is not None:
        record.delete()
