"""Rules of minutes: who writes them, and when they can be published. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import Verdict, refuse_unless
from meetings.rules import run

if TYPE_CHECKING:
    from accounts.models import Anybody
    from meetings.models import Meeting, Minutes


def write(user: Anybody, meeting: Meeting) -> Verdict:
    """Write them: who runs the meeting, from its opening on."""
    return run(user, meeting) and refuse_unless(
        meeting.opened_at, "meeting.not_opened", _("The meeting has not been opened yet.")
    )


def publish(
    user: Anybody,
    meeting: Meeting,
    minutes: Minutes,
    *,
    unpublished: int,
    reason: str = "",
    contradictions: int = 0,
    knowing: bool = False,
) -> Verdict:
    """Publish an edition: of a meeting that is over, all of whose results are published.

    ``unpublished``: roll-calls whose result is not; ``reason``: why they are published again, once
    they were published here; ``contradictions``: what in them does not agree, which who publishes
    has read (``knowing``).
    """
    return (
        write(user, meeting)
        and refuse_unless(
            meeting.closed_at, "meeting.not_closed", _("The meeting is not over yet.")
        )
        and refuse_unless(
            not unpublished,
            "minutes.results_missing",
            _("Publish the results of all roll-calls first (%(number)d are not).")
            % {"number": unpublished},
            unpublished=unpublished,
        )
        and refuse_unless(
            minutes.texts.get("chair", "").strip(),
            "minutes.chair_missing",
            _("Say who presided over the meeting."),
        )
        and refuse_unless(
            meeting.minutes_edition is None or reason.strip(),
            "minutes.reason_missing",
            _("Say why the minutes are published again: everybody reads it."),
        )
        and refuse_unless(
            knowing or not contradictions,
            "minutes.contradictions",
            _("Put right what contradicts itself, or say that it stands so."),
        )
    )
