"""The transaction in which everything happens.

    with action():
        petition = Petition.objects.select_for_update().get(pk=petition_id)
        require(rules.close(by, petition, now=clock.now()))
        ...
        emit(PetitionClosed(petition.pk))

The outermost action is one database transaction. When it ends, the ``within`` handlers of its
events run, audit entries are written, the topics that changed are raised, and it commits; the
``after`` handlers run then.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TypeVar

from django.db import connection, models, transaction

from core import events, topics
from core.audit import record

M = TypeVar("M", bound=models.Model)


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
    pending_token = events.pending.set(emitted)
    raised_token = topics.raised.set(changed)
    try:
        with transaction.atomic():
            yield
            events.run_within(emitted)
            record(emitted)
            topics.flush(changed)
            if emitted:
                transaction.on_commit(partial(events.run_after, tuple(emitted)), robust=True)
    finally:
        topics.raised.reset(raised_token)
        events.pending.reset(pending_token)


def share(obj: models.Model) -> None:
    """Take the row's shared lock: a write that is valid only in a state takes it first.

    Transitions take ``select_for_update()``, so a write either commits before the transition or
    sees it. (Django's foreign keys are checked late: without this a ballot was seen to commit
    after the close.) Raises ``DoesNotExist`` when the row is gone.
    """
    table = connection.ops.quote_name(obj._meta.db_table)
    column = connection.ops.quote_name(obj._meta.pk.column)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {table} WHERE {column} = %s FOR SHARE", [obj.pk])  # noqa: S608 - names come from the model
        if cursor.fetchone() is None:
            raise type(obj).DoesNotExist


def shared(obj: M, *fields: str) -> M:
    """A fresh copy of ``obj`` under its shared lock, with the time at which it was asked for.

    Only ``fields`` are read (all when none are named). The copy's ``read_at`` is the database's
    time when the statement began: what came in time counts, however long it waited for the lock,
    and the row itself is as it was when the lock was granted. Raises ``DoesNotExist``.
    """
    meta = type(obj)._meta
    named = [meta.get_field(name) for name in fields] if fields else list(meta.concrete_fields)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in {meta.pk: 1, **dict.fromkeys(named)})
    sql = (
        f"SELECT {columns}, statement_timestamp() AS read_at FROM {quote(meta.db_table)} "  # noqa: S608 - names come from the model
        f"WHERE {quote(meta.pk.column)} = %s FOR SHARE"
    )
    for fresh in type(obj)._base_manager.raw(sql, [obj.pk]):
        return fresh
    raise type(obj).DoesNotExist


def locked(obj: M) -> M:
    """A fresh copy of ``obj`` under its exclusive lock: what a transition starts with."""
    # Not type(obj): request.user is a lazy stand-in.
    return obj._meta.model._base_manager.select_for_update(of=("self",)).get(pk=obj.pk)
