"""The order in which rows are locked, and personal data erased, by actions that touch many apps.

An erasure and the joining of two accounts change rows of nearly every app. If each app locked its
rows when its turn comes, they would be locked in another order than elsewhere (an organisation
before a comment, while whoever speaks takes the comment first), and two actions could wait for
each other for ever. So each app says which rows it needs (``@guards``), and ``lock_whole`` locks
them all before anything is changed, in the order of ``LOCK_ORDER``; within an app by key, as
docs/architecture.md has it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

from accounts.models import User
from core.domain.actions import locked

#: Labels of the apps that lock rows (``guards``) or hold personal data (accounts.data.register),
#: the upper ones first: in this order rows are locked, and personal data erased. The app of a model
#: that points to another app's rows stands before that app; accounts come last, after what
#: libraries keep beside them.
LOCK_ORDER = (
    "notifications",
    "insights",
    "moderation",
    "newsroom",
    "meetings",
    "consultations",
    "petitions",
    "votes",
    "appeals",
    "discussions",
    "tokens",
    "organisations",
    "city",
    "procrastinate",
    "core",
    "sessions",
    "usersessions",
    "socialaccount",
    "mfa",
    "account",
    "accounts",
)

#: Locks an app's rows in which these people (by id) have a part.
type Guard = Callable[[Collection[int]], None]
_guards: dict[str, Guard] = {}


def require_listed(label: str) -> None:
    """Raise ImproperlyConfigured if an app takes part whose place in the order nobody has said."""
    if label not in LOCK_ORDER:
        raise ImproperlyConfigured(
            f"{label} locks rows or holds personal data: say in LOCK_ORDER (accounts/locks.py) when"
        )


def guards(guard: Guard) -> Guard:
    """Let an app lock its rows when all that people have is going to be changed (a decorator).

    One function an app, so that the order within the app is written in it.
    """
    app = apps.get_containing_app_config(guard.__module__)
    label = app.label if app else guard.__module__
    require_listed(label)
    if label in _guards:
        raise ImproperlyConfigured(f"{label} has a guard already: lock all its rows in that one")
    _guards[label] = guard
    return guard


def ordered_guards() -> Iterator[tuple[str, Guard]]:
    """Each app with a guard, and the guard, in the order of locks."""
    return ((label, _guards[label]) for label in LOCK_ORDER if label in _guards)


def lock_whole(*people: User) -> list[User]:
    """Fresh copies of the people under their locks, and under lock whatever they have a part in.

    Call it first thing in an action: nothing that it locks may be held before.
    """
    fresh = {user.pk: locked(user) for user in sorted(people, key=lambda user: user.pk)}
    for _label, guard in ordered_guards():
        guard(tuple(fresh))
    return [fresh[user.pk] for user in people]
