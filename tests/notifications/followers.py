"""Followers for tests, and what they follow."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from notifications.models import Follower, Following, FrequencySetting


def follower(who: User | str, *things: Any, **fields: Any) -> Follower:
    """A person, or an address, who follows these things."""
    known = {"user": who} if isinstance(who, User) else {"email": who}
    made, _is_new = Follower.objects.update_or_create(**known, defaults=fields)
    for thing in things:
        follow(made, thing)
    made.refresh_from_db()
    return made


def follow(who: Follower, thing: Any, **fields: Any) -> Following:
    kind = type(thing).__name__.lower()
    known = {"follower": who, "kind": kind, kind: thing}
    return Following.objects.get_or_create(**known, defaults=fields)[0]


def told(who: Follower, kind: str, frequency: str) -> None:
    """They want to be told of a kind so often."""
    FrequencySetting.objects.update_or_create(
        follower=who, kind=kind, defaults={"frequency": frequency}
    )
