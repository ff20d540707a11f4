"""Actions on how one hears of one's deadlines: reminders, and the calendar's secret link."""

from __future__ import annotations

from hashlib import sha256
from secrets import token_urlsafe

from accounts.deadlines.events import CalendarLinkMade, CalendarLinkRevoked, RemindersSet
from accounts.models import DeskSettings, User
from accounts.rules import use_desk
from core.domain import clock
from core.domain.actions import action
from core.domain.events import emit
from core.domain.rules import require


def _lock_settings(user: User) -> DeskSettings:
    """The person's row, made where there is none, under its lock."""
    DeskSettings.objects.bulk_create([DeskSettings(user=user)], ignore_conflicts=True)
    return DeskSettings.objects.select_for_update(no_key=True).get(user=user)


def set_reminders(user: User, *, wanted: bool) -> DeskSettings:
    """Get reminders of one's deadlines by mail, or no longer.

    Refuses by accounts.rules.use_desk. Emits RemindersSet.
    """
    with action():
        require(use_desk(user))
        row = _lock_settings(user)
        row.wants_reminders, row.changed_at = wanted, clock.now()
        row.save(update_fields=["wants_reminders", "changed_at"])
        emit(RemindersSet(user.pk, user.pk))
        return row


def make_calendar_link(user: User) -> str:
    """The key of a new link to one's calendar; the former link works no longer.

    The key is shown once: stored is its hash. Refuses by accounts.rules.use_desk. Emits
    CalendarLinkMade.
    """
    with action():
        require(use_desk(user))
        row, key = _lock_settings(user), token_urlsafe(32)
        row.calendar_hash, row.calendar_made_at = hash_of(key), clock.now()
        row.save(update_fields=["calendar_hash", "calendar_made_at"])
        emit(CalendarLinkMade(user.pk, user.pk))
        return key


def revoke_calendar_link(user: User) -> DeskSettings:
    """Let the link work no longer. Refuses by accounts.rules.use_desk. Emits
    CalendarLinkRevoked."""
    with action():
        require(use_desk(user))
        row = _lock_settings(user)
        row.calendar_hash, row.calendar_made_at = "", None
        row.save(update_fields=["calendar_hash", "calendar_made_at"])
        emit(CalendarLinkRevoked(user.pk, user.pk))
        return row


def hash_of(key: str) -> str:
    """The stored hash of a key: 256 random bits need no salt."""
    return sha256(key.encode()).hexdigest()


def find_by_calendar_key(key: str) -> User | None:
    """Whose calendar a link leads to, while they work for the council: one query."""
    found = DeskSettings.objects.filter(calendar_hash=hash_of(key)).select_related("user").first()
    if found is None or not found.user.is_active or not found.user.is_staff:
        return None
    return found.user
