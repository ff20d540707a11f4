"""Rules of a meeting's displays. Pure: the facts are passed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import Verdict, refuse, refuse_unless
from meetings.course.models import LONGEST_DELAY
from meetings.displays.models import MOST_DISPLAYS, Picture
from meetings.rules import run

if TYPE_CHECKING:
    from accounts.models import Anybody
    from meetings.models import Display, Meeting


CODE_USED = refuse(
    "display.code_used",
    _("A screen was paired by this code already. Please wait until it shows another."),
)


def see(user: Anybody, meeting: Meeting) -> Verdict:
    """See what the displays show, and pair: who runs it."""
    return run(user, meeting)


def pair(
    user: Anybody, meeting: Meeting, *, pairing: str, is_used: bool = False, paired: int = 0
) -> Verdict:
    """Let a screen show the meeting. ``pairing``: "" if no screen shows the code; ``is_used``: it
    has paired one already; ``paired``: how many displays the meeting has."""
    return (
        run(user, meeting)
        and refuse_unless(
            meeting.published_at, "meeting.not_published", _("This meeting is not announced.")
        )
        and refuse_unless(
            meeting.cancelled_at is None, "meeting.cancelled", _("The meeting was cancelled.")
        )
        and refuse_unless(meeting.closed_at is None, "meeting.closed", _("The meeting is over."))
        and refuse_unless(
            paired < MOST_DISPLAYS,
            "display.too_many",
            _("The meeting has as many displays as it can have. Please unpair one first."),
        )
        and refuse_unless(
            pairing,
            "display.no_such_code",
            _("No screen shows this code now. Please type the one that it shows."),
        )
        and refuse_unless(not is_used, CODE_USED.code, CODE_USED.message)
    )


def change(
    user: Anybody, display: Display, *, picture: str, words: str, seen_revision: int | None
) -> Verdict:
    """Change what it shows, its name or colours; ``seen_revision``: that of the page."""
    return (
        run(user, display.meeting)
        and refuse_unless(
            display.unpaired_at is None,
            "display.unpaired",
            _("This display was unpaired meanwhile."),
        )
        and _as_seen(display, seen_revision)
        and refuse_unless(
            picture != Picture.ANNOUNCEMENT or words.strip(),
            "display.words_missing",
            _("Please write the announcement."),
        )
    )


def unpair(user: Anybody, display: Display, *, seen_revision: int | None) -> Verdict:
    """Let its screen show the meeting no more; also when the meeting is over."""
    return run(user, display.meeting) and _as_seen(display, seen_revision)


def _as_seen(display: Display, seen_revision: int | None) -> Verdict:
    return refuse_unless(
        display.revision == seen_revision,
        "display.changed",
        _("Somebody else has changed this display meanwhile. Please look at it as it is now."),
    )


def delay(user: Anybody, meeting: Meeting, *, seconds: int) -> Verdict:
    """Keep questions from the displays for so many seconds."""
    return (
        run(user, meeting)
        and refuse_unless(meeting.closed_at is None, "meeting.closed", _("The meeting is over."))
        and refuse_unless(
            0 <= seconds <= LONGEST_DELAY,
            "display.delay",
            _("A question can be kept from the displays for a minute at most."),
        )
    )
