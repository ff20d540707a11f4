"""What polls do when it turns out that two accounts are one person's.

She has one vote in a poll. Of an open one the vote in the second account goes, while the poll is
open. Of a secret one nobody can take a vote out of the box again, because nobody knows which it is:
only a mark that is not used yet can go, and where both accounts have voted already both votes
count. (A poll that has to be sure of its voters asks for confirmed ones: a person is confirmed in
one account alone.) Once a poll has closed its result stands, and with it every vote that it was
counted from; the second mark stays with the account that is gone, which is nobody's by name.
"""

from __future__ import annotations

from collections.abc import Collection

from accounts.identity.events import AccountsMerged, PersonRecognised
from accounts.locks import guards
from core import clock
from core.events import within
from votes.models import Mark, OpenBallot, Poll, State


@within(AccountsMerged)
def accounts_merged(event: AccountsMerged) -> None:
    """One person has one vote. What the one account cast for an organisation, which has one vote
    whoever casts it, the other may change."""
    _count_once(event.kept_id, event.gone_id)
    for_others = Mark.objects.filter(user=event.gone_id, organisation__isnull=False)
    for_others.update(user=event.kept_id)


@within(PersonRecognised)
def person_recognised(event: PersonRecognised) -> None:
    """Her votes are hers again: she changes them, and votes in none of these polls once more. What
    she cast for an organisation is the organisation's, and stays as it was."""
    _count_once(event.user_id, event.before_id)


@guards
def guard(people: Collection[int]) -> None:
    """The polls in which they have a mark and which are not counted yet, as whoever votes does."""
    marked = Mark.objects.filter(user__in=people).values("poll")
    polls = Poll.objects.filter(pk__in=marked, published_at=None, cancelled_at=None).order_by("pk")
    list(polls.select_for_update(no_key=True).values_list("pk", flat=True))


def _count_once(kept: int, gone: int) -> None:
    guard((kept, gone))  # held already, unless one of them came to have a mark at this very moment
    own = Mark.objects.filter(organisation=None)
    theirs = {mark.poll_id: mark for mark in own.filter(user=gone).select_related("poll")}
    now = clock.now()
    for mark in own.filter(user=kept, poll__in=theirs):
        other = theirs[mark.poll_id]
        if other.poll.state_at(now) == State.OPEN:
            _let_go(_spare(other.poll, mark, other))
    still_both = own.filter(user=kept).values("poll")
    own.filter(user=gone).exclude(poll__in=still_both).update(user=kept)


def _spare(poll: Poll, kept: Mark, gone: Mark) -> Mark | None:
    """Which of two marks in an open poll can go: what is not used, else the vote that was cast
    here (a sheet of paper lies among the others), that of the account that is gone first."""
    for mark in (gone, kept):
        if not mark.used:
            return mark
    if poll.is_secret:
        return None
    return next((mark for mark in (gone, kept) if not mark.on_paper), None)


def _let_go(mark: Mark | None) -> None:
    if mark is not None:
        OpenBallot.objects.filter(mark=mark).delete()
        mark.delete()
