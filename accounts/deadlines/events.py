"""Events of how one hears of one's deadlines. Ids only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.domain.events import Event


@dataclass(frozen=True, slots=True)
class DeskSettingsEvent(Event):
    """Somebody changed how they hear of their deadlines."""

    audited: ClassVar[bool] = True
    user_id: int
    by_id: int


@dataclass(frozen=True, slots=True)
class RemindersSet(DeskSettingsEvent):
    """Reminders come by mail from now on, or no longer."""


@dataclass(frozen=True, slots=True)
class CalendarLinkMade(DeskSettingsEvent):
    """A new link of the calendar works; the former one does not any more."""


@dataclass(frozen=True, slots=True)
class CalendarLinkRevoked(DeskSettingsEvent):
    pass
