"""Events of following. Ids only."""

from __future__ import annotations

from dataclasses import dataclass

from core.domain.events import Event


@dataclass(frozen=True, slots=True)
class FollowerEvent(Event):
    """Base of events of a follower."""

    follower_id: int


@dataclass(frozen=True, slots=True)
class EmailConfirmed(FollowerEvent):
    """An e-mail address was confirmed: to follow something, or to get mails again after a
    bounce."""


@dataclass(frozen=True, slots=True)
class FollowingBegan(FollowerEvent):
    kind: str
    thing_id: int


@dataclass(frozen=True, slots=True)
class FollowingEnded(FollowerEvent):
    kind: str
    thing_id: int


@dataclass(frozen=True, slots=True)
class FollowingSettingsChanged(FollowerEvent):
    """A follower changed their frequencies or quiet hours."""


@dataclass(frozen=True, slots=True)
class MailsStopped(FollowerEvent):
    """A follower stopped all mails of what they follow."""
