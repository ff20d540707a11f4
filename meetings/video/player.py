"""Player of a meeting's video on our pages.

A file of the council's own site plays beside the log. A video that stands elsewhere is opened by a
press that says who gets to know of it: our content policy lets no foreign player in.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from meetings.models import Meeting

_FILES = (".mp4", ".m4v", ".webm", ".ogv")


@dataclass(frozen=True, slots=True)
class Player:
    """The video; ``host``: where it stands, "" on this site."""

    url: str
    host: str


def player_of(meeting: Meeting) -> Player | None:
    """None: there is no video yet."""
    if not meeting.video_url:
        return None
    parts, here = urlsplit(meeting.video_url), urlsplit(settings.SITE_URL)
    is_own = parts.netloc == here.netloc and parts.path.lower().endswith(_FILES)
    return Player(meeting.video_url, "" if is_own else parts.netloc)
