"""Idempotency keys: the row of what was carried out, and the lock of its key.

Posts with one key wait for each other at an advisory lock of PostgreSQL. The action that creates
says what with ``created(obj)``; the key's row is written in its transaction, so that a crash leaves
both or neither, and the lock ends with that transaction. A refused post stores nothing: its key can
be used again. Forms and requests claim theirs by core.web.idempotency and core.api.idempotency
(docs/adr/0035-idempotency-keys.md).
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import Error, IntegrityError, connection, models
from django.utils.crypto import salted_hmac
from psycopg_pool import PoolTimeout

from core.db.counters import Last
from core.db.kept_cursors import fetch
from core.domain.retention import period_of

#: Keys that are stored and those of open pages are made with it: it never changes.
SALT = "core.idempotency"
_CLAIM = "SELECT body, kind, object_id FROM core_claim_idempotency_key(%s, %s)"
#: Behind PgBouncer a lock of the session would be another client's: the key's constraint alone
#: refuses the second of two at once (docs/deploy.md).
_READ = "SELECT body, kind, object_id FROM core_idempotencykey WHERE key = %s"
_KEEP = """
INSERT INTO core_idempotencykey (key, user_id, body, kind, object_id) VALUES (%s, %s, %s, %s, %s)
"""
_SWEEP = """
DELETE FROM core_idempotencykey WHERE created_at <= statement_timestamp() - %s
"""
#: The transaction takes the key's lock before the row is written, and the session gives its own
#: back after that: each part reads what the one before it gives.
_KEEP_AND_HOLD = """
WITH held AS MATERIALIZED (SELECT pg_advisory_xact_lock(%s)),
kept AS (
    INSERT INTO core_idempotencykey (key, user_id, body, kind, object_id)
    SELECT %s, %s, %s, %s, %s FROM held
    RETURNING key
)
SELECT pg_advisory_unlock(%s) FROM kept
"""
_RELEASE = "SELECT pg_advisory_unlock(%s)"


@dataclass(frozen=True, slots=True)
class Earlier:
    """Outcome of an earlier request with the same key, and the digest of its body."""

    body: bytes
    kind: str
    object_id: int | None


@dataclass(slots=True)
class Claim:
    """A key that this request holds the lock of. ``earlier``: it was carried out before."""

    key: bytes
    user_id: int | None
    body: bytes
    #: The person, the route and the key as it came; stored nowhere.
    source: str
    #: The random words of the form's device; "" of a program.
    device: str = ""
    earlier: Earlier | None = None
    made: models.Model | None = None
    #: Whether its row is written, or will be with the transaction under way.
    is_kept: bool = False
    #: Whether the lock is the session's: it has to be given back then.
    is_locked: bool = True

    @property
    def lock(self) -> int:
        """The advisory lock of the key: its first 8 bytes as PostgreSQL's bigint."""
        return int.from_bytes(self.key[:8], signed=True)


#: The key of the request under way, where it has one.
_current: ContextVar[Claim | None] = ContextVar("idempotency_claim", default=None)


def digest(body: bytes) -> bytes:
    """An HMAC of a request's body: it says nothing of the body to who reads the table."""
    return salted_hmac(f"{SALT}.body", body, algorithm="sha256").digest()


def _store_key(source: str) -> bytes:
    """The stored form of a key: it belongs to one person and one route (whose address may hold the
    secret of a mail's link)."""
    return salted_hmac(f"{SALT}.key", source, algorithm="sha256").digest()


def secret(purpose: str) -> str:
    """A secret that is the same for every post of the form under way from one device; "" where it
    has no key.

    For what an answer shows once and nothing keeps: it takes the form's key and the device's token
    against forgery to make it again, and the server keeps only an HMAC of the former. A form's key
    is random and ours (``key_of_form``).
    """
    claim = _current.get()
    if claim is None:
        return ""
    source = claim.source + claim.device
    made = salted_hmac(f"{SALT}.{purpose}", source, algorithm="sha256").digest()
    return urlsafe_b64encode(made).decode().rstrip("=")


@contextmanager
def claim_key(
    user_id: int | None, route: str, key: str, body: bytes, *, device: str = ""
) -> Iterator[Claim]:
    """Hold the lock of a key, and learn whether it was used: one statement.

    Whoever holds it longer than PostgreSQL's ``lock_timeout`` of the function lets the others end
    in an OperationalError, which is answered by 503.
    """
    source = json.dumps([user_id, route, key])
    claim = Claim(
        _store_key(source), user_id, body, source, device, is_locked=not settings.PGBOUNCER
    )
    try:
        # Within: a statement that is cancelled after it was granted the lock keeps it.
        if claim.is_locked:
            rows = fetch(_CLAIM, [claim.lock, claim.key])
        else:
            rows = fetch(_READ, [claim.key])
        for row in rows:
            claim.earlier = Earlier(bytes(row[0]), row[1], row[2])
        token = _current.set(claim)
        try:
            yield claim
        finally:
            _current.reset(token)
    finally:
        _release(claim)


def _release(claim: Claim) -> None:
    raw = connection.connection
    if raw is None or not claim.is_locked:
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute(_RELEASE, [claim.lock])
    except (Error, PoolTimeout):
        # The server lets go of the locks of a connection that is closed; the pool makes another.
        if not connection.in_atomic_block:
            raw.close()
            connection.close()


def created(obj: models.Model) -> None:
    """Say within an action what it creates: the key of the request under way stands for it.

    Of several, the last one counts. Without a key nothing happens.
    """
    claim = _current.get()
    if claim is not None:
        claim.made = obj


def statements() -> list[Last]:
    """The last statements that ``core.domain.actions.action()`` writes, if this request has a
    key.

    From here on the transaction holds the key's lock: it ends with COMMIT or ROLLBACK.
    """
    claim = _current.get()
    if claim is None or claim.earlier or claim.made is None or claim.is_kept:
        return []
    claim.is_kept, claim.is_locked = True, False
    made, lock = claim.made, claim.lock
    keep = [claim.key, claim.user_id, claim.body, made._meta.label_lower, made.pk]
    if settings.PGBOUNCER:
        return [Last("", _KEEP, keep)]
    return [Last("", _KEEP_AND_HOLD, [lock, *keep, lock])]


def forget_created(*, was_written: bool) -> None:
    """The outermost action was rolled back: it created nothing. ``was_written``: it had come to the
    key's row, and perhaps to giving the lock back."""
    claim = _current.get()
    if claim is not None:
        claim.made = None
        if was_written:
            claim.is_kept, claim.is_locked = False, not settings.PGBOUNCER


def sweep() -> int:
    """Delete the keys older than period_of("idempotency_keys"); a job calls it. Returns
    how many."""
    kept_for: Any = period_of("idempotency_keys")  # the stubs know no timedelta
    with connection.cursor() as cursor:
        cursor.execute(_SWEEP, [kept_for])
        return int(cursor.rowcount)


def is_taken(error: IntegrityError) -> bool:
    """Whether the key's own constraint refused: its lock was lost with the connection."""
    return "core_idempotencykey_pkey" in str(error)
