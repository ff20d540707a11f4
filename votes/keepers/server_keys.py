"""The server's own keys of secret polls: files of a process that alone can read them.

The weaker choice (docs/adr/0118): whoever copies this whole machine before the close reads every
ballot. ``manage.py ballot_keys`` runs as a user of its own (deploy/viche-keys.service); pages,
jobs and the backup have no right to the folder. A file holds the raw key of one poll, and is named
by the poll and the public key.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings
from django.db import connection
from django.db.models import Q

from core.domain import clock
from core.domain.rules import Refused
from votes.ballots.boxes import SUITE
from votes.keepers import actions as keepers_actions
from votes.models import Keeper, Poll
from votes.opening import actions as opening_actions
from votes.querysets import PollQuerySet

logger = logging.getLogger(__name__)

#: Standbys and the place to which each has the log on its disk: NULL where it is not connected, and
#: to whoever may not read it (docs/deploy.md). Whatever subscribes to rows is no standby.
_STANDBYS = """
SELECT count(*), bool_and(coalesce(flush_lsn >= %s::pg_lsn, false)) FROM (
    SELECT flush_lsn FROM pg_stat_replication AS sender
    LEFT JOIN pg_replication_slots AS slot ON slot.active_pid = sender.pid
    WHERE slot.slot_type IS DISTINCT FROM 'logical'
    UNION ALL SELECT NULL FROM pg_replication_slots WHERE slot_type = 'physical' AND NOT active
) AS standby
"""
#: Where the log was when this process first saw that a poll is opened.
_seen: dict[int, str] = {}


def _path(poll_id: int, public_key: bytes) -> Path:
    return Path(settings.BALLOT_KEYS_ROOT) / f"{poll_id}-{public_key.hex()}.key"


def make(poll: Poll) -> None:
    """Make the key of a poll that is prepared; the file is on the disk before its public half is
    anywhere."""
    key = X25519PrivateKey.generate()
    public_key = key.public_key().public_bytes_raw()
    path = _path(poll.pk, public_key)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=False)
    with path.open("wb") as file:
        file.write(key.private_bytes_raw())
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
    if keepers_actions.add_server(poll, public_key) is None:
        _overwrite(path)
        path.unlink()


def load(poll: Poll) -> X25519PrivateKey:
    """The key of a poll. Raises OSError or ValueError where it cannot be read."""
    keeper = Keeper.objects.get(poll=poll)
    path = _path(poll.pk, bytes(keeper.public_key))
    key = X25519PrivateKey.from_private_bytes(path.read_bytes())
    if key.public_key().public_bytes_raw() != bytes(keeper.public_key):
        raise ValueError(f"the key of poll {poll.pk} is another one")
    return key


def _mine() -> PollQuerySet:
    return Poll.objects.filter(secrecy=Poll.Secrecy.SECRET, keeping=Poll.Keeping.SERVER)


def _done_with() -> PollQuerySet:
    """The polls whose key is there no longer for anything, and not destroyed."""
    over = Q(cancelled_at__isnull=False) | Q(opened_at__isnull=False)
    return _mine().filter(over, key_destroyed_at=None, suite=SUITE)


def tend() -> None:
    """Make the keys that are missing, open what has closed, destroy the keys that are done with."""
    for poll in _mine().filter(scheduled_at=None, keepers=None):
        make(poll)
    for poll in _mine().closed().filter(opened_at=None):
        try:
            opening_actions.open_boxes(poll, load(poll))
        except (OSError, ValueError, Refused) as error:
            logger.error("The boxes of poll %s are not opened: %s", poll.pk, error)
    destroy(poll for poll in _done_with() if poll.cancelled_at or standbys_have(poll))


def probe() -> list[int]:
    """The polls under way whose key cannot be read: to be told at once, while people can still be
    asked to vote anew. Tells also which keys wait to be destroyed."""
    for pk, opened_at in _done_with().values_list("pk", "opened_at"):
        why = "not all standbys have what followed, or it is not here" if opened_at else "not here"
        logger.warning("The key of poll %s is not destroyed: %s", pk, why)
    lost = []
    for poll in _mine().filter(opened_at=None, cancelled_at=None, keepers__isnull=False):
        try:
            load(poll)
        except (OSError, ValueError) as error:
            logger.error("The key of poll %s cannot be read: %s", poll.pk, error)
            lost.append(poll.pk)
    return lost


def standbys_have(poll: Poll) -> bool:
    """Whether there are standbys and each has on its disk what this opened poll's boxes became."""
    with connection.cursor() as cursor:
        if poll.pk not in _seen:
            cursor.execute("SELECT pg_current_wal_lsn()::text")
            _seen[poll.pk] = cursor.fetchone()[0]
        cursor.execute(_STANDBYS, [_seen[poll.pk]])
        number, have = cursor.fetchone()
        return bool(number and have)


def destroy(polls: Iterable[Poll]) -> int:
    """Overwrite and delete the keys of these polls; returns of how many. Of a key that is not here
    nothing is said. What a disk or a snapshot kept of the former bytes is not erased by that."""
    destroyed = 0
    for poll in polls:
        kept = (_path(poll.pk, bytes(each.public_key)) for each in Keeper.objects.filter(poll=poll))
        if paths := [path for path in kept if path.exists()]:
            for path in paths:
                _overwrite(path)
            Poll.objects.filter(pk=poll.pk).update(key_destroyed_at=clock.now())
            for path in paths:
                path.unlink()
            destroyed += 1
    return destroyed


def _overwrite(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
