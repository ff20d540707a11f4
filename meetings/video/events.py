"""Events of the video of a meeting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from meetings.events import MeetingEvent


@dataclass(frozen=True, slots=True)
class SubtitlesImported(MeetingEvent):
    """Subtitles of its video were imported, or others in their place."""

    audited: ClassVar[bool] = True
