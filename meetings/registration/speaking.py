"""Speakers who registered before the meeting: on the list when their item is opened."""

from __future__ import annotations

from core.domain.actions import action
from core.domain.events import emit
from meetings.actions import begin
from meetings.events import SpeakerAsked
from meetings.models import Deputy, Item, Registration, Speaker
from meetings.queries import seconds_for


def enlist(item: Item) -> list[Speaker]:
    """Put those who registered to speak on an item on its list of speakers, once.

    They have asked when they registered, so they come before hands that are raised now; for and
    against alternate among them as among all (meetings/speakers/rules.py). Who still waits for a
    place is left out, unless they were let in. Emits SpeakerAsked.
    """
    with action():
        meeting, _now = begin(item.meeting)
        ready = [
            row
            for row in _registered_speakers(item)
            if row.came_at or row.seated_at or row.attendance == Registration.Attendance.REMOTE
        ]
        deputies = {
            deputy.user_id: deputy
            for deputy in Deputy.objects.on(meeting.day).filter(
                user__in=[row.user_id for row in ready]
            )
        }
        seconds = seconds_for(meeting, Speaker.Kind.SPEECH)
        speakers = [
            Speaker(
                item=item,
                user_id=row.user_id,
                deputy=deputies.get(row.user_id),
                stance=row.stance,
                asked_at=row.at,
                seconds=seconds,
            )
            for row in ready
        ]
        Speaker.objects.bulk_create(speakers)
        for row, speaker in zip(ready, speakers, strict=True):
            row.speaker = speaker
            emit(SpeakerAsked(meeting.pk, row.user_id, item.pk, speaker.pk))
        Registration.objects.bulk_update(ready, ["speaker"])
        return speakers


def _registered_speakers(item: Item) -> list[Registration]:
    """Those who are not on the list yet, in the order in which they registered."""
    waiting = item.speakers.filter(began_at=None, withdrawn_at=None, user__isnull=False)
    rows = item.registrations.active().filter(speaker=None, user__is_active=True)
    return list(rows.exclude(user__in=waiting.values("user")).order_by("at", "pk"))
