"""Private keys that the server itself keeps, each in a file: written for good, overwritten at last.

Such a key may be destroyed when no copy of the database needs it any more: every standby has on its
disk what its boxes became.
"""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.db import connection

from sealing.boxes import public_half

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


def write(path: Path, key: X25519PrivateKey) -> None:
    """Write a key to a new file; it is on the disk when this returns."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=False)
    with path.open("wb") as file:
        file.write(key.private_bytes_raw())
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def read(path: Path, public_key: bytes) -> X25519PrivateKey:
    """The key in a file. Raises OSError or ValueError where it is none, or another one."""
    key = X25519PrivateKey.from_private_bytes(path.read_bytes())
    if public_half(key) != public_key:
        raise ValueError(f"{path.name} holds another key")
    return key


def overwrite(path: Path) -> None:
    """Fill a file with zeros, on the disk. What a disk or a snapshot kept of its former bytes is
    not erased by that."""
    with path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())


def place_in_log() -> str:
    """The place that the write-ahead log has reached."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_lsn()::text")
        return str(cursor.fetchone()[0])


def standbys_have(place: str) -> bool:
    """Whether there are standbys and each has the log on its disk up to this place."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDBYS, [place])
        number, have = cursor.fetchone()
        return bool(number and have)
