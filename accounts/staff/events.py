"""Events of grants and absences. Ids only; each leaves a trace."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.events import UserEvent


@dataclass(frozen=True, slots=True)
class GrantEvent(UserEvent):
    grant_id: int


@dataclass(frozen=True, slots=True)
class GrantGiven(GrantEvent):
    """Somebody holds a role more, from now on or from its first day."""


@dataclass(frozen=True, slots=True)
class GrantRevoked(GrantEvent):
    """Somebody holds a role less; whoever loses the last one is a resident again."""


@dataclass(frozen=True, slots=True)
class BreakGlassUsed(GrantEvent):
    """Somebody became administrator for hours from the server's command line."""


@dataclass(frozen=True, slots=True)
class CoverNamed(UserEvent):
    """``user_id`` stands in for ``absent_id``."""

    absence_id: int
    absent_id: int


@dataclass(frozen=True, slots=True)
class CoverEnded(UserEvent):
    """``user_id`` stands in no longer, earlier than was said."""

    absence_id: int
    absent_id: int


@dataclass(frozen=True, slots=True)
class StaffRetired(UserEvent):
    """The last grant's time is over: a resident again."""
