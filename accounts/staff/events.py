"""Events of grants and absences. Ids only; each leaves a trace."""

from __future__ import annotations

from typing import ClassVar

from accounts.events import UserEvent
from core.domain.events import Event


class GrantEvent(UserEvent):
    grant_id: int


class GrantGiven(GrantEvent):
    """Somebody holds a role more, from now on or from its first day."""


class GrantRevoked(GrantEvent):
    """Somebody holds a role less; whoever loses the last one is a resident again."""


class BreakGlassUsed(GrantEvent):
    """Somebody became administrator for hours from the server's command line."""


class CoverNamed(UserEvent):
    """``user_id`` stands in for ``absent_id``."""

    absence_id: int
    absent_id: int


class CoverEnded(UserEvent):
    """``user_id`` stands in no longer, earlier than was said."""

    absence_id: int
    absent_id: int


class StaffRetired(UserEvent):
    """The last grant's time is over: a resident again."""


class HandOverEvent(Event):
    """Something happened to a hand-over of open work."""

    audited: ClassVar[bool] = True
    hand_over_id: int
    by_id: int


class WorkHandedOver(HandOverEvent):
    """Open work passed to others."""


class WorkTakenBack(HandOverEvent):
    """The things that nobody had acted on went back."""
