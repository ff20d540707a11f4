"""Events of how one hears of one's deadlines. Ids only."""

from __future__ import annotations

from typing import ClassVar

from core.domain.events import Event


class DeskSettingsEvent(Event):
    """Somebody changed how they hear of their deadlines."""

    audited: ClassVar[bool] = True
    user_id: int
    by_id: int


class RemindersSet(DeskSettingsEvent):
    """Reminders come by mail from now on, or no longer."""


class CalendarLinkMade(DeskSettingsEvent):
    """A new link of the calendar works; the former one does not any more."""


class CalendarLinkRevoked(DeskSettingsEvent):
    pass
