"""The re-seal of a secret poll, so that nothing in the database leads from a voter to a ballot."""

from __future__ import annotations

import logging

from django.db import OperationalError, connection
from django.db.models import Q
from psycopg.errors import LockNotAvailable

from core.db.connections import APPLICATION_NAME
from core.domain import clock
from core.domain.actions import action, locked
from votes import partitions
from votes.models import Poll, SealedBallot, cast_ballots, voter_records

logger = logging.getLogger(__name__)

#: So many new ballots at least, and a tenth of those that are sealed already: a small poll is
#: sealed often, a large one is not rewritten for every few.
FEWEST, SHARE = 20, 10
#: The advisory lock by which backups (deploy/backup, shared) and re-seals exclude each other.
BACKUP_LOCK = 8_423_170_024
#: For so long votes of the poll wait for whoever reads its partitions, before it is put off.
LOCK_MILLISECONDS = 300

# A transaction with a snapshot from before the re-seal would find the new leaf empty. A transaction
# of ours begins each statement with a snapshot of its own. One that began long ago is no dump that
# is about to lock its tables: a dump that has locked them holds the re-seal off by that lock. Of
# another role's session PostgreSQL tells no more than that it is in a transaction.
_SNAPSHOTS = """
SELECT a.pid, a.application_name
FROM pg_stat_activity a
WHERE a.datname = current_database() AND a.pid <> pg_backend_pid() AND a.usesysid IS NOT NULL
    AND NOT starts_with(a.application_name, %s)
    AND CASE
        WHEN pg_has_role(a.usesysid, 'USAGE') OR pg_has_role('pg_read_all_stats', 'USAGE') THEN
            a.backend_type = 'client backend' AND a.backend_xmin IS NOT NULL
            AND a.xact_start > pg_catalog.clock_timestamp() - interval '10 minutes'
        ELSE EXISTS (
            SELECT FROM pg_locks l
            WHERE l.pid = a.pid AND l.locktype = 'virtualxid' AND l.granted
        )
    END
LIMIT 1
"""


class PutOff(Exception):
    """A re-seal cannot take place now: a backup is written, or somebody reads an older snapshot."""


def reseal(poll: Poll) -> int:
    """Write the voter records and the ballots of a secret poll anew, sorted, into new files.

    Returns how many ballots are sealed. People vote meanwhile: their votes wait for the moment in
    which the files are exchanged, and those cast during the copy are left to the next re-seal.
    Raises PutOff, and changes nothing then. Emits nothing.
    """
    try:
        with action():
            _exclude_backups()
            require_no_older_snapshot()
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL work_mem = '128MB'")  # sorts write no file
                cursor.execute("SET LOCAL statement_timeout = '10min'")
            made = [partitions.Replacement(table, poll) for table in partitions.TABLES]
            copied = {each.table: each.fill() for each in made}
            poll = locked(poll)
            partitions.lock(poll, milliseconds=LOCK_MILLISECONDS)
            for each in made:
                if not each.catch_up():
                    raise PutOff(f"rows of {each.partition} were deleted during the copy")
                each.put_in_place()
            poll.sealed, poll.sealed_at = copied[partitions.BALLOTS], clock.now()
            poll.save(update_fields=["sealed", "sealed_at"])
            require_no_older_snapshot()
            return poll.sealed
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise PutOff("somebody reads the poll's partitions, as a dump does") from error
        raise


def _exclude_backups() -> None:
    """Take the lock until the end of the transaction, so that no backup begins before it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [BACKUP_LOCK])
        if not cursor.fetchone()[0]:
            raise PutOff("a backup is being written")


def require_no_older_snapshot() -> None:
    """Raise PutOff while a session that is not ours might look at the poll as it was before."""
    with connection.cursor() as cursor:
        cursor.execute(_SNAPSHOTS, [APPLICATION_NAME])
        if found := cursor.fetchone():
            raise PutOff("process {} ({}) holds an older snapshot".format(*found))


def reseal_what_waits() -> int:
    """Re-seal the secret polls in which enough new ballots lie, and those that have closed or were
    called off since. Returns how many polls.

    A job calls it every minute, outside of a transaction; what was put off waits for its next turn.
    """
    over = Q(closes_at__lte=clock.Now()) | Q(cancelled_at__isnull=False)
    waiting = Poll.objects.filter(
        secrecy=Poll.Secrecy.SECRET, frozen_at__isnull=False, published_at=None
    ).annotate(over=over)
    done = 0
    for poll in waiting:
        # A query a poll: one for all would wait for, and hold off, the re-seal of each.
        new = cast_ballots(poll).count() - poll.sealed
        if new >= max(FEWEST, poll.sealed // SHARE) or (new and poll.over):
            try:
                reseal(poll)
            except PutOff as reason:
                logger.warning("The re-seal of a secret poll is put off: %s.", reason)
            else:
                done += 1
    return done


def numbers_of(poll: Poll) -> tuple[int, int]:
    """How many have voted and how many ballots there are, those on paper left out."""
    voted = voter_records(poll).used().filter(on_paper=False).count()
    return voted, SealedBallot.objects.of_poll(poll).count()


def numbers_agree(poll: Poll) -> bool:
    """Whether there are as many ballots as used voter records, those on paper left out."""
    voted, ballots = numbers_of(poll)
    return voted == ballots
