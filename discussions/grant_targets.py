"""Subjects of threads, as targets of grants to moderators of one thing.

A thread knows nothing of what is discussed in it. Each app whose things can be talked about
declares it in its AppConfig (accounts.staff.grant_targets).
"""

from __future__ import annotations

from django.db.models import Q

from accounts.models import StaffRole, User
from accounts.staff.grant_targets import GrantTargetKind, kinds


def _talked_about() -> list[GrantTargetKind]:
    return [kind for kind in kinds().values() if kind.is_talked_about]


def scope_for(user: User, thread_id: int) -> str:
    """The target of a thread, as a grant's scope («consultation:12»), "" when it is not known.

    Asks nothing of the database for those who moderate everything, or nothing.
    """
    if user.moderates() or not user.is_moderator:
        return ""
    for kind in _talked_about():
        thing = kind.rows.filter(thread=thread_id).values_list("pk", flat=True).first()
        if thing is not None:
            return f"{kind.name}:{thing}"
    return ""


def in_threads_of(user: User, field: str = "thread") -> Q:
    """Those rows whose ``field`` is a thread that they moderate, if not all."""
    if user.moderates():
        return Q()
    threads = Q(pk__in=())
    for kind in _talked_about():
        if own := user.things_as(kind.name, StaffRole.MODERATOR):
            of_own = kind.rows.filter(pk__in=own).values("thread")
            threads |= Q(**{f"{field}__in": of_own})
    return threads
