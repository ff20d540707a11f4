"""Who of the deputies is in the hall: they come and go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.actions import action
from core.domain.events import emit
from core.domain.rules import require
from meetings.actions.common import begin, enter
from meetings.events import DeputyCame, DeputyLeft
from meetings.models import Deputy, LogEntry, Meeting, Presence
from meetings.reading import is_member
from meetings.rules import presence as rules

if TYPE_CHECKING:
    from accounts.models import User


def come(meeting: Meeting, deputy: Deputy, *, by: User) -> Meeting:
    """Note that a member of the body is here. Twice is once. Refuses by rules.register. Emits
    DeputyCame."""
    with action():
        meeting, now = begin(meeting)
        require(rules.register(by, meeting, is_member=is_member(meeting, deputy)))
        here, is_new = Presence.objects.get_or_create(
            meeting=meeting, deputy=deputy, left_at=None, defaults={"came_at": now}
        )
        if is_new:
            enter(meeting, LogEntry.Kind.CAME, at=here.came_at, deputy=deputy)
            emit(DeputyCame(meeting.pk, by.pk, deputy.pk))
        return meeting


def leave(meeting: Meeting, deputy: Deputy, *, by: User) -> Meeting:
    """Note that they have left. Twice is once. Refuses by rules.register. Emits DeputyLeft."""
    with action():
        meeting, now = begin(meeting)
        require(rules.register(by, meeting, is_member=is_member(meeting, deputy)))
        if meeting.presences.filter(deputy=deputy, left_at=None).update(left_at=now):
            enter(meeting, LogEntry.Kind.LEFT, at=now, deputy=deputy)
            emit(DeputyLeft(meeting.pk, by.pk, deputy.pk))
        return meeting
