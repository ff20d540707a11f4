"""Events of following. Ids only."""

from __future__ import annotations

from dataclasses import dataclass

from core.domain.events import Event


@dataclass(frozen=True, slots=True)
class FollowerEvent(Event):
    """Something happened to a follower."""

    follower_id: int


@dataclass(frozen=True, slots=True)
class EmailConfirmed(FollowerEvent):
    """Whoever reads the mailbox wants mails there: of what they follow, or again after a bounce."""


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
    """How often they are told, or their quiet hours, are others now."""


@dataclass(frozen=True, slots=True)
class MailsStopped(FollowerEvent):
    """They want no mail of anything that they follow."""
