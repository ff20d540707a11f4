"""Idempotency keys: a form or a request that comes twice is carried out once.

A form that creates something carries a random key (``{% idempotency_key %}`` next to
``{% csrf_token %}``), a request to the API may carry one (``Idempotency-Key``). Its view is

    @idempotent(_posted)
    def speak(request, pk): … return _posted(request, made.pk, pk)

where ``_posted(request, object_id, *args, **kwargs)`` makes the answer from the created object's
id: for the first post, and again for every later one with the same key, without carrying it out
again or spending a limit.

Posts with one key wait for each other at an advisory lock of PostgreSQL. The action that creates
says what with ``created(obj)``; the key's row is written in its transaction, so that a crash leaves
both or neither, and the lock ends with that transaction. A refused post stores nothing: its key can
be used again. A key is claimed and given back around the view, in one thread, context and
connection: under ASGI those of a middleware are others. ``claim_first(urlpatterns)`` puts the claim
around all that decorates a form's view; requests to the API are asked by core.api.idempotency. See
docs/adr/0035-idempotency-keys.md.
"""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from hashlib import sha256
from inspect import iscoroutinefunction
from typing import Any, cast

from asgiref.sync import async_to_sync
from django.conf import settings
from django.core import signing
from django.core.exceptions import ObjectDoesNotExist
from django.db import Error, IntegrityError, connection, models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, URLResolver
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.translation import gettext_lazy as _
from psycopg_pool import PoolTimeout

from core.domain.counters import Last
from core.domain.rules import Refused, refuse

#: The hidden field of a form, and the header of a request to the API.
FIELD, HEADER = "idempotency_key", "Idempotency-Key"
#: The longest key that a program may choose.
LONGEST_KEY = 255
OTHER_BODY = refuse(
    "idempotency.other_body",
    _("This was sent before with something else in it. Nothing was done this time."),
)
GONE = refuse(
    "idempotency.gone",
    _("We received this before, and carried it out. What it created is not shown any more."),
)

#: Keys that are stored and those of open pages are made with it: it never changes.
_SALT = "core.idempotency"
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

type View = Callable[..., HttpResponseBase]
type Answer = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier request with the same key: its created object, and the digest of its body."""

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


# --- Keys -----------------------------------------------------------------------------------------


def new_key() -> str:
    """A random key for a form, signed: no other is taken from a page."""
    return signing.Signer(salt=_SALT).sign(get_random_string(22))


def key_of_form(request: HttpRequest) -> str:
    """The key of a posted form; "" where it has none of ours."""
    try:
        return signing.Signer(salt=_SALT).unsign(request.POST.get(FIELD, ""))
    except signing.BadSignature:
        return ""


def digest_of_form(request: HttpRequest) -> bytes:
    """An HMAC of what a form holds, without its tokens; of files, of their content."""
    fields = sorted(
        (name, values)
        for name, values in request.POST.lists()
        if name not in (FIELD, "csrfmiddlewaretoken")
    )
    files = sorted(
        (name, [[file.name, _digest_of_file(file)] for file in values])
        for name, values in request.FILES.lists()
    )
    return digest(json.dumps([fields, files]).encode())


def _digest_of_file(file: Any) -> str:
    found = sha256()
    for chunk in file.chunks():
        found.update(chunk)
    file.seek(0)
    return found.hexdigest()


def digest(body: bytes) -> bytes:
    """An HMAC of a request's body: it says nothing of the body to who reads the table."""
    return salted_hmac(f"{_SALT}.body", body, algorithm="sha256").digest()


def _store_key(source: str) -> bytes:
    """Stored form of a key: it belongs to one person and one route (whose address may hold the
    secret of a mail's link).
    """
    return salted_hmac(f"{_SALT}.key", source, algorithm="sha256").digest()


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
    made = salted_hmac(f"{_SALT}.{purpose}", source, algorithm="sha256").digest()
    return urlsafe_b64encode(made).decode().rstrip("=")


def route_of(request: HttpRequest) -> str:
    """A path with its arguments, the same in both languages."""
    match = request.resolver_match
    if match is None:
        raise RuntimeError("A request that leads to no view has no route.")
    arguments = json.dumps([match.args, match.kwargs], default=str, sort_keys=True)
    return f"{match.view_name} {arguments}"


# --- Claiming a key -------------------------------------------------------------------------------


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
        with connection.cursor() as cursor:
            if claim.is_locked:
                cursor.execute(_CLAIM, [claim.lock, claim.key])
            else:
                cursor.execute(_READ, [claim.key])
            row = cursor.fetchone()
        if row is not None:
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
    """Last statements of ``core.domain.actions.action()``, if this request has a key.

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
    """Delete the keys older than settings.RETENTION["idempotency_keys"]; a job calls it. Returns
    how many."""
    kept_for: Any = settings.RETENTION["idempotency_keys"]  # the stubs know no timedelta
    with connection.cursor() as cursor:
        cursor.execute(_SWEEP, [kept_for])
        return int(cursor.rowcount)


# --- Views ----------------------------------------------------------------------------------------


def idempotent(answer: Answer, *, in_place: bool = False) -> Callable[[View], View]:
    """A view whose form creates something: a second post with its key gets the first one's answer.

    ``answer(request, object_id, *args, **kwargs)`` makes it from the created object's id and the
    address's arguments; what it does not find any more (404) becomes a plain sentence.

    ``claim_first`` asks before the view and whatever decorates it, limits above all: a repeated
    post spends none. ``in_place``: asked where the decorator stands, inside those above it, which
    then hold for the repeated answer too (what asks for the password again).
    """

    def decorate(view: View) -> View:
        if in_place:
            return _once(view, answer)
        cast(Any, view).answers_again, cast(Any, view).claims_key = answer, False
        return view

    return decorate


def claim_first(patterns: Iterable[URLPattern | URLResolver]) -> None:
    """Put the claim around the ``@idempotent`` views of these routes and all that decorates them.

    The root URLconf calls it: what decorates a view stands in ``urls.py`` too.
    """
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            claim_first(pattern.url_patterns)
        elif not getattr(pattern.callback, "claims_key", True):
            view: Any = pattern.callback
            pattern.callback = cast(Any, _once(view, view.answers_again))


def _once(view: View, answer: Answer) -> View:
    """Claim, view and release in one call that is not async: what it does to the database, an async
    view's part too, is done by the thread that calls it."""
    run = cast(View, async_to_sync(cast(Any, view))) if iscoroutinefunction(view) else view

    @wraps(view)
    def once(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            with ExitStack() as claims:
                again = begin(request, claims, answer, args, kwargs)
                return run(request, *args, **kwargs) if again is None else again
        except IntegrityError as error:
            if not is_taken(error):
                raise
            with ExitStack() as claims:
                again = begin(request, claims, answer, args, kwargs)
            if again is None:
                raise
            return again

    cast(Any, once).answers_again, cast(Any, once).claims_key = answer, True
    return once


def begin(
    request: HttpRequest,
    claims: ExitStack,
    answer: Answer,
    args: tuple[Any, ...],
    kwargs: Mapping[str, Any],
) -> HttpResponse | None:
    """Claim the key of a posted form until ``claims`` ends; its answer if it was carried out."""
    key = key_of_form(request) if request.method == "POST" else ""
    if not key:
        return None
    held = claim_key(
        *(request.user.pk, route_of(request), key, digest_of_form(request)),
        device=request.META.get("CSRF_COOKIE", ""),
    )
    claim = claims.enter_context(held)
    return None if claim.earlier is None else _again(request, claim, answer, args, kwargs)


def is_taken(error: IntegrityError) -> bool:
    """Whether the key's own constraint refused: its lock was lost with the connection."""
    return "core_idempotencykey_pkey" in str(error)


def _again(
    request: HttpRequest,
    claim: Claim,
    answer: Answer,
    args: tuple[Any, ...],
    kwargs: Mapping[str, Any],
) -> HttpResponse:
    earlier = claim.earlier
    if earlier is None or not hmac.compare_digest(earlier.body, claim.body):
        return _other_body(request)
    try:
        return answer(request, earlier.object_id, *args, **kwargs)
    except (Http404, ObjectDoesNotExist, Refused):
        template = "idempotency/gone.html" + ("#notice" if getattr(request, "htmx", False) else "")
        return render(request, template, {"verdict": GONE})


def _other_body(request: HttpRequest) -> HttpResponse:
    """The refusal, with all that was typed and a new key: one press sends it after all."""
    context = {
        "verdict": OTHER_BODY,
        "action": request.get_full_path(),
        "sent": [
            (name, value)
            for name, values in request.POST.lists()
            if name not in (FIELD, "csrfmiddlewaretoken")
            for value in values
        ],
        "has_files": bool(request.FILES),
    }
    template = "idempotency/other_body.html" + ("#form" if getattr(request, "htmx", False) else "")
    return render(request, template, context, status=422)
