"""Rules of the video of a meeting. Pure: the facts are passed in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import Verdict, refuse_unless
from meetings.rules import run

if TYPE_CHECKING:
    from accounts.models import Anybody
    from meetings.models import Meeting

#: A recording begins so long before the opening at most.
EARLIEST = timedelta(hours=12)


def begin_video(meeting: Meeting, begins_at: datetime | None) -> Verdict:
    """Say at which moment the recording begins: not long before the opening, not after the end."""
    opened, closed = meeting.opened_at, meeting.closed_at
    fits = begins_at is None or bool(opened and closed and opened - EARLIEST <= begins_at <= closed)
    return refuse_unless(
        fits,
        "meeting.video_begins_elsewhen",
        _("The video begins before the meeting ends, and not hours before it was opened."),
    )


def import_subtitles(user: Anybody, meeting: Meeting) -> Verdict:
    """Import subtitles, or others in their place: who runs the meeting, once its video is
    published."""
    return run(user, meeting) and refuse_unless(
        meeting.video_url, "meeting.no_video", _("Please publish the video first.")
    )
