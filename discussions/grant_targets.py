"""Subjects of threads, as targets of grants to moderators of one thing.

A thread knows nothing of what is discussed in it. Each app whose things can be talked about
registers here, in ``AppConfig.ready()``, how its things and their threads find each other.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet

from accounts.models import StaffRole, User


@dataclass(frozen=True, slots=True)
class Kind:
    """Things of one kind that have a ``thread``: ``name`` as in their topics («consultation»)."""

    name: str
    model: type[Model]

    @property
    def rows(self) -> QuerySet[Any]:
        return self.model._default_manager.all()

    def threads(self, ids: Collection[int]) -> QuerySet[Any, Any]:
        """From ids of things to their threads' ids, as a query."""
        return self.rows.filter(pk__in=ids).values("thread")

    def thing(self, thread_id: int) -> int | None:
        """From a thread's id to the id of the thing that it is about, None for another kind's."""
        return self.rows.filter(thread=thread_id).values_list("pk", flat=True).first()


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make things of this kind known."""
    _kinds[kind.name] = kind


def scope_for(user: User, thread_id: int) -> str:
    """The target of a thread, as a grant's scope («consultation:12»), "" when it is not known.

    Asks nothing of the database for those who moderate everything, or nothing.
    """
    if user.moderates() or not user.is_moderator:
        return ""
    for kind in _kinds.values():
        thing = kind.thing(thread_id)
        if thing is not None:
            return f"{kind.name}:{thing}"
    return ""


def in_threads_of(user: User, field: str = "thread") -> Q:
    """Those rows whose ``field`` is a thread that they moderate, if not all."""
    if user.moderates():
        return Q()
    threads = Q(pk__in=())
    for name, kind in _kinds.items():
        if own := user.things_as(name, StaffRole.MODERATOR):
            threads |= Q(**{f"{field}__in": kind.threads(own)})
    return threads
