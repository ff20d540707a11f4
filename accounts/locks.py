"""One order of locks for what goes through every room: an erasure, and the joining of two accounts.

Each room would change its rows when its turn comes, and lock them then: organisations before
comments in one case, costs before organisations in the other, while whoever speaks takes a comment
before the organisation. So each room says which rows it guards the people's things with
(``guards``, in its ``personal_data.py``), and all are locked at the beginning: those of the upper
rooms first, within a room by key, as docs/architecture.md has it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from accounts.models import User
from core.domain.actions import locked

#: Locks a room's rows in which these people (by id) have a part; in the order of the rooms.
type Guard = Callable[[Collection[int]], None]
_guards: list[Guard] = []


def guards(guard: Guard) -> Guard:
    """Let a room lock its rows when all that people have is going to be changed (a decorator)."""
    _guards.append(guard)
    return guard


def lock_whole(*people: User) -> list[User]:
    """Fresh copies of the people under their locks, and under lock whatever they have a part in.

    Call it first thing in an action: nothing that it locks may be held before.
    """
    fresh = {user.pk: locked(user) for user in sorted(people, key=lambda user: user.pk)}
    for guard in reversed(_guards):  # rooms are loaded from the lowest up
        guard(tuple(fresh))
    return [fresh[user.pk] for user in people]
