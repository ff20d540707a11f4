"""Rules of the record of a meeting. Pure: the facts are passed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import Verdict, refuse_unless
from meetings.rules import run

if TYPE_CHECKING:
    from accounts.models import Anybody
    from meetings.models import Meeting


def publish_record(user: Anybody, meeting: Meeting, *, url: str) -> Verdict:
    """Publish the video or the minutes: when the meeting is over."""
    return (
        run(user, meeting)
        and refuse_unless(
            meeting.closed_at, "meeting.not_closed", _("The meeting is not over yet.")
        )
        and refuse_unless(
            url.strip().startswith("https://"),
            "meeting.url_missing",
            _("Please give an address that begins with https://."),
        )
    )
