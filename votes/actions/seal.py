"""Re-sealing a secret poll, so that nothing in the database leads from a voter to a ballot."""

from __future__ import annotations

from django.db import connection
from django.db.models import Count, Q

from core import clock, outbox
from core.actions import action, locked
from votes.models import Mark, Poll, SealedBallot

#: So many new ballots at least, and a tenth of those that are sealed already: a small poll is
#: sealed often, a large one is not rewritten for every few.
FEWEST, SHARE = 20, 10

# All are deleted before the first is inserted again, because they are sorted in between. They get
# one xmin, one stretch of the table, and an order that says nothing of when they came.
_BALLOTS = """
WITH gone AS (DELETE FROM votes_sealedballot WHERE poll_id = %s RETURNING code, poll_id, choices)
INSERT INTO votes_sealedballot (code, poll_id, choices)
SELECT code, poll_id, choices FROM gone ORDER BY code
"""
_MARKS = """
WITH gone AS (
    DELETE FROM votes_mark WHERE poll_id = %s AND used
    RETURNING poll_id, user_id, organisation_id, invitation_id, on_paper, district_id, age_over
)
INSERT INTO votes_mark
    (poll_id, user_id, organisation_id, invitation_id, used, on_paper, district_id, age_over)
SELECT poll_id, user_id, organisation_id, invitation_id, true, on_paper, district_id, age_over
FROM gone ORDER BY user_id, organisation_id, invitation_id
"""


def reseal(poll: Poll) -> int:
    """Write the used marks and the ballots of a secret poll anew, sorted; returns how many ballots.

    Under the poll's exclusive lock: votes wait for it and are not refused. Call ``clean`` after its
    transaction. Emits nothing.
    """
    with action():
        poll = locked(poll)
        with connection.cursor() as cursor:
            cursor.execute(_BALLOTS, [poll.pk])
            ballots = int(cursor.rowcount)
            cursor.execute(_MARKS, [poll.pk])
        poll.sealed, poll.sealed_at = ballots, clock.now()
        poll.save(update_fields=["sealed", "sealed_at"])
        return ballots


def clean() -> None:
    """Take what re-sealing left behind out of the tables; outside of any transaction."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM votes_mark, votes_sealedballot")


def clean_soon() -> None:
    """Let a job do it: what asks is a request, which may stand in a transaction."""
    from votes import jobs

    outbox.defer(jobs.clean_secret_polls)


def reseal_what_waits() -> int:
    """Re-seal the secret polls in which enough new ballots lie, and those that have closed or were
    called off since; a job calls it every minute, outside of a transaction. Returns how many polls.
    """
    over = Q(closes_at__lte=clock.Now()) | Q(cancelled_at__isnull=False)
    waiting = Poll.objects.filter(
        secrecy=Poll.Secrecy.SECRET, frozen_at__isnull=False, published_at=None
    ).annotate(ballots=Count("sealed_ballots"), over=over)
    done = 0
    for poll in waiting:
        new = poll.ballots - poll.sealed
        if new >= max(FEWEST, poll.sealed // SHARE) or (new and poll.over):
            reseal(poll)
            done += 1
    if done:
        clean()
    return done


def numbers_of(poll: Poll) -> tuple[int, int]:
    """How many have voted and how many ballots there are, those on paper left out."""
    voted = Mark.objects.filter(poll=poll, used=True, on_paper=False).count()
    return voted, SealedBallot.objects.filter(poll=poll).count()


def numbers_agree(poll: Poll) -> bool:
    """Whether there are as many ballots as used marks, those of voters on paper left out."""
    voted, ballots = numbers_of(poll)
    return voted == ballots
