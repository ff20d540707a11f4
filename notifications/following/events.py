"""Events of following. Ids only."""

from __future__ import annotations

from core.domain.events import Event


class FollowerEvent(Event):
    """Base of events of a follower."""

    follower_id: int


class EmailConfirmed(FollowerEvent):
    """An e-mail address was confirmed: to follow something, or to get mails again after a
    bounce."""


class FollowingBegan(FollowerEvent):
    kind: str
    thing_id: int


class FollowingEnded(FollowerEvent):
    kind: str
    thing_id: int


class FollowingSettingsChanged(FollowerEvent):
    """A follower changed their frequencies or quiet hours."""


class MailsStopped(FollowerEvent):
    """A follower stopped all mails of what they follow."""


class UnsubscribedOfConsultation(Event):
    """A person wants no more mails to many about a consultation."""

    user_id: int
    consultation_id: int


class SubscribedToConsultation(Event):
    """They want them again."""

    user_id: int
    consultation_id: int
