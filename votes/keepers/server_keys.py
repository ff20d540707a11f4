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
from votes.keepers import actions as keepers_actions
from votes.models import Keeper, Poll
from votes.opening import actions as opening_actions

logger = logging.getLogger(__name__)

_STANDBYS = "SELECT count(*), bool_and(flush_lsn >= %s::pg_lsn) FROM pg_stat_replication"


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
        _erase(path)


def load(poll: Poll) -> X25519PrivateKey:
    """The key of a poll. Raises OSError or ValueError where it cannot be read."""
    keeper = Keeper.objects.get(poll=poll)
    path = _path(poll.pk, bytes(keeper.public_key))
    key = X25519PrivateKey.from_private_bytes(path.read_bytes())
    if key.public_key().public_bytes_raw() != bytes(keeper.public_key):
        raise ValueError(f"the key of poll {poll.pk} is another one")
    return key


def tend() -> None:
    """Make the keys that are missing, open what has closed, destroy the keys that are done with."""
    mine = Poll.objects.filter(secrecy=Poll.Secrecy.SECRET, keeping=Poll.Keeping.SERVER)
    for poll in mine.filter(scheduled_at=None, keepers=None):
        make(poll)
    for poll in mine.closed().filter(opened_at=None):
        try:
            opening_actions.open_boxes(poll, load(poll))
        except (OSError, ValueError, Refused) as error:
            logger.error("The boxes of poll %s are not opened: %s", poll.pk, error)
    gone = mine.filter(key_destroyed_at=None, scheduled_at__isnull=False)
    destroy(gone.filter(cancelled_at__isnull=False))
    opened = gone.filter(opened_at__isnull=False)
    if opened and standbys_have_it():
        destroy(opened)


def probe() -> list[int]:
    """The polls under way whose key cannot be read: to be told at once, while people can still be
    asked to vote anew."""
    lost = []
    for poll in Poll.objects.filter(
        Q(opened_at=None, cancelled_at=None, keepers__isnull=False),
        secrecy=Poll.Secrecy.SECRET,
        keeping=Poll.Keeping.SERVER,
    ):
        try:
            load(poll)
        except (OSError, ValueError) as error:
            logger.error("The key of poll %s cannot be read: %s", poll.pk, error)
            lost.append(poll.pk)
    return lost


def standbys_have_it() -> bool:
    """Whether there are standbys and each has on its disk what was committed here up to now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_lsn()::text")
        (here,) = cursor.fetchone()
        cursor.execute(_STANDBYS, [here])
        number, have = cursor.fetchone()
        return bool(number and have)


def destroy(polls: Iterable[Poll]) -> None:
    """Overwrite and delete the keys of these polls. What a disk or a snapshot kept of the former
    bytes is not erased by that."""
    for poll in polls:
        for keeper in Keeper.objects.filter(poll=poll):
            if (path := _path(poll.pk, bytes(keeper.public_key))).exists():
                _erase(path)
        Poll.objects.filter(pk=poll.pk).update(key_destroyed_at=clock.now())


def _erase(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
