"""The record of a meeting that is over: its video and its minutes."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from core.domain.actions import action
from core.domain.events import emit
from core.domain.rules import require
from meetings.actions import begin, enter
from meetings.events import MinutesPublished, VideoPublished
from meetings.models import LogEntry, Meeting
from meetings.record import rules
from meetings.video.rules import begin_video

if TYPE_CHECKING:
    from accounts.models import User


def publish_video(
    meeting: Meeting, *, by: User, url: str, begins_at: datetime | None = None
) -> Meeting:
    """Publish where its video is, or a better address: the moment of the first one stays.

    ``begins_at``: the moment at which the recording begins; None: with the opening. Refuses by
    rules.publish_record and meetings.video.rules.begin_video. Emits VideoPublished."""
    with action():
        meeting, now = begin(meeting)
        require(rules.publish_record(by, meeting, url=url) and begin_video(meeting, begins_at))
        meeting.video_url = url.strip()
        meeting.video_begins_at = begins_at
        if meeting.video_published_at is None:
            meeting.video_published_at = now
            enter(meeting, LogEntry.Kind.VIDEO, at=now)
        meeting.save(update_fields=["video_url", "video_published_at", "video_begins_at"])
        emit(VideoPublished(meeting.pk, by.pk))
        return meeting


def publish_minutes(meeting: Meeting, *, by: User, url: str) -> Meeting:
    """Publish where its minutes are, or a better address: the moment of the first one stays.
    Refuses by rules.publish_record. Emits MinutesPublished."""
    with action():
        meeting, now = begin(meeting)
        require(rules.publish_record(by, meeting, url=url))
        meeting.minutes_url = url.strip()
        if meeting.minutes_published_at is None:
            meeting.minutes_published_at = now
            enter(meeting, LogEntry.Kind.MINUTES, at=now)
        meeting.save(update_fields=["minutes_url", "minutes_published_at"])
        emit(MinutesPublished(meeting.pk, by.pk))
        return meeting
