"""The server's own keys of secret polls: files of a process that alone can read them.

The weaker choice (docs/adr/0118): whoever copies this whole machine before the close reads every
ballot. ``manage.py ballot_keys`` runs as a user of its own (deploy/viche-keys.service); pages,
jobs and the backup have no right to the folder. A file holds the raw key of one poll, and is named
by the poll and the public key.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings
from django.db import DatabaseError
from django.db.models import Q

from core.domain import clock
from core.domain.rules import Refused
from sealing import kept_keys
from sealing.boxes import SUITE, public_half
from votes.keepers import actions as keepers_actions
from votes.models import Keeper, Poll
from votes.opening import actions as opening_actions
from votes.querysets import PollQuerySet

logger = logging.getLogger(__name__)

#: For so many seconds a file may be of a key whose public half is not written down yet.
_BEING_MADE = 3600
#: Where the log was when this process first saw that a poll is opened.
_seen: dict[int, str] = {}


def _path(poll_id: int, public_key: bytes) -> Path:
    return Path(settings.BALLOT_KEYS_ROOT) / f"{poll_id}-{public_key.hex()}.key"


def make(poll: Poll) -> None:
    """Make the key of a poll that is prepared; the file is on the disk before its public half is
    anywhere."""
    key = X25519PrivateKey.generate()
    public_key = public_half(key)
    path = _path(poll.pk, public_key)
    kept_keys.write(path, key)
    if keepers_actions.add_server(poll, public_key) is None:
        kept_keys.overwrite(path)
        path.unlink()


def load(poll: Poll) -> X25519PrivateKey:
    """The key of a poll. Raises OSError or ValueError where it cannot be read."""
    keeper = Keeper.objects.get(poll=poll)
    public_key = bytes(keeper.public_key)
    return kept_keys.read(_path(poll.pk, public_key), public_key)


def _mine() -> PollQuerySet:
    return Poll.objects.filter(secrecy=Poll.Secrecy.SECRET, keeping=Poll.Keeping.SERVER)


def _done_with() -> PollQuerySet:
    """The polls whose key is there no longer for anything, and not destroyed."""
    over = Q(cancelled_at__isnull=False) | Q(opened_at__isnull=False)
    return _mine().filter(over, key_destroyed_at=None, suite=SUITE)


@contextmanager
def _told(poll: Poll, what: str) -> Iterator[None]:
    """Log a failure for one poll, so that it keeps no other from its turn."""
    try:
        yield
    except DatabaseError as error:  # its words may hold values
        logger.error("The %s of poll %s: %s", what, poll.pk, type(error).__name__)
    except (OSError, ValueError, Keeper.DoesNotExist, Refused) as error:
        logger.error("The %s of poll %s: %s", what, poll.pk, error)


def tend() -> None:
    """Open what has closed, make the keys that are missing, destroy the keys that are done with."""
    for poll in _mine().closed().filter(opened_at=None):
        with _told(poll, "boxes are not opened"):
            opening_actions.open_boxes(poll, load(poll))
    for poll in _mine().filter(scheduled_at=None, keepers=None):
        with _told(poll, "key is not made"):
            make(poll)
    for poll in _done_with():
        if poll.cancelled_at or standbys_have(poll):
            with _told(poll, "key is not destroyed"):
                destroy(poll)


def probe() -> list[int]:
    """The polls under way whose key cannot be read: to be told at once, while people can still be
    asked to vote anew. Tells also which keys wait to be destroyed."""
    for pk, opened_at in _done_with().values_list("pk", "opened_at"):
        why = "not all standbys have what followed, or it is not here" if opened_at else "not here"
        logger.warning("The key of poll %s is not destroyed: %s", pk, why)
    under_way = list(_mine().filter(opened_at=None, cancelled_at=None, keepers__isnull=False))
    lost = {poll.pk for poll in under_way}
    for poll in under_way:
        with _told(poll, "key cannot be read"):
            load(poll)
            lost.remove(poll.pk)
    return sorted(lost)


def sweep() -> None:
    """Delete the files of keys that are no keeper's: of making that was ended amid it, of polls
    whose keys people keep now. One of a poll that this database does not know stays."""
    known = set(Poll.objects.values_list("pk", flat=True))
    kept = Keeper.objects.filter(poll__key_destroyed_at=None).values_list("poll", "public_key")
    paths = {_path(poll, bytes(key)) for poll, key in kept}
    for path in Path(settings.BALLOT_KEYS_ROOT).glob("*-*.key"):
        is_old = time.time() - path.stat().st_mtime > _BEING_MADE
        if is_old and path not in paths and int(path.name.partition("-")[0]) in known:
            kept_keys.overwrite(path)
            path.unlink()


def standbys_have(poll: Poll) -> bool:
    """Whether there are standbys and each has on its disk what this opened poll's boxes became."""
    if poll.pk not in _seen:
        _seen[poll.pk] = kept_keys.place_in_log()
    return kept_keys.standbys_have(_seen[poll.pk])


def destroy(poll: Poll) -> bool:
    """Overwrite and delete the key of a poll; False where it is not here, of which nothing is
    said."""
    kept = (_path(poll.pk, bytes(each.public_key)) for each in Keeper.objects.filter(poll=poll))
    if paths := [path for path in kept if path.exists()]:
        for path in paths:
            kept_keys.overwrite(path)
        Poll.objects.filter(pk=poll.pk).update(key_destroyed_at=clock.now())
        for path in paths:
            path.unlink()
    return bool(paths)
