"""Actions: one database transaction each, with locks, events and audit entries.

    with action():
        petition = Petition.objects.select_for_update().get(pk=petition_id)
        require(rules.close(by, petition, now=clock.now()))
        ...
        emit(PetitionClosed(petition.pk))

The outermost action is one database transaction. When it ends, the handlers of its events run. Then
a key of the request is kept (core.domain.idempotency_keys), audit entries and what else waited are
written (core.db.counters), the topics that changed are raised, and it commits, all in one round
trip.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any, cast

from django.core.exceptions import ObjectDoesNotExist
from django.db import models, transaction

from core.db import counters
from core.db.statements import Asked, Statement
from core.domain import events, idempotency_keys, topics
from core.domain.audit import record
from core.domain.clock import Now


@contextmanager
def action() -> Iterator[None]:
    """Open the transaction of an action, or join the one under way.

    A nested action adds its events to the outer one; if it fails, the whole fails.
    """
    if events.pending.get() is not None:
        with transaction.atomic(savepoint=False):
            yield
        return
    emitted: list[events.Event] = []
    changed: dict[str, list[str]] = {}
    waiting: list[counters.Last] = []
    keys: list[counters.Last] = []
    pending_token = events.pending.set(emitted)
    raised_token = topics.raised.set(changed)
    waiting_token = counters.waiting.set(waiting)
    is_outermost = not transaction.get_connection().in_atomic_block
    try:
        with transaction.atomic():
            yield
            events.run_handlers(emitted)
            record(emitted)
            waiting.sort(key=attrgetter("order"))
            keys += idempotency_keys.statements()
            if last := [*keys, *waiting, *topics.statements(changed)]:
                counters.run(last, commit=is_outermost)
    except BaseException:
        idempotency_keys.forget_created(was_written=bool(keys))
        raise
    finally:
        counters.waiting.reset(waiting_token)
        topics.raised.reset(raised_token)
        events.pending.reset(pending_token)


def shared[M: models.Model](obj: M, *fields: str) -> tuple[M, datetime]:
    """A fresh copy of ``obj`` under its shared lock, and the time at which it was asked for.

    A write that is valid only in a state begins with it. Transitions take ``locked()``, so the
    write either commits before the transition or sees it. (Django's foreign keys are checked late:
    without this a ballot was seen to commit after the close.)

    Only ``fields`` are read (all when none are named). The time is the database's when the
    statement began: what came in time counts, however long it waited for the lock, and the row
    is as it was when the lock was granted. Raises ``DoesNotExist``.
    """
    model = obj._meta.model  # not type(obj): request.user is a lazy stand-in
    fresh = _shared(model, fields).first(pk=obj.pk)
    if fresh is None:
        raise ObjectDoesNotExist(f"{model._meta.label} {obj.pk}")
    return cast(M, fresh), cast(Any, fresh).read_at


@lru_cache(maxsize=256)
def _shared(model: type[models.Model], fields: tuple[str, ...]) -> Statement[models.Model]:
    rows = model._base_manager.annotate(read_at=Now()).filter(pk=Asked("pk"))
    return Statement(lambda: rows.only(*fields) if fields else rows, lock="FOR SHARE")


def locked[M: models.Model](obj: M) -> M:
    """A fresh copy of ``obj`` under its exclusive lock: what a transition starts with. Raises the
    model's ``DoesNotExist``."""
    model = obj._meta.model
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("A lock ends with its statement here.")
    fresh = _locked(model).first(pk=obj.pk)
    if fresh is None:
        raise cast(Any, model).DoesNotExist(f"{model._meta.label} {obj.pk}")
    return cast(M, fresh)


@lru_cache(maxsize=256)
def _locked(model: type[models.Model]) -> Statement[models.Model]:
    # FOR NO KEY UPDATE, which still waits for shared() and other transitions: a plain FOR UPDATE
    # would also stop the checks of foreign keys, that come at COMMIT, after the topics are raised –
    # somebody who posts while they change their name would deadlock with themselves.
    return Statement(lambda: model._base_manager.filter(pk=Asked("pk")), lock="FOR NO KEY UPDATE")
