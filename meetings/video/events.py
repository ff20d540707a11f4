"""Events of the video of a meeting."""

from __future__ import annotations

from typing import ClassVar

from meetings.events import MeetingEvent


class SubtitlesImported(MeetingEvent):
    """Subtitles of its video were imported, or others in their place."""

    audited: ClassVar[bool] = True
